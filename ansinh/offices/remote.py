"""Which areas are far and hard to reach on a day: dated rows by office or commune, which officers keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from ansinh.offices.models import Commune, Office, RemoteArea, valid_on
from ansinh.platform.errors import Conflict, Invalid, NotFound


def is_remote(*, office_code: str, communes: Iterable[str], on: date) -> bool:
    """Whether the office is in such an area on a day, or one of these communes is."""
    held = RemoteArea.objects.filter(valid_on(on), taken_back_at__isnull=True)
    whole_office = Q(office_id=office_code, commune_code="")
    return held.filter(whole_office | Q(commune_code__in=[code for code in communes if code])).exists()


def areas_of(office_codes: Iterable[str]) -> QuerySet[RemoteArea]:
    """What was entered for these offices, also what ended or was taken back."""
    return RemoteArea.objects.filter(office_id__in=sorted(set(office_codes))).select_related("office")


def enter(office_code: str, *, commune_code: str, document: str, valid_from: date, by: str, at: datetime) -> RemoteArea:
    """Write an area down. Raises NotFound, Invalid, Conflict."""
    held = Office.objects.filter(pk=office_code).first()
    if held is None:
        raise NotFound("office-unknown", "Không có cơ quan này. Xin chọn trong danh sách.")
    known = Commune.objects.filter(valid_on(valid_from), code=commune_code, province_code=held.province_code)
    if commune_code and not known.exists():
        raise Invalid("remote-commune", "Xã, phường này không thuộc tỉnh của cơ quan. Xin chọn trong danh sách.")
    if not document.strip():
        raise Invalid("remote-document", "Chưa có văn bản quy định địa bàn. Xin ghi số, ngày văn bản.")
    try:
        with transaction.atomic():
            return RemoteArea.objects.create(
                office=held, commune_code=commune_code, document=document.strip()[:200], valid_from=valid_from,
                entered_by=by, entered_at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Conflict(
            "remote-twice", "Địa bàn này đã được ghi trong thời gian đó. Xin kết thúc dòng cũ trước."
        ) from twice


def end(area_id: UUID, *, last_day: date | None, by: str, at: datetime) -> RemoteArea:
    """It holds until a day; without one it was wrong and never held. Raises NotFound, Invalid, Conflict."""
    found = RemoteArea.objects.select_for_update(of=("self",)).filter(pk=area_id).first()
    if found is None:
        raise NotFound("remote-unknown", "Không có địa bàn này. Xin tải lại trang.")
    if found.valid_to is not None or found.taken_back_at is not None:
        raise Conflict("remote-ended", "Dòng này đã kết thúc hoặc đã bỏ. Xin ghi dòng mới.")
    if last_day is not None and last_day < found.valid_from:
        raise Invalid("remote-day", "Ngày cuối phải từ ngày đầu trở đi. Nếu ghi nhầm từ đầu, xin chọn bỏ dòng.")
    found.valid_to, found.changed_by = last_day, by
    found.taken_back_at = at if last_day is None else None
    found.save(update_fields=["valid_to", "changed_by", "taken_back_at"])
    return found
