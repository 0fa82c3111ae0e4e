"""Which units a campaign asks: organisations with an account here, and units an officer looks after without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ansinh.directives.models import CampaignUnit
from ansinh.offices.models import valid_on
from ansinh.people.models import Organisation, UnitCharge
from ansinh.people.models_officers import held_on
from ansinh.people.models_organisations import OrganisationKind, OrganisationState

FIRST = "collection"
"""Among several officers of a unit the one who collects its contributions stands for it."""


@dataclass(frozen=True)
class Audience:
    """Offices whose units are asked (named one by one), and what narrows it; an empty part narrows nothing."""

    offices: frozenset[str]
    kinds: frozenset[str] = frozenset()
    officers: frozenset[UUID] = frozenset()
    communes: frozenset[str] = frozenset()


def units_of(office_code: str, wanted: Audience, *, on: date) -> Iterator[CampaignUnit]:
    """The units of one office on a day, not saved yet: who looks after each, and in which commune it is."""
    charges = _charges(office_code, on=on)
    rows = Organisation.objects.filter(valid_on(on), managing_office=office_code, state=OrganisationState.ACTIVE)
    for one in rows.order_by("name").iterator(chunk_size=500):
        held = charges.pop(one.unit_code, []) if one.unit_code else []
        commune = str(one.address.get("commune", ""))
        if (wanted.kinds and one.kind not in wanted.kinds) or (wanted.communes and commune not in wanted.communes):
            continue
        officer = _officer(held, wanted)
        if officer is not None or not wanted.officers:
            yield CampaignUnit(
                office_id=office_code, officer_id=officer, commune_code=commune, unit_code=one.unit_code,
                unit_name=one.name, organisation=one,
            )  # fmt: skip
    if wanted.communes or (wanted.kinds and OrganisationKind.EMPLOYER not in wanted.kinds):
        return  # without an account neither is known of a unit: it counts as an employer, nowhere in particular
    for code, held in sorted(charges.items()):
        officer = _officer(held, wanted)
        if officer is not None:
            yield CampaignUnit(
                office_id=office_code, officer_id=officer, unit_code=code, unit_name=held[0].unit_name
            )  # fmt: skip


def count_units(wanted: Audience, *, on: date) -> int:
    """How many units would be asked."""
    return sum(1 for code in wanted.offices for _ in units_of(code, wanted, on=on))


def _charges(office_code: str, *, on: date) -> dict[str, list[UnitCharge]]:
    found: dict[str, list[UnitCharge]] = {}
    for row in UnitCharge.objects.filter(held_on(on), office_code=office_code).order_by("unit_code", "function"):
        found.setdefault(row.unit_code, []).append(row)
    return found


def _officer(held: list[UnitCharge], wanted: Audience) -> UUID | None:
    fitting = [one for one in held if not wanted.officers or one.officer_id in wanted.officers]
    return min(fitting, key=lambda one: (one.function != FIRST, one.function)).officer_id if fitting else None
