"""How many codes may be asked for, by recipient, network, session and in all (threats 1 and 44)."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from ansinh.people.one_time_codes.refusal import CodeRefused
from ansinh.people.one_time_codes.secrets import digest_of

LIMITS: Mapping[str, Mapping[int, int]] = {
    "recipient": {1: 6, 24: 15},
    "network": {1: 200, 24: 1000},
    "session": {1: 10},
    "all": {24: 200_000},
}
"""What is counted: hours of a window and the most codes in it. `settings.ONE_TIME_CODE_LIMITS` replaces entries.
A network has many people behind one address in Vietnam's mobile networks, so its limit is wide. The five tries of a
code belong to its session; what bounds guessing over many sessions is `recipient`: 15 codes, so 75 guesses a day."""

_TAKE = """
    INSERT INTO people_onetimecounter AS counter (scope, key, window_start, used) VALUES (%s, %s, %s, 1)
    ON CONFLICT (scope, key, window_start) DO UPDATE SET used = counter.used + 1 WHERE counter.used < %s
    RETURNING used
"""


def take(*, recipient: str, network: str, session_key: str, at: datetime) -> None:
    """Count one code to be sent; refuses (CodeRefused, `too-many-codes`) beyond a limit, and then counts nothing.

    `network` is the client's address or empty when there is none (a job, a counter).
    """
    counted = {"recipient": recipient, "session": session_key, "all": ""}
    if network:
        counted["network"] = _network(network)
    limits = {**LIMITS, **getattr(settings, "ONE_TIME_CODE_LIMITS", {})}
    with transaction.atomic():
        # Always in the same order, so that two people asking at once never wait for each other in a ring.
        for scope in sorted(counted, key=lambda name: (name == "all", name)):
            for hours, most in sorted(limits[scope].items()):
                _count(scope, counted[scope], hours, most, at)


def _count(scope: str, value: str, hours: int, most: int, at: datetime) -> None:
    seconds = hours * 3600
    start = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [f"{scope}:{hours}", digest_of(value), start, most])
        if cursor.fetchone() is None:
            left = start + timedelta(seconds=seconds) - at
            raise CodeRefused("too-many-codes", minutes=int(left.total_seconds() // 60) + 1, scope=scope)


def _network(address: str) -> str:
    """The /24 (IPv6: /56) that the address belongs to."""
    parsed = ipaddress.ip_address(address)
    return str(ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else 56}", strict=False))
