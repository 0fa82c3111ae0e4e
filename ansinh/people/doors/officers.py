"""The officer's profile of the regulation: the lock after wrong passwords, its end, and accounts nobody uses.

All of it is derived from moments that were written down; nothing ticks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from ansinh.people.actors import OfficerActor
from ansinh.people.doors.rules import door_rules
from ansinh.people.happened import PasswordLocked
from ansinh.people.models import Account, Assignment, DoorGuard, Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day

_COUNT = """
    INSERT INTO people_doorguard AS guard (account_id, wrong_passwords, locked_at)
    VALUES (%(account)s, 1, CASE WHEN %(most)s <= 1 THEN %(at)s::timestamptz END)
    ON CONFLICT (account_id) DO UPDATE SET
        wrong_passwords = CASE WHEN guard.locked_at IS NULL THEN guard.wrong_passwords + 1 ELSE 1 END,
        locked_at = CASE WHEN guard.locked_at IS NULL AND guard.wrong_passwords + 1 >= %(most)s
                         THEN %(at)s::timestamptz END
    WHERE guard.locked_at IS NULL OR guard.locked_at <= %(released)s
    RETURNING locked_at IS NOT NULL
"""
MAY_UNLOCK = frozenset({Role.LEADER, Role.HEAD})


@dataclass(frozen=True)
class Shut:
    """A colleague whose password opens nothing: locked after wrong ones, or the account was not used."""

    account_id: UUID
    name: str
    locked: bool
    since: datetime


def count_password(account: Account, *, at: datetime) -> bool:
    """Count a password before it is looked at, so that parallel ones see each other; False when the account is locked.

    The fifth in a row locks; a right one takes it back (`forgive_passwords`).
    """
    rules = door_rules(local_day(at)).officer
    most, released = rules.wrong_passwords, at - rules.locked
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"account": account.pk, "at": at, "most": most, "released": released})
        counted = cursor.fetchone()
    return counted is not None


def tell_if_locked(account: Account, *, at: datetime) -> None:
    """After a wrong password: when it was the last one allowed, its holder is told."""
    if DoorGuard.objects.filter(pk=account.pk, locked_at=at).exists():
        publish(PasswordLocked(account_id=account.pk, at=at))


def forgive_passwords(account: Account) -> None:
    """A right password: the wrong ones before it no longer count."""
    DoorGuard.objects.filter(pk=account.pk).update(wrong_passwords=0, locked_at=None)


def refuse_unused(account: Account, *, at: datetime) -> None:
    """Raise NotAllowed for an officer's account that nobody used for longer than the rules let it lie."""
    if account.person_id is not None:
        return
    last = _last_used(_with_use(Account.objects.filter(pk=account.pk)).get())
    if at - last > door_rules(local_day(at)).officer.unused:
        raise NotAllowed(
            "officer-unused",
            "Tài khoản cán bộ này đã {n} ngày không dùng nên tạm ngừng. Xin người quản lý ở cơ quan mở lại.",
            n=(at - last).days,
        )


def shut_colleagues(officer: OfficerActor, *, at: datetime) -> list[Shut]:
    """Colleagues who cannot get in by password and whom this officer may let in again, the latest first."""
    rules = door_rules(local_day(at)).officer
    found = []
    for account in _with_use(_led_by(officer, on=local_day(at))):
        guard = getattr(account, "door_guard", None)
        locked_at = guard.locked_at if guard else None
        if locked_at is not None and locked_at > at - rules.locked:
            found.append(Shut(account.pk, account.display_name, locked=True, since=locked_at))
        elif at - _last_used(account) > rules.unused:
            found.append(Shut(account.pk, account.display_name, locked=False, since=_last_used(account)))
    return sorted(found, key=lambda one: one.since, reverse=True)


def let_in_again(account_id: UUID, *, by: OfficerActor, at: datetime) -> None:
    """Open a colleague's account again, be it locked or unused. Raises NotFound (not theirs), Conflict (not shut)."""
    with transaction.atomic(), acting_as(by.label):
        if not _led_by(by, on=local_day(at)).filter(pk=account_id).exists():
            raise NotFound("colleague-unknown", "Không có cán bộ này ở cơ quan ông/bà phụ trách.")
        DoorGuard.objects.get_or_create(account_id=account_id)
        guard = DoorGuard.objects.select_for_update().get(pk=account_id)
        if account_id not in {one.account_id for one in shut_colleagues(by, at=at)}:
            raise Conflict("not-shut", "Cán bộ này đăng nhập được, không cần mở lại. Có thể người khác vừa mở.")
        guard.wrong_passwords, guard.locked_at = 0, None
        guard.unlocked_at = guard.enabled_at = at
        guard.unlocked_by = by.officer_id
        guard.save()


def _led_by(officer: OfficerActor, *, on: date) -> QuerySet[Account]:
    """Accounts of others with a post today at an office this officer leads."""
    offices = {post.office_code for post in officer.posts if post.role in MAY_UNLOCK}
    posts = Assignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), office_code__in=offices, valid_from__lte=on
    )
    return Account.objects.filter(pk__in=posts.values("officer__account_id")).exclude(pk=officer.account_id)


def _with_use(accounts: QuerySet[Account]) -> QuerySet[Account]:
    return accounts.select_related("door_guard").annotate(last_seen=Max("sessions__seen_at"))


def _last_used(account: Account) -> datetime:
    """The last request of any session, or when the account was opened last."""
    guard = getattr(account, "door_guard", None)
    moments = (account.last_seen, guard.enabled_at if guard else None, account.activated_at, account.created_at)  # type: ignore[attr-defined]
    return max(moment for moment in moments if moment)
