"""Contracts of the agency with collection agents and I-VAN providers: entered and ended by the office, dated.

A contract of care with a health facility is signed through its own dossier and not entered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import ContractKind, Organisation, OrganisationKind, ServiceContract
from ansinh.people.organisations.access import in_hand
from ansinh.people.organisations.history import record
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day

BY_HAND: Final[dict[str, ContractKind]] = {
    OrganisationKind.AGENT: ContractKind.COLLECTION,
    OrganisationKind.IVAN: ContractKind.TRANSMISSION,
}
"""Kind of organisation → the kind of contract its office enters."""


@dataclass(frozen=True)
class NewContract:
    """As the signed paper says; `valid_to` None: until it is ended."""

    number: str
    valid_from: date
    valid_to: date | None = None


def enter_contract(organisation_id: UUID, new: NewContract, *, actor: OfficerActor, at: datetime) -> ServiceContract:
    """Keep a signed contract of the office that manages the organisation.

    Raises NotFound, NotAllowed, Invalid; Conflict for another kind of organisation, or while one runs in those days.
    """
    number = " ".join(new.number.split())[:60]
    if not number:
        raise Invalid("contract-number", "Chưa ghi số hợp đồng. Xin ghi số trên văn bản đã ký.")
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise Invalid("ends-before-it-begins", "Ngày cuối trước ngày bắt đầu. Xin xem lại hai ngày.")
    with transaction.atomic(), acting_as(actor.label):
        found = in_hand(organisation_id, actor=actor, on=local_day(at))
        kind = _kind_of(found)
        running = ServiceContract.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from),
            organisation=found, kind=kind, office_code=found.managing_office,
        ).filter(valid_from__lte=new.valid_to or date.max)  # fmt: skip
        if running.exists():
            raise Conflict("contract-in-force", "Đã có hợp đồng trong thời gian đó. Xin kết thúc hợp đồng cũ trước.")
        made = ServiceContract.objects.create(
            organisation=found, kind=kind, number=number, office_code=found.managing_office,
            valid_from=new.valid_from, valid_to=new.valid_to,
        )  # fmt: skip
        record(
            found, "contract_entered", actor=actor, at=at, contract=kind, number=number,
            valid_from=new.valid_from.isoformat(), valid_to=new.valid_to.isoformat() if new.valid_to else None,
        )  # fmt: skip
    return made


def end_contract(contract_id: UUID, *, actor: OfficerActor, last_day: date, reason: str, at: datetime) -> None:
    """End it after a day from today on; mandates that rest on it give nothing afterwards.

    Raises NotFound, NotAllowed, Invalid, Conflict (ended before).
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        row = ServiceContract.objects.select_for_update(of=("self",)).filter(pk=contract_id).first()
        if row is None or row.kind not in BY_HAND.values():
            raise NotFound("contract-unknown", "Không có hợp đồng này. Xin tải lại trang.")
        found = in_hand(row.organisation_id, actor=actor, on=today)
        if row.valid_to is not None and row.valid_to < today:
            raise Conflict("contract-over", "Hợp đồng này đã kết thúc. Xin tải lại trang.")
        if last_day < max(today, row.valid_from) or (row.valid_to is not None and last_day > row.valid_to):
            raise Invalid("contract-last-day", "Ngày cuối phải từ hôm nay và trong thời gian của hợp đồng.")
        why = reason.strip()[:500]
        if not why:
            raise Invalid("closing-needs-reason", "Chưa ghi căn cứ ngừng giao dịch. Xin ghi số văn bản và lý do.")
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])
        record(
            found, "contract_ended", actor=actor, at=at, contract=row.kind, number=row.number,
            last_day=last_day.isoformat(), reason=why,
        )  # fmt: skip


def _kind_of(found: Organisation) -> ContractKind:
    kind = BY_HAND.get(found.kind)
    if kind is None:
        raise Conflict(
            "contract-by-dossier", "Chỉ ghi ở đây hợp đồng của tổ chức dịch vụ thu và thỏa thuận của tổ chức I-VAN."
        )
    return kind
