"""Announcements: planned maintenance in time or marked urgent with its reason, releases, news of a province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.law.counting import Unit, count_days
from ansinh.offices.models import Announcement, Office, Province, valid_on
from ansinh.offices.models_announcements import AnnouncementKind
from ansinh.offices.queries import work_calendar
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Wanted:
    """What is to be announced."""

    office_code: str
    kind: str
    title_vi: str
    title_en: str
    body_vi: str
    body_en: str
    shows_from: date
    shows_to: date
    provinces: Sequence[str] = ()
    version: str = ""
    procedure: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    urgent_because: str = ""


def days_ahead(*, on: date) -> int:
    """Working days between the announcement of a maintenance and its beginning (R-047)."""
    row = max((row for row in _rules() if str(row["from"]) <= on.isoformat()), key=lambda row: str(row["from"]))
    return int(row["maintenance_working_days"])


def announce(wanted: Wanted, *, by: str, at: datetime) -> Announcement:
    """Write an announcement. Raises Invalid, NotFound."""
    _check(wanted, at)
    with transaction.atomic():
        if not Office.objects.filter(valid_on(local_day(at)), code=wanted.office_code).exists():
            raise NotFound("office-unknown", "Không có cơ quan BHXH này vào ngày đó. Xin chọn lại.")
        return Announcement.objects.create(
            kind=wanted.kind, office_id=wanted.office_code, provinces=sorted(set(wanted.provinces)),
            title_vi=" ".join(wanted.title_vi.split()), title_en=" ".join(wanted.title_en.split()),
            body_vi=wanted.body_vi.strip(), body_en=wanted.body_en.strip(), version=wanted.version.strip(),
            shows_from=wanted.shows_from, shows_to=wanted.shows_to, starts_at=wanted.starts_at, ends_at=wanted.ends_at,
            urgent_because=" ".join(wanted.urgent_because.split()), procedure=wanted.procedure, written_by=by,
            written_at=at,
        )  # fmt: skip


def withdraw(announcement_id: UUID, *, at: datetime) -> Announcement:
    """Take an announcement back. Raises NotFound, Conflict."""
    with transaction.atomic():
        found = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
        if found is None:
            raise NotFound("announcement-unknown", "Không có thông báo này. Xin tải lại trang.")
        if found.withdrawn_at is not None:
            raise Conflict("already-over", "Việc này đã kết thúc trước đó. Xin tải lại trang.")
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
    return found


def standing(*, on: date) -> QuerySet[Announcement]:
    """Announcements that show on a day or showed before, the last first; taken back ones are gone."""
    rows = Announcement.objects.filter(shows_from__lte=on, withdrawn_at__isnull=True)
    return rows.select_related("office").order_by("-shows_from", "-written_at")


def about(procedure: str, *, on: date) -> QuerySet[Announcement]:
    """Announcements about a service that show on a day, of whichever provinces (R-157)."""
    return standing(on=on).filter(shows_to__gte=on, procedure=procedure)


def of_offices(codes: Sequence[str]) -> QuerySet[Announcement]:
    """Everything these offices announced, the last first."""
    return Announcement.objects.filter(office_id__in=codes).select_related("office").order_by("-written_at")


def the_announcement(announcement_id: UUID, *, on: date) -> Announcement:
    """One that shows or showed. Raises NotFound."""
    found = standing(on=on).filter(pk=announcement_id).first()
    if found is None:
        raise NotFound("announcement-unknown", "Không có thông báo này. Xin tải lại trang.")
    return found


def _check(wanted: Wanted, at: datetime) -> None:
    today = local_day(at)
    if wanted.kind not in AnnouncementKind.values:
        raise Invalid("announcement-kind", "Chưa chọn loại thông báo. Xin chọn trong danh sách.")
    if not wanted.title_vi.strip() or not wanted.body_vi.strip():
        raise Invalid("announcement-empty", "Chưa ghi tiêu đề hoặc nội dung thông báo.")
    if max(len(wanted.title_vi), len(wanted.title_en)) > 160 or max(len(wanted.body_vi), len(wanted.body_en)) > 5000:
        raise Invalid("announcement-long", "Tiêu đề dài quá 160 chữ, hoặc nội dung dài quá 5.000 chữ.")
    if wanted.shows_to < wanted.shows_from or wanted.shows_to < today:
        raise Invalid("announcement-days", "Ngày hiện thông báo chưa đúng: ngày cuối trước ngày đầu, hoặc đã qua.")
    known = Province.objects.filter(Q(valid_on(today)), code__in=wanted.provinces).count()
    if known != len(set(wanted.provinces)):
        raise Invalid("province-unknown", "Có tỉnh không nằm trong danh sách hiện nay. Xin chọn lại.")
    if (wanted.kind == AnnouncementKind.RELEASE) != bool(wanted.version.strip()):
        raise Invalid("release-version", "Phiên bản mới phải ghi số phiên bản; thông báo khác thì không.")
    _check_hours(wanted, today)


def _check_hours(wanted: Wanted, today: date) -> None:
    if wanted.kind != AnnouncementKind.MAINTENANCE:
        if wanted.starts_at or wanted.ends_at or wanted.urgent_because.strip():
            raise Invalid("hours-of-maintenance", "Giờ bắt đầu, giờ kết thúc và lý do gấp chỉ ghi cho bảo trì.")
        return
    if wanted.starts_at is None or wanted.ends_at is None or wanted.ends_at <= wanted.starts_at:
        raise Invalid("maintenance-hours", "Bảo trì phải ghi giờ bắt đầu và giờ kết thúc, kết thúc sau bắt đầu.")
    first, days = local_day(wanted.starts_at), days_ahead(on=today)
    shown = max(today, wanted.shows_from)
    ahead = count_days(shown, first, Unit.WORKING_DAY, calendar=work_calendar())
    if ahead < days and not wanted.urgent_because.strip():
        raise Invalid(
            "maintenance-too-soon",
            "Bảo trì có kế hoạch phải báo trước ít nhất {n} ngày làm việc. Xin chọn ngày khác, "
            "hoặc ghi lý do phải làm gấp.",
            n=days,
        )


@cache
def _rules() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("announcement_rules.yaml").read_text(encoding="utf-8")
    )
    return rows
