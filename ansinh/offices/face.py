"""The public face of an office on a day: its links, its contact points, and whom the reader may ask."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ansinh.offices.departments import functions
from ansinh.offices.models import FaceEntry, Level, Office, Province, valid_on
from ansinh.offices.models_face import LINKS, ONCE, EntryKind
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.vietnamese import date_vi

NOTICE = "notice"
_PHONE = re.compile(r"[0-9][0-9 .]{3,18}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class SupportWay:
    """A way to ask for help: `kind` phone, hotline, zalo or email; `notice` is an announcement, its id in `address`."""

    kind: str
    label_vi: str
    label_en: str
    address: str
    hours: str


@dataclass(frozen=True)
class Entry:
    """A line to be written."""

    office_code: str
    kind: str
    label_vi: str
    label_en: str
    address: str
    hours: str = ""
    function: str = ""
    provinces: Sequence[str] = ()
    place: int = 1


# The reader's province is the one chosen, else that of the own address; a code of the old map leads to what it became.
SUPPORT_SQL = """
WITH asked AS (SELECT coalesce(nullif(%(province)s, ''), {own}) AS code),
here AS (
    SELECT coalesce(
        (SELECT p.code FROM offices_province p, asked
         WHERE p.code = asked.code AND p.valid_from <= %(on)s AND coalesce(p.valid_to >= %(on)s, true)),
        (SELECT next.code FROM offices_province p JOIN offices_province next ON next.id = p.merged_into_id, asked
         WHERE p.code = asked.code AND next.valid_from <= %(on)s ORDER BY p.valid_from DESC LIMIT 1)
    ) AS code
)
SELECT here.code, kind, label_vi, label_en, address, hours FROM here LEFT JOIN LATERAL (
    SELECT 1 AS near, 1 AS place, 'phone' AS kind, label_vi, label_en, phone AS address, hours
    FROM offices_supportline WHERE province_code IN ('', here.code)
        AND valid_from <= %(on)s AND coalesce(valid_to >= %(on)s, true)
    UNION ALL
    SELECT CASE office.level WHEN 'province' THEN 0 ELSE 1 END, entry.place, entry.kind, entry.label_vi,
        entry.label_en, entry.address, entry.hours
    FROM offices_faceentry entry JOIN offices_office office ON office.code = entry.office_id
    WHERE entry.kind IN ('phone', 'hotline', 'zalo', 'email')
        AND entry.valid_from <= %(on)s AND coalesce(entry.valid_to >= %(on)s, true) AND entry.withdrawn_at IS NULL
        AND CASE
            WHEN entry.provinces <> '{{}}' THEN here.code = ANY(entry.provinces)
            WHEN office.level = 'central' THEN true
            ELSE office.level = 'province' AND office.province_code = here.code
        END
    UNION ALL
    SELECT CASE WHEN provinces = '{{}}' THEN 1 ELSE 0 END, 0, 'notice', title_vi, title_en, id::text, kind
    FROM offices_announcement
    WHERE shows_from <= %(on)s AND shows_to >= %(on)s AND withdrawn_at IS NULL
        AND (provinces = '{{}}' OR here.code = ANY(provinces))
) AS way ON true ORDER BY near, place, kind, label_vi
"""


@dataclass(frozen=True)
class Support:
    """Whom the reader may ask: the ways of the own province first, then those of the whole country."""

    province_code: str = ""
    ways: tuple[SupportWay, ...] = ()
    notices: tuple[SupportWay, ...] = ()

    @property
    def phone(self) -> str:
        """The first telephone, or empty."""
        return next((one.address for one in self.ways if one.kind == "phone"), "")

    @property
    def besides(self) -> tuple[SupportWay, ...]:
        """The other ways, one telephone less."""
        first = next((one for one in self.ways if one.kind == "phone"), None)
        return tuple(one for one in self.ways if one is not first)


def support(
    province_code: str, *, on: date, own_sql: str = "NULL", parameters: Mapping[str, UUID] | None = None
) -> Support:
    """Whom a reader of this province may ask on a day, in one query; unknown provinces get the country's ways.

    `own_sql` is an SQL expression for the province of a reader who chose none (people.support).
    """
    with connection.cursor() as cursor:
        cursor.execute(SUPPORT_SQL.format(own=own_sql), {"province": province_code, "on": on, **(parameters or {})})
        rows = cursor.fetchall()
    found = [SupportWay(*row[1:]) for row in rows if row[1] is not None]
    return Support(
        province_code=(rows[0][0] or "") if rows else "",
        ways=tuple(one for one in found if one.kind != NOTICE),
        notices=tuple(one for one in found if one.kind == NOTICE),
    )


def entries(office_codes: Sequence[str], *, on: date) -> QuerySet[FaceEntry]:
    """The lines of these offices on a day, in their order."""
    rows = FaceEntry.objects.filter(valid_on(on), office_id__in=office_codes, withdrawn_at__isnull=True)
    return rows.order_by("kind", "place", "label_vi")


def present_and_coming(office_code: str, *, on: date) -> QuerySet[FaceEntry]:
    """The lines of an office that hold on a day or will."""
    rows = FaceEntry.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), office_id=office_code, withdrawn_at__isnull=True
    )
    return rows.order_by("kind", "place", "valid_from")


def office_of_province(province_code: str, *, on: date) -> Office | None:
    """The provincial office of a province on a day."""
    return Office.objects.filter(valid_on(on), level=Level.PROVINCE, province_code=province_code).first()


def central_office(*, on: date) -> Office | None:
    """The central office on a day."""
    return Office.objects.filter(valid_on(on), level=Level.CENTRAL).order_by("code").first()


def write(entry: Entry, *, valid_from: date, by: str, at: datetime) -> FaceEntry:
    """From a day on the line holds; of a kind an office has once, what held before ends the day before.

    Raises Invalid, NotFound, Conflict.
    """
    _check(entry, on=valid_from)
    with transaction.atomic():
        held = Office.objects.select_for_update().filter(valid_on(valid_from), code=entry.office_code).first()
        if held is None:
            raise NotFound("office-unknown", "Không có cơ quan BHXH này vào ngày đó. Xin chọn lại.")
        if entry.kind in ONCE:
            _make_room(entry, valid_from, at)
        return FaceEntry.objects.create(
            office=held, kind=entry.kind, function=entry.function, provinces=sorted(set(entry.provinces)),
            label_vi=" ".join(entry.label_vi.split())[:120], label_en=" ".join(entry.label_en.split())[:120],
            address=entry.address.strip(), hours=entry.hours.strip()[:80], place=entry.place, valid_from=valid_from,
            written_by=by, written_at=at,
        )  # fmt: skip


def end(entry_id: UUID, *, last_day: date, at: datetime) -> FaceEntry:
    """The line holds no longer after a day; one that began no earlier is taken back. Raises NotFound, Conflict."""
    with transaction.atomic():
        found = FaceEntry.objects.select_for_update().filter(pk=entry_id).first()
        if found is None:
            raise NotFound("face-entry-unknown", "Không có mục này. Xin tải lại trang.")
        if found.withdrawn_at is not None or (found.valid_to is not None and found.valid_to <= last_day):
            raise Conflict("already-over", "Việc này đã kết thúc trước đó. Xin tải lại trang.")
        if found.valid_from > last_day:
            found.withdrawn_at = at
        else:
            found.valid_to = last_day
        found.save(update_fields=["valid_to", "withdrawn_at"])
    return found


def _make_room(entry: Entry, valid_from: date, at: datetime) -> None:
    rows = FaceEntry.objects.select_for_update().filter(
        office_id=entry.office_code, kind=entry.kind, withdrawn_at__isnull=True
    )
    later = rows.filter(valid_from__gt=valid_from).first()
    if later is not None:
        raise Conflict(
            "face-entry-planned",
            "Mục này đã có thay đổi ghi từ ngày {day}. Xin thôi dùng mục đó trước, hoặc chọn ngày sau.",
            day=date_vi(later.valid_from),
        )
    rows.filter(valid_from=valid_from).update(withdrawn_at=at)
    rows.filter(valid_on(valid_from), valid_from__lt=valid_from).update(valid_to=valid_from - timedelta(days=1))


def _check(entry: Entry, *, on: date) -> None:
    if entry.kind not in EntryKind.values:
        raise Invalid("face-entry-kind", "Chưa chọn loại mục. Xin chọn một loại trong danh sách.")
    if not entry.label_vi.strip():
        raise Invalid("face-entry-label", "Chưa ghi tên hiển thị của mục. Xin ghi tên mảng việc hoặc tên liên kết.")
    if entry.kind == EntryKind.CONTACT and entry.function not in functions():
        raise Invalid(
            "contact-needs-function",
            "Đầu mối liên hệ phải gắn với một mảng việc. Xin chọn mảng việc; không ghi tên hay số riêng của cán bộ.",
        )
    typed = entry.address.strip()
    if entry.kind in LINKS:
        fits = re.fullmatch(r"https?://\S+\.\S+", typed) is not None
    elif entry.kind == EntryKind.EMAIL:
        fits = _MAIL.fullmatch(typed) is not None
    elif entry.kind == EntryKind.ZALO:
        fits = _PHONE.fullmatch(typed) is not None or typed.startswith("https://zalo.me/")
    else:
        fits = _PHONE.fullmatch(typed) is not None or _MAIL.fullmatch(typed) is not None
    if not fits or len(typed) > 300:
        raise Invalid(
            "face-entry-address",
            "Địa chỉ chưa đúng dạng: liên kết bắt đầu bằng https://, điện thoại chỉ gồm chữ số, thư có dấu @.",
        )
    if entry.provinces:
        known = Province.objects.filter(valid_on(on), code__in=entry.provinces).count()
        if known != len(set(entry.provinces)):
            raise Invalid("province-unknown", "Có tỉnh không nằm trong danh sách hiện nay. Xin chọn lại.")
