"""A contract comes into force, or an annex changes one: in the transaction in which the agency signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ansinh.offices.models import valid_on
from ansinh.people.actors import Actor
from ansinh.people.models_organisations import Organisation, OrganisationKind
from ansinh.people.organisations.history import record
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.models_contracts import CareScope, ContractAnnex, TechnicalLevel, TreatmentContract


@dataclass(frozen=True)
class NewContract:
    """What both sides signed; days included. `declared`: what the facility said of itself, without any person."""

    number: str
    office_code: str
    valid_from: date
    valid_to: date
    technical_level: str
    scope: tuple[str, ...]
    declared: dict[str, Any] = field(default_factory=dict)
    dossier_id: UUID | None = None


@dataclass(frozen=True)
class NewAnnex:
    """What an annex says; an empty level or scope leaves that of the contract."""

    number: str
    valid_from: date
    summary: str
    technical_level: str = ""
    scope: tuple[str, ...] = ()
    dossier_id: UUID | None = None


def put_in_force(facility_id: UUID, new: NewContract, *, actor: Actor, at: datetime) -> TreatmentContract:
    """Keep the contract. Raises Invalid (`not-a-facility`, `contract-days`), Conflict (`contract-overlaps`)."""
    facility = _facility(facility_id)
    if new.valid_to < new.valid_from:
        raise Invalid("contract-days", "Ngày cuối của hợp đồng phải từ ngày đầu trở đi. Xin sửa ngày rồi làm lại.")
    _refuse_unknown(new.technical_level, new.scope)
    refuse_overlap(facility_id, first=new.valid_from, last=new.valid_to)
    made = TreatmentContract.objects.create(
        facility=facility,
        facility_code=facility.facility_code,
        number=new.number,
        office_code=new.office_code,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        agreed_to=new.valid_to,
        technical_level=new.technical_level,
        scope=list(new.scope),
        is_first=not _follows(facility_id, new.valid_from),
        declared=new.declared,
        dossier_id=new.dossier_id,
        signed_at=at,
    )
    record(
        facility, "treatment_contract_signed", actor=actor, at=at,
        number=made.number, valid_from=new.valid_from.isoformat(), valid_to=new.valid_to.isoformat(),
    )  # fmt: skip
    return made


def put_annex(facility_id: UUID, new: NewAnnex, *, actor: Actor, at: datetime) -> ContractAnnex:
    """Keep an annex to the contract that holds on its first day. Raises Invalid, Conflict (`no-contract`)."""
    facility = _facility(facility_id)
    _refuse_unknown(new.technical_level, new.scope, needed=False)
    if not new.summary.strip():
        raise Invalid("annex-says-nothing", "Phụ lục chưa ghi thay đổi gì. Xin ghi nội dung thay đổi.")
    contract = held_on(facility_id, new.valid_from)
    made = ContractAnnex.objects.create(
        contract=contract,
        number=new.number,
        valid_from=new.valid_from,
        summary=new.summary.strip(),
        technical_level=new.technical_level,
        scope=list(new.scope),
        dossier_id=new.dossier_id,
        signed_at=at,
    )
    record(
        facility, "contract_annex_signed", actor=actor, at=at,
        number=made.number, contract=contract.number, valid_from=new.valid_from.isoformat(),
    )  # fmt: skip
    return made


def held_on(facility_id: UUID, day: date) -> TreatmentContract:
    """The contract of a facility on a day, under lock. Raises Conflict (`no-contract`)."""
    held = TreatmentContract.objects.select_for_update(of=("self",)).select_related("facility")
    found = held.filter(valid_on(day), facility_id=facility_id).first()
    if found is None:
        raise Conflict(
            "no-contract",
            "Ngày {day} cơ sở không có hợp đồng khám chữa bệnh BHYT nào đang có hiệu lực. Xin kiểm tra lại ngày.",
            day=date_vi(day),
        )
    return found


def refuse_overlap(facility_id: UUID, *, first: date, last: date) -> None:
    """Raise Conflict when a contract of the facility holds on one of these days."""
    others = TreatmentContract.objects.filter(facility_id=facility_id, valid_from__lte=last)
    other = others.exclude(valid_to__lt=first).order_by("-valid_from").first()
    if other is not None:
        until = date_vi(other.valid_to) if other.valid_to else "khi chấm dứt"
        raise Conflict(
            "contract-overlaps",
            "Cơ sở đang có hợp đồng số {number}, hiệu lực từ {first} đến {last}. Xin chọn ngày bắt đầu sau ngày đó, "
            "hoặc chấm dứt hợp đồng cũ trước.",
            number=other.number,
            first=date_vi(other.valid_from),
            last=until,
        )


def _facility(facility_id: UUID) -> Organisation:
    found = Organisation.objects.select_for_update(of=("self",)).filter(pk=facility_id).first()
    if found is None or found.kind != OrganisationKind.FACILITY or not found.facility_code:
        raise Invalid(
            "not-a-facility",
            "Người nộp không phải cơ sở khám chữa bệnh có mã cơ sở nên không ký hợp đồng này được. "
            "Xin kiểm tra đăng ký của tổ chức.",
        )
    return found


def _follows(facility_id: UUID, first: date) -> bool:
    """Whether another contract ended on the very day before: then it is consecutive, else a first one."""
    before = TreatmentContract.objects.filter(facility_id=facility_id, valid_to__isnull=False, valid_from__lt=first)
    last = before.order_by("-valid_to").values_list("valid_to", flat=True).first()
    return last is not None and (first - last).days == 1


def _refuse_unknown(level: str, scope: tuple[str, ...], *, needed: bool = True) -> None:
    known_level = level in TechnicalLevel.values or not (level or needed)
    known_scope = set(scope) <= set(CareScope.values) and bool(scope or not needed)
    if not (known_level and known_scope):
        raise Invalid(
            "contract-scope",
            "Hợp đồng chưa ghi đúng cấp chuyên môn kỹ thuật và phạm vi khám chữa bệnh. Xin sửa tờ khai rồi làm lại.",
        )
