"""How many messages may go out in a day, to one recipient and in all, so that nobody can pump them (threat 44)."""

from __future__ import annotations

import random
from datetime import date

from django.db import connection, transaction

from ansinh.notifications.models import SendCounter
from ansinh.notifications.options import Options

SHARES = 16
"""The budget of all is kept in so many rows: a worker holds its row while the network answers, others take another."""

# Two statements, because a refused ON CONFLICT DO UPDATE keeps its row locked, and workers that then look at another
# share would wait for each other in a ring. A plain UPDATE whose condition fails locks nothing.
_OPEN = """
    INSERT INTO notifications_sendcounter (channel, recipient, day, used) VALUES (%s, %s, %s, 0)
    ON CONFLICT (channel, recipient, day) DO NOTHING
"""
_TAKE = """
    UPDATE notifications_sendcounter SET used = used + 1
    WHERE channel = %s AND recipient = %s AND day = %s AND used < %s
    RETURNING used
"""


def take(*, channel: str, recipient: str, day: date, options: Options) -> str:
    """Count one message to go out now. Gives "" or the reason why it may not; what may not is not counted.

    The database decides, so parallel workers never pass a limit together.
    """
    to_one, to_all = {
        "sms": (options.sms_per_number_per_day, options.sms_per_day),
        "email": (options.email_per_number_per_day, options.email_per_day),
    }[channel]
    with transaction.atomic():
        if not _counted(channel, recipient, day, to_one):
            return "too-many-to-recipient"
        if not _counted_in_all(channel, day, to_all):
            transaction.set_rollback(True)
            return "too-many-today"
    return ""


def _counted_in_all(channel: str, day: date, limit: int) -> bool:
    shares = {f"#{place}": limit // SHARES + (place < limit % SHARES) for place in range(SHARES)}
    used = dict(
        SendCounter.objects.filter(channel=channel, day=day, recipient__in=shares).values_list("recipient", "used")
    )
    open_shares = [name for name, most in shares.items() if used.get(name, 0) < most]
    random.shuffle(open_shares)
    return any(_counted(channel, name, day, shares[name]) for name in open_shares)


def _counted(channel: str, name: str, day: date, limit: int) -> bool:
    if limit < 1:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [channel, name, day])
        cursor.execute(_TAKE, [channel, name, day, limit])
        return cursor.fetchone() is not None
