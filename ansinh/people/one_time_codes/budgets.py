"""How many codes may be asked for, by recipient, prefix, network, session and in all (threats 1 and 44)."""

from __future__ import annotations

import ipaddress
import logging
from datetime import UTC, datetime, timedelta
from math import ceil

from django.db import connection, transaction

from ansinh.people.one_time_codes.refusal import CodeRefused
from ansinh.people.one_time_codes.rules import Rules, rules
from ansinh.people.one_time_codes.secrets import digest_of

log = logging.getLogger(__name__)

_TAKE = """
    INSERT INTO people_onetimecounter AS counter (scope, key, window_start, used) VALUES (%s, %s, %s, 1)
    ON CONFLICT (scope, key, window_start) DO UPDATE SET used = counter.used + 1 WHERE counter.used < %s
    RETURNING used
"""


def take(*, recipient: str, network: str, session_key: str, at: datetime, phone: str = "") -> None:
    """Count one code to be sent; refuses (CodeRefused, `too-many-codes`) beyond a limit, and then counts nothing.

    `phone` is the recipient again when it is a telephone: one outside the countries of the rules gets no code
    (`code-abroad`). `network` is the client's address; it is empty when there is none (a job, a counter), and so is
    `session_key`.
    """
    now = rules(at=at)
    counted = {"recipient": recipient, "all": ""}
    if phone:
        if not phone.startswith(now.countries):
            raise CodeRefused("code-abroad")
        counted["prefix"] = phone[: now.prefix_digits]
    if session_key:
        counted["session"] = session_key
    if network:
        counted["network"] = _network(network)
    with transaction.atomic():
        # Always in the same order, so that two people asking at once never wait for each other in a ring.
        for scope in sorted(counted, key=lambda name: (name == "all", name)):
            for hours, most in sorted(now.limits[scope].items()):
                used = _count(scope, counted[scope], hours, most, at)
                if scope == "all":
                    _raise_alarm(now, hours, most, used)


def take_question(asked: str, *, at: datetime) -> None:
    """Count that somebody asked about `asked`, as often as one recipient may be sent codes, whoever that may be.

    For pages that answer the same whether there is a recipient or not. Raises CodeRefused (`too-many-codes`).
    """
    with transaction.atomic():
        for hours, most in sorted(rules(at=at).limits["recipient"].items()):
            _count("asked", asked, hours, most, at)


def _count(scope: str, value: str, hours: int, most: int, at: datetime) -> int:
    seconds = hours * 3600
    start = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [f"{scope}:{hours}", digest_of(value), start, most])
        row = cursor.fetchone()
    if row is None:
        left = start + timedelta(seconds=seconds) - at
        if scope == "all":
            log.error("one-time codes: the limit of all, %s in %s h, is reached; none go out", most, hours)
        raise CodeRefused("too-many-codes", minutes=int(left.total_seconds() // 60) + 1, scope=scope)
    return int(row[0])


def _raise_alarm(now: Rules, hours: int, most: int, used: int) -> None:
    """Once in a window, at the code that reaches the share."""
    if used == ceil(most * now.alarm_share):
        log.error("one-time codes: %s of at most %s in %s h are asked for; somebody may be pumping", used, most, hours)


def _network(address: str) -> str:
    """The /24 (IPv6: /56) that the address belongs to."""
    parsed = ipaddress.ip_address(address)
    return str(ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else 56}", strict=False))
