"""How often one network may ask what anybody may ask: guessing is slowed, nothing is remembered about the asker.

The counters are rows of the database, so that many workers count together.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import connection

from ansinh.platform.errors import NotAllowed

WINDOW = timedelta(hours=1)

# The conflict update is a plain condition in its WHERE: beyond the limit no row comes back.
_TAKE = """
    INSERT INTO people_onetimecounter AS counter (scope, key, window_start, used) VALUES (%s, %s, %s, 1)
    ON CONFLICT (scope, key, window_start) DO UPDATE SET used = counter.used + 1 WHERE counter.used < %s
    RETURNING used
"""
_GIVE_BACK = """
    UPDATE people_onetimecounter SET used = used - 1 WHERE scope = %s AND key = %s AND window_start = %s AND used > 0
"""
_FORGET = "DELETE FROM people_onetimecounter WHERE scope = %s AND window_start < %s"


def take(what: str, *, network: str, most: int, at: datetime) -> None:
    """Count one question about `what` (at most 12 letters); raises NotAllowed beyond `most` in the hour.

    Without an address (a job, a test) nothing is counted.
    """
    if not network:
        return
    start = _start(at)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [what, _key(network), start, most])
        taken = cursor.fetchone()
        if taken == (1,):
            cursor.execute(_FORGET, [what, start - WINDOW])
    if taken is None:
        minutes = -(-int((start + WINDOW - at).total_seconds()) // 60)
        raise NotAllowed(
            "asked-too-often",
            "Mạng này đã hỏi quá nhiều lần trong một giờ. Xin đợi {n} phút rồi thử lại, hoặc gọi tổng đài.",
            n=minutes,
        )


def give_back(what: str, *, network: str, at: datetime) -> None:
    """The question was answered: it does not count as a guess."""
    if network:
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK, [what, _key(network), _start(at)])


def _start(at: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=UTC)


def _key(network: str) -> str:
    """The digest of an address; of an IPv6 address the /64 that one household has."""
    address = ipaddress.ip_address(network)
    whole = address if address.version == 4 else ipaddress.ip_network(f"{address}/64", strict=False)
    return sha256(str(whole).encode()).hexdigest()
