"""The people of an office as those who manage them see them, and an officer's own duties."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import (
    Absence,
    Assignment,
    Delegation,
    Deputy,
    Officer,
    StaffEvent,
    UnitCharge,
    held_on,
)
from ansinh.people.officers.powers import managed_offices
from ansinh.platform.errors import NotFound
from ansinh.platform.zone import local_day

RECENT = 100


@dataclass
class Posts:
    """Assignments of somebody by where their days lie."""

    today: list[Assignment] = field(default_factory=list)
    coming: list[Assignment] = field(default_factory=list)
    past: list[Assignment] = field(default_factory=list)


@dataclass(frozen=True)
class Member:
    """Somebody who works, will work or worked at an office."""

    officer: Officer
    posts: Posts
    absence: Absence | None


def members(office_code: str, *, on: date) -> list[Member]:
    """Everybody with a post at an office, past ones too; those of today first, then by name."""
    rows = Assignment.objects.filter(office_code=office_code).select_related("officer__account").order_by("valid_from")
    by_officer: dict[UUID, list[Assignment]] = {}
    for row in rows:
        by_officer.setdefault(row.officer_id, []).append(row)
    away = {one.officer_id: one for one in Absence.objects.filter(held_on(on), officer__in=by_officer)}
    found = [
        Member(rows[0].officer, sorted_posts(rows, on=on), away.get(officer_id))
        for officer_id, rows in by_officer.items()
    ]
    return sorted(found, key=lambda one: (not one.posts.today, not one.posts.coming, one.officer.full_name))


def sorted_posts(rows: Sequence[Assignment], *, on: date) -> Posts:
    """Assignments of today, to come and past; one taken back before it began is past."""
    posts = Posts()
    for row in rows:
        if row.ended_at is not None or (row.valid_to is not None and row.valid_to < on):
            posts.past.append(row)
        elif row.valid_from > on:
            posts.coming.append(row)
        else:
            posts.today.append(row)
    return posts


def the_member(officer_id: UUID, *, viewer: OfficerActor, on: date) -> Officer:
    """An officer with a post, of any day, at an office the viewer manages. Raises NotFound for anybody else."""
    offices = managed_offices(viewer, on=on)
    known = Assignment.objects.filter(officer_id=officer_id, office_code__in=offices)
    found = Officer.objects.select_related("account").filter(pk=officer_id).first()
    if found is None or not known.exists():
        raise NotFound("officer-unknown", "Không có cán bộ này ở cơ quan ông/bà quản lý. Xin xem lại mã cán bộ.")
    return found


def by_staff_code(login: str) -> Officer | None:
    """The officer with this staff code, wherever one works."""
    return Officer.objects.filter(account__login=login.strip().casefold(), account__state="active").first()


def assignments_of(officer_id: UUID, *, offices: Collection[str] | None = None) -> list[Assignment]:
    """Every assignment of an officer (at these offices), oldest first."""
    rows = Assignment.objects.filter(officer_id=officer_id)
    return list((rows if offices is None else rows.filter(office_code__in=offices)).order_by("valid_from", "pk"))


def delegations_of(officer_id: UUID) -> list[Delegation]:
    """Delegations by name, newest first."""
    return list(_delegations().filter(officer_id=officer_id))


def delegations_to_departments(office_code: str) -> list[Delegation]:
    """Delegations to departments of an office, newest first."""
    return list(_delegations().filter(office_code=office_code, department__isnull=False))


def absences_of(officer_id: UUID, *, on: date) -> list[Absence]:
    """Absences that are not over on a day, with their deputies."""
    rows = Absence.objects.filter(officer_id=officer_id, ended_at__isnull=True, valid_to__gte=on)
    return list(rows.prefetch_related("deputies__officer").order_by("valid_from"))


def deputyships_of(officer_id: UUID, *, on: date) -> list[Deputy]:
    """For whom an officer stands in, now or soon."""
    rows = Deputy.objects.filter(
        officer_id=officer_id, ended_at__isnull=True, absence__ended_at__isnull=True, absence__valid_to__gte=on
    )
    return list(rows.select_related("absence__officer").order_by("absence__valid_from"))


def units_now_and_coming(officer_id: UUID, *, on: date) -> list[UnitCharge]:
    """Units an officer looks after on a day or will, by name."""
    rows = UnitCharge.objects.filter(officer_id=officer_id, ended_at__isnull=True).exclude(valid_to__lt=on)
    return list(rows.order_by("unit_name", "function"))


def colleagues(office_code: str, *, on: date, but: UUID | None = None) -> list[Officer]:
    """Officers with a post of their own at an office on a day, by name."""
    held = Assignment.objects.filter(held_on(on), office_code=office_code)
    found = Officer.objects.filter(pk__in=held.values("officer_id")).order_by("full_name")
    return [one for one in found if one.pk != but]


def history(*, offices: Collection[str] | None = None, officer_id: UUID | None = None) -> list[StaffEvent]:
    """What was done about somebody, or about departments when nobody is named; newest first."""
    rows: QuerySet[StaffEvent] = StaffEvent.objects.filter(
        Q(officer_id=officer_id) if officer_id else Q(officer__isnull=True)
    )
    if offices is not None:
        rows = rows.filter(office_code__in=offices)
    return list(rows.select_related("actor").order_by("-id")[:RECENT])


def nearest_days(account_id: UUID, *, on: date) -> tuple[date | None, date | None]:
    """Of somebody without a post on a day: when the last one ended and when the next begins, if we know."""
    posts = sorted_posts(list(Assignment.objects.filter(officer__account_id=account_id)), on=on)
    ended = [local_day(row.ended_at) if row.ended_at else row.valid_to for row in posts.past]
    begins = [row.valid_from for row in posts.coming]
    return max((day for day in ended if day), default=None), min(begins, default=None)


def _delegations() -> QuerySet[Delegation]:
    return Delegation.objects.select_related("given_by", "department", "officer").order_by("-valid_from", "-id")
