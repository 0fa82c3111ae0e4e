"""How often somebody may be wrong with a second factor: counted for the account, whoever types and from wherever.

Only who already has the password gets to type one, and a passkey is not counted: its signature cannot be guessed.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from ansinh.people.doors.rules import door_rules
from ansinh.people.models import DoorGuard
from ansinh.platform.errors import NotAllowed
from ansinh.platform.zone import local_day

_TAKE = """
    INSERT INTO people_doorguard AS guard (account_id, factor_tries, factor_tries_since) VALUES (%(account)s, 1, %(at)s)
    ON CONFLICT (account_id) DO UPDATE SET
        factor_tries = CASE WHEN guard.factor_tries_since > %(since)s THEN guard.factor_tries + 1 ELSE 1 END,
        factor_tries_since =
            CASE WHEN guard.factor_tries_since > %(since)s THEN guard.factor_tries_since ELSE %(at)s END
    WHERE guard.factor_tries < %(most)s OR guard.factor_tries_since IS NULL OR guard.factor_tries_since <= %(since)s
    RETURNING factor_tries
"""


def take_try(account_id: UUID, *, at: datetime) -> None:
    """Count a try before it is looked at, so that parallel tries see each other. Raises NotAllowed beyond the most."""
    rules = door_rules(local_day(at))
    since, most = at - rules.factor_window, rules.factor_tries
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"account": account_id, "at": at, "since": since, "most": most})
        taken = cursor.fetchone()
    if taken is None:
        raise NotAllowed(
            "factor-throttled",
            "Đã nhập sai mã quá nhiều lần. Xin đợi {n} phút rồi thử lại, hoặc dùng khóa đăng nhập.",
            n=int(rules.factor_window.total_seconds()) // 60,
        )


def forgive(account_id: UUID) -> None:
    """A right code was typed: the wrong ones before it no longer count."""
    DoorGuard.objects.filter(pk=account_id).update(factor_tries=0)
