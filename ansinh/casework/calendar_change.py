"""A day of the calendar entered by an administrator: every open dossier is counted anew, in slices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.casework.clock import set_due
from ansinh.casework.models import DueChange
from ansinh.casework.tell import tell
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.law.calendar import DayKind, announced_years
from ansinh.offices.closed_days import special_days
from ansinh.offices.models import ORDINARY, CalendarDay
from ansinh.people.actors import OfficerActor, System
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.queue import defer
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day

COUNT_ANEW = "casework.count_anew"
"""Name of the job that counts the due dates of one slice of open dossiers again, and queues the next slice."""
SLICE = 500
AGAIN = timedelta(minutes=15)
"""Nothing that read the calendar before the day was entered takes so long to be written: then it is counted again."""
ENTERS = (Role.SYSTEM_ADMIN, Role.CENTRAL)
LONGEST_NAME, LONGEST_BASIS = 120, 200


@dataclass(frozen=True)
class EnteredDay:
    """A day that is not what its weekday says, or is again (`ordinary`), with the document that makes it so."""

    day: date
    kind: str
    name: str
    basis: str


def enter_day(entered: EnteredDay, *, actor: OfficerActor, at: datetime) -> CalendarDay:
    """Write the day and have every open dossier counted anew. Raises NotAllowed, Invalid."""
    refuse_others(actor)
    _refuse_incomplete(entered, today=local_day(at))
    with transaction.atomic(), acting_as(actor.label):
        row, _ = CalendarDay.objects.update_or_create(
            day=entered.day,
            defaults={
                "kind": entered.kind,
                "name_vi": entered.name.strip()[:LONGEST_NAME],
                "legal_basis": entered.basis.strip()[:LONGEST_BASIS],
                "quality": "entered",
                "published_on": local_day(at),
            },
        )
        why = f"Lịch nghỉ thay đổi: ngày {date_vi(row.day)}, {row.name_vi} ({row.legal_basis})"
        defer(COUNT_ANEW, after=None, why=why)
        defer(COUNT_ANEW, after=None, why=why, since=(at - AGAIN).isoformat(), run_at=at + AGAIN)
    return row


def refuse_others(actor: OfficerActor) -> None:
    """Raise NotAllowed unless the actor keeps the calendar."""
    if not any(post.role in ENTERS for post in actor.posts):
        raise NotAllowed(
            "calendar-not-yours", "Lịch nghỉ do quản trị hệ thống nhập. Xin chuyển văn bản cho người quản trị."
        )


def count_anew(
    after: UUID | None, *, why: str, at: datetime, since: datetime | None = None, most: int = SLICE
) -> UUID | None:
    """Count one slice of dossiers with a due date; answers where the next slice begins, None after the last one.

    `since`: only those that something happened to from then on, which may have been counted while the day was entered.
    """
    rows = Dossier.objects.filter(due_on__isnull=False, closed_at__isnull=True).order_by("pk")
    if since is not None:
        rows = rows.filter(last_event_at__gte=since)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    slice_ = list(rows.values_list("pk", flat=True)[:most])
    for dossier_id in slice_:
        with transaction.atomic(), acting_as(System().label):
            _count_one(dossier_id, why=why, at=at)
    return slice_[-1] if len(slice_) == most else None


def _count_one(dossier_id: UUID, *, why: str, at: datetime) -> None:
    dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
    old, before = dossier.due_on, {row["key"]: row["on"] for row in dossier.results_due}
    if old is None or dossier.closed_at is not None:
        return
    set_due(dossier)
    if dossier.due_on is None:
        return
    moved = [row for row in dossier.results_due if before.get(row["key"], row["on"]) != row["on"]]
    if dossier.due_on == old and not moved:
        return
    dossier.save(update_fields=["due_on", "results_due"])
    if dossier.due_on != old:
        _tell_change(dossier, old, dossier.due_on, why=why, at=at)
    for row in moved:
        if row["on"] != dossier.due_on.isoformat():  # a result that comes after the first
            days = date.fromisoformat(before[row["key"]]), date.fromisoformat(row["on"])
            _tell_change(dossier, *days, why=f"{why}, kết quả “{row['name_vi']}”", at=at, result_key=row["key"])


def _tell_change(dossier: Dossier, old: date, new: date, *, why: str, at: datetime, result_key: str = "") -> None:
    DueChange.objects.create(
        dossier=dossier, kind="calendar", at=at, old_due=old, new_due=new, why_vi=why[:500], result_key=result_key
    )
    new_due = new.isoformat()
    record(dossier, "due_changed", actor=System(), at=at, why=why[:500], old_due=old.isoformat(), new_due=new_due)
    tell(dossier, "due_date_changed", new_due=new_due, reason=why, at=at)


def _refuse_incomplete(entered: EnteredDay, *, today: date) -> None:
    if entered.kind not in {ORDINARY, *(kind.value for kind in DayKind)}:
        raise Invalid(
            "day-kind-unknown",
            "Chưa chọn là ngày gì. Xin chọn ngày lễ, nghỉ bù, nghỉ hoán đổi, làm bù hay ngày thường.",
        )
    if not entered.name.strip() or not entered.basis.strip():
        raise Invalid("day-needs-basis", "Chưa ghi tên ngày hoặc văn bản. Xin ghi cả hai, người nộp sẽ đọc.")
    if entered.day < today:
        raise Invalid("day-passed", "Ngày này đã qua nên không đổi lịch được nữa. Xin chọn ngày từ hôm nay trở đi.")
    if entered.kind == ORDINARY:
        if not special_days(entered.day, entered.day):
            raise Invalid("day-ordinary", "Ngày này đang là ngày thường nên không có gì để đổi. Xin xem lại ngày.")
        return
    weekend = entered.day.weekday() >= 5
    if weekend is not (entered.kind == DayKind.MAKE_UP_WORKING.value) and entered.kind != DayKind.PUBLIC_HOLIDAY.value:
        raise Invalid(
            "day-of-week",
            "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật, ngày nghỉ bù và hoán đổi phải là ngày trong tuần. Xin xem lại.",
        )


def tet_is_entered(year: int) -> bool:
    """Whether somebody entered the New Year leave of that year; a computed one may still change."""
    first, last = date(year, 1, 15), date(year, 3, 1)
    entered = CalendarDay.objects.filter(day__range=(first, last), kind=DayKind.PUBLIC_HOLIDAY.value)
    return year in announced_years() or entered.count() >= 5
