"""Who has a treatment contract on a day, and what a facility's declaration is filled with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ansinh.law.names import search_key
from ansinh.offices.models import valid_on
from ansinh.people.models_organisations import Organisation
from ansinh.registry.models_contracts import ContractState, TreatmentContract

PAGE = 50


@dataclass(frozen=True)
class Contracted:
    """What anybody may know of a facility with a contract: as the contract and its annexes say on a day."""

    name: str
    facility_code: str
    address: dict[str, Any]
    technical_level: str
    scope: tuple[str, ...]
    office_code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class ContractLine:
    """One contract with its annexes, for the facility and the office: `state` is in_force, coming, over or ended."""

    contract: TreatmentContract
    state: str
    technical_level: str
    scope: tuple[str, ...]


def contracted(*, on: date, text: str = "", level: str = "", start: int = 0) -> tuple[list[Contracted], int]:
    """Facilities with a contract on a day, by a part of the name or the code, one page of them; and how many."""
    found = TreatmentContract.objects.filter(valid_on(on)).select_related("facility").prefetch_related("annexes")
    typed = " ".join(text.split())
    if typed:
        found = found.filter(
            Q(facility__search_key__contains=search_key(typed)) | Q(facility_code__iexact=typed)
        )  # fmt: skip
    rows = [_public(one, on=on) for one in found.order_by("facility__search_key", "pk")]
    if level:
        rows = [one for one in rows if one.technical_level == level]
    return rows[start : start + PAGE], len(rows)


def contract_of(facility_id: UUID, *, on: date) -> TreatmentContract | None:
    """The contract of a facility on a day."""
    return TreatmentContract.objects.filter(valid_on(on), facility_id=facility_id).first()


def contracts_of(facility_id: UUID, *, on: date) -> list[ContractLine]:
    """Every contract of a facility, newest first, each as it stands on a day."""
    return [_line(one, on=on) for one in _with_annexes().filter(facility_id=facility_id)]


def contracts_at(office_codes: Collection[str], *, on: date, text: str = "") -> list[ContractLine]:
    """Contracts that these offices signed, newest first, by a part of the facility's name, its code or the number."""
    found = _with_annexes().filter(office_code__in=office_codes)
    typed = " ".join(text.split())
    if typed:
        named = Q(facility__search_key__contains=search_key(typed))
        found = found.filter(named | Q(facility_code__iexact=typed) | Q(number__icontains=typed))
    return [_line(one, on=on) for one in found[:200]]


def facility_record(facility: Organisation) -> dict[str, Any]:
    """What a declaration of a facility is filled with: its registration, and what it declared for its last contract."""
    newest = TreatmentContract.objects.filter(facility=facility).order_by("-valid_from").first()
    declared = newest.declared if newest else {}
    return {
        **declared,
        "facility_code": facility.facility_code,
        "facility_name": facility.name,
        "facility_address": facility.address,
        "managing_office": facility.managing_office,
        "receiving_office": newest.office_code if newest else facility.managing_office,
        "representative_name": facility.representative,
        "contact_name": facility.contact_name,
        "contact_phone": facility.contact_phone or facility.phone,
        "email": facility.email,
        "technical_level": newest.technical_level if newest else "",
        "service_scope": list(newest.scope) if newest else [],
    }


def contract_record(facility: Organisation, *, on: date) -> dict[str, Any]:
    """The contract in force on a day, or the last one that was; empty when there was none."""
    lines = contracts_of(facility.pk, on=on)
    line = next((one for one in lines if one.state == "in_force"), None) or next(
        (one for one in lines if one.state != "coming"), None
    )
    if line is None:
        return {}
    held = line.contract
    return {
        "contract_no": held.number,
        "valid_from": held.valid_from.isoformat(),
        "valid_to": held.valid_to.isoformat() if held.valid_to else None,
        "first_contract": "yes" if held.is_first else "no",
        "signing_office": held.office_code,
        "technical_level": line.technical_level,
        "service_scope": list(line.scope),
    }


def _with_annexes() -> QuerySet[TreatmentContract]:
    return TreatmentContract.objects.select_related("facility").prefetch_related("annexes")


def _line(held: TreatmentContract, *, on: date) -> ContractLine:
    level, scope = _as_of(held, on=on)
    return ContractLine(held, _state(held, on=on), level, scope)


def _state(held: TreatmentContract, *, on: date) -> str:
    if on < held.valid_from:
        return "coming"
    if held.valid_to is None or on <= held.valid_to:
        return "in_force"
    return "ended" if held.state == ContractState.ENDED else "over"


def _as_of(held: TreatmentContract, *, on: date) -> tuple[str, tuple[str, ...]]:
    """Level and scope with what the annexes up to a day changed."""
    level, scope = held.technical_level, tuple(held.scope)
    for annex in held.annexes.all():
        if annex.valid_from <= on:
            level, scope = annex.technical_level or level, tuple(annex.scope) or scope
    return level, scope


def _public(held: TreatmentContract, *, on: date) -> Contracted:
    level, scope = _as_of(held, on=on)
    return Contracted(
        name=held.facility.name,
        facility_code=held.facility_code,
        address=held.facility.address,
        technical_level=level,
        scope=scope,
        office_code=held.office_code,
        valid_from=held.valid_from,
        valid_to=held.valid_to,
    )
