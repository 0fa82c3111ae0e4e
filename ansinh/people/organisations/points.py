"""Collection points of an agent (điểm thu): opened and closed by its office, dated; no code is used twice at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.offices.queries import commune_name
from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import CollectionPoint, OrganisationKind
from ansinh.people.organisations.access import in_hand
from ansinh.people.organisations.history import record
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class NewPoint:
    """A point as its agent declared it."""

    code: str
    name: str
    commune_code: str
    address: str
    valid_from: date
    phone: str = ""


def open_point(organisation_id: UUID, new: NewPoint, *, actor: OfficerActor, at: datetime) -> CollectionPoint:
    """From a day on the agent takes contributions there. Raises NotFound, NotAllowed, Invalid, Conflict."""
    point = _checked(new)
    with transaction.atomic(), acting_as(actor.label):
        found = in_hand(organisation_id, actor=actor, on=local_day(at))
        if found.kind != OrganisationKind.AGENT:
            raise Conflict("not-an-agent", "Chỉ tổ chức dịch vụ thu có điểm thu.")
        same = CollectionPoint.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=point.valid_from))
        if same.filter(code=point.code).exists():
            raise Conflict("point-code-taken", "Mã điểm thu này đang dùng cho một điểm khác. Xin xem lại mã.")
        made = CollectionPoint.objects.create(organisation=found, **vars(point))
        record(found, "point_opened", actor=actor, at=at, code=point.code, name=point.name,
               valid_from=point.valid_from.isoformat())  # fmt: skip
    return made


def close_point(point_id: UUID, *, actor: OfficerActor, last_day: date, at: datetime) -> None:
    """Nothing is taken there after a day from today on. Raises NotFound, NotAllowed, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        row = CollectionPoint.objects.select_for_update(of=("self",)).filter(pk=point_id).first()
        if row is None:
            raise NotFound("point-unknown", "Không có điểm thu này. Xin tải lại trang.")
        found = in_hand(row.organisation_id, actor=actor, on=today)
        if row.valid_to is not None and row.valid_to < today:
            raise Conflict("point-over", "Điểm thu này đã ngừng. Xin tải lại trang.")
        if last_day < max(today, row.valid_from):
            raise Invalid("point-last-day", "Ngày cuối phải từ hôm nay trở đi.")
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])
        record(found, "point_closed", actor=actor, at=at, code=row.code, name=row.name, last_day=last_day.isoformat())


def _checked(new: NewPoint) -> NewPoint:
    code, name, address = new.code.strip().upper(), " ".join(new.name.split()), " ".join(new.address.split())
    if not code or not name or not address:
        raise Invalid("point-incomplete", "Xin ghi mã, tên và địa chỉ của điểm thu.")
    if commune_name(new.commune_code, on=new.valid_from) is None:
        raise Invalid("point-commune", "Mã xã này không có vào ngày đó. Xin chọn trong danh sách.")
    return NewPoint(code[:20], name[:120], new.commune_code, address[:200], new.valid_from, _phone(new.phone))


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return parse_phone(typed)
    except LawError as wrong:
        raise Invalid("point-phone", "Số điện thoại chưa đúng. Xin ghi đủ 10 chữ số, bắt đầu bằng 0.") from wrong
