"""Which counters are open on a day, and where to turn while one is not. Electronic work knows nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.db import transaction
from django.db.models import F, Q, QuerySet

from ansinh.offices.models import CounterPause, Level, NearestOffice, Office, valid_on
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.vietnamese import date_vi

MOST_NEAREST = 6
LONGEST = 500


@dataclass(frozen=True)
class Ground:
    """A coded reason why a counter closes."""

    key: str
    name_vi: str
    name_en: str


@dataclass(frozen=True)
class Pausing:
    """What a pause is announced with."""

    office_code: str
    ground: str
    reason: str
    decided_by: str
    document: str
    notice_vi: str
    notice_en: str
    valid_from: date
    valid_to: date | None
    legal_bases: Sequence[str] = ()


@cache
def grounds() -> Mapping[str, Ground]:
    """Every ground by key."""
    rows = yaml.safe_load(Path(__file__).with_name("counter_grounds.yaml").read_text(encoding="utf-8"))
    return {row["key"]: Ground(**row) for row in rows}


def paused_on(day: date) -> Q:
    """Pauses that keep a counter closed on a day."""
    return valid_on(day) & Q(Q(reopens_on__isnull=True) | Q(reopens_on__gt=day))


def pauses(office_codes: Iterable[str], *, on: date) -> Mapping[str, CounterPause]:
    """Office code → the pause that closes its counter on a day; one query, none for no office."""
    codes = sorted(set(office_codes))
    if not codes:
        return {}
    return {row.office_id: row for row in CounterPause.objects.filter(paused_on(on), office_id__in=codes)}


def pause_of(office_code: str, *, on: date) -> CounterPause | None:
    """The pause that closes the counter of an office on a day, or None: it is open."""
    return pauses([office_code], on=on).get(office_code)


def present_and_coming(*, on: date, province_code: str = "") -> QuerySet[CounterPause]:
    """Pauses in force on a day or announced for later, by day and office."""
    rows = CounterPause.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        Q(reopens_on__isnull=True) | Q(reopens_on__gt=on) & Q(reopens_on__gt=F("valid_from")),
    )
    if province_code:
        rows = rows.filter(office__province_code=province_code)
    return rows.select_related("office").order_by("valid_from", "office_id")


def history(office_code: str) -> QuerySet[CounterPause]:
    """Every pause of an office, the last first."""
    return CounterPause.objects.filter(office_id=office_code).order_by("-valid_from", "-announced_at")


def last_day(pause: CounterPause) -> date | None:
    """The last day on which the counter is or was closed; None while nobody knows."""
    return pause.reopens_on - timedelta(days=1) if pause.reopens_on else pause.valid_to


def refuse_paused(office_code: str, *, on: date) -> None:
    """Raise Conflict while the counter of an office takes nothing in person; the sentence names where it is open."""
    refuse_where_all_paused([office_code], on=on)


def refuse_where_all_paused(office_codes: Iterable[str], *, on: date) -> None:
    """Raise Conflict while none of these counters takes anything in person. One query while one is open."""
    codes = sorted(set(office_codes))
    closed = pauses(codes, on=on)
    if not codes or len(closed) < len(codes):
        return
    day = date_vi(closed[codes[0]].valid_from)
    near = next((one for code in codes for one in nearest_open(code, on=on)), None)
    if near is None:
        raise Conflict(
            "counter-paused",
            "Quầy của cơ quan này tạm dừng nhận trực tiếp từ {day}, và chưa có cơ quan nào gần đó đang mở. "
            "Hồ sơ trực tuyến và qua bưu điện vẫn nhận.",
            day=day,
        )
    raise Conflict(
        "counter-paused",
        "Quầy của cơ quan này tạm dừng nhận trực tiếp từ {day}. Hồ sơ trực tuyến và qua bưu điện vẫn nhận; "
        "người cần làm trực tiếp thì đến {office}, {address}.",
        day=day,
        office=near.name_vi,
        address=near.address,
    )


def nearest_of(office_code: str, *, on: date) -> list[Office]:
    """The ordered list of an office on a day, whether those counters are open or not."""
    rows = NearestOffice.objects.filter(valid_on(on), office_id=office_code).select_related("nearest")
    return [row.nearest for row in rows.order_by("place")]


def nearest_open(office_code: str, *, on: date) -> list[Office]:
    """Offices to turn to instead, nearest first: those of the list that exist and are open on that day.

    Without a list: the office above and its other offices, by code. Post may be sent to any of them (R-143).
    """
    listed = nearest_of(office_code, on=on) or _of_the_same_parent(office_code, on=on)
    there = [one for one in listed if one.valid_from <= on and (one.valid_to is None or one.valid_to >= on)]
    closed = pauses([one.code for one in there], on=on)
    return [one for one in there if one.code not in closed][:MOST_NEAREST]


def announce(wanted: Pausing, *, by: str, at: datetime) -> CounterPause:
    """Write down that the counter closes. No deadline changes by itself. Raises Invalid, Conflict, NotFound."""
    if wanted.ground not in grounds():
        raise Invalid("pause-needs-ground", "Chưa chọn lý do tạm dừng. Xin chọn một lý do trong danh sách.")
    texts = [" ".join(one.split()) for one in (wanted.reason, wanted.document, wanted.notice_vi)]
    if not all(texts):
        raise Invalid(
            "pause-incomplete", "Xin ghi đủ: lý do cụ thể, văn bản quyết định (số, ngày) và thông báo cho người dân."
        )
    if wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        raise Invalid("ends-before-it-begins", "Ngày cuối trước ngày bắt đầu. Xin xem lại hai ngày.")
    with transaction.atomic():
        held = Office.objects.select_for_update().filter(valid_on(wanted.valid_from), code=wanted.office_code).first()
        if held is None:
            raise NotFound("office-unknown", "Không có cơ quan BHXH này vào ngày đó. Xin chọn lại.")
        if _meets_another(wanted):
            raise Conflict(
                "pause-overlaps",
                "Quầy này đã có đợt tạm dừng trong thời gian đó. Xin chấm dứt đợt đó trước, hoặc chọn ngày khác.",
            )
        return CounterPause.objects.create(
            office=held, ground=wanted.ground, reason=texts[0][:LONGEST], decided_by=wanted.decided_by,
            document=texts[1][:200], notice_vi=texts[2][:LONGEST],
            notice_en=" ".join(wanted.notice_en.split())[:LONGEST],
            legal_bases=[one.strip()[:200] for one in wanted.legal_bases if one.strip()],
            valid_from=wanted.valid_from, valid_to=wanted.valid_to, announced_by=by, announced_at=at,
        )  # fmt: skip


def reopen(pause_id: UUID, *, on: date, document: str, by: str, at: datetime, today: date) -> CounterPause:
    """The counter opens on a day, earlier than announced. Once. Raises NotFound, Conflict, Invalid."""
    with transaction.atomic():
        found = CounterPause.objects.select_for_update().filter(pk=pause_id).first()
        if found is None:
            raise NotFound("pause-unknown", "Không có đợt tạm dừng này. Xin tải lại trang.")
        over = found.valid_to is not None and found.valid_to < today
        if found.reopens_on is not None or over:
            raise Conflict("already-over", "Việc này đã kết thúc trước đó. Xin tải lại trang.")
        if on < today or (found.valid_to is not None and on > found.valid_to):
            raise Invalid(
                "reopens-when",
                "Ngày mở lại phải từ hôm nay và không sau ngày cuối đã báo. Muốn kéo dài thì ghi một đợt tạm dừng mới.",
            )
        if not document.strip():
            raise Invalid("document-needed", "Chưa ghi số văn bản. Xin ghi số của quyết định, ví dụ 215/QĐ-BHXH.")
        found.reopens_on, found.reopened_document = on, " ".join(document.split())[:200]
        found.reopened_by, found.reopened_at = by, at
        found.save(update_fields=["reopens_on", "reopened_document", "reopened_by", "reopened_at"])
    return found


def list_nearest(office_code: str, ordered: Sequence[str], *, valid_from: date) -> None:
    """From a day on these offices, in this order, are the ones to turn to. Raises Invalid."""
    if len(set(ordered)) != len(ordered) or office_code in ordered or len(ordered) > MOST_NEAREST:
        raise Invalid(
            "nearest-list-wrong",
            "Danh sách cơ quan gần nhất có tên lặp lại, có chính cơ quan này, hoặc quá {n} cơ quan. Xin sửa lại.",
            n=MOST_NEAREST,
        )
    with transaction.atomic():
        Office.objects.select_for_update().get(pk=office_code)
        known = Office.objects.filter(valid_on(valid_from), code__in=ordered).exclude(level=Level.CENTRAL)
        if known.count() != len(ordered):
            raise Invalid("nearest-unknown", "Có cơ quan không tồn tại vào ngày áp dụng. Xin chọn lại.")
        rows = NearestOffice.objects.filter(office_id=office_code)
        rows.filter(valid_from__gte=valid_from).delete()
        rows.filter(valid_on(valid_from)).update(valid_to=valid_from - timedelta(days=1))
        NearestOffice.objects.bulk_create(
            NearestOffice(office_id=office_code, nearest_id=code, place=place, valid_from=valid_from)
            for place, code in enumerate(ordered, start=1)
        )


def _meets_another(wanted: Pausing) -> bool:
    """An early-ended pause counts to the day before it reopened."""
    rows = CounterPause.objects.filter(office_id=wanted.office_code)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=wanted.valid_from))
    rows = rows.filter(Q(reopens_on__isnull=True) | Q(reopens_on__gt=wanted.valid_from))
    return (rows.filter(valid_from__lte=wanted.valid_to) if wanted.valid_to else rows).exists()


def _of_the_same_parent(office_code: str, *, on: date) -> list[Office]:
    held = Office.objects.filter(pk=office_code).select_related("parent").first()
    if held is None:
        return []
    above = held.parent if held.parent and held.parent.level != Level.CENTRAL else None
    family = Office.objects.filter(valid_on(on), parent=above or held).exclude(pk=held.pk).order_by("code")
    return [*family[:MOST_NEAREST], *([above] if above else [])]
