"""Which units a campaign asks: organisations with an account, units looked after without one, communes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ansinh.directives.models import CampaignUnit
from ansinh.offices.models import valid_on
from ansinh.offices.queries import communes_served
from ansinh.people.models import Organisation, UnitCharge
from ansinh.people.models_officers import held_on
from ansinh.people.models_organisations import OrganisationKind, OrganisationState

FIRST = "collection"
"""Among several officers of a unit the one who collects its contributions stands for it."""
LOCAL_BODY = "local_body"
"""Beside the kinds of organisations: the people's committees of communes, who bring it to every residential area. They
are asked only where they are chosen: what concerns units does not concern them.
"""


@dataclass(frozen=True)
class Audience:
    """Offices whose units are asked (named one by one), and what narrows it; an empty part narrows nothing.

    `kinds` are values of OrganisationKind, or LOCAL_BODY.
    """

    offices: frozenset[str]
    kinds: frozenset[str] = frozenset()
    officers: frozenset[UUID] = frozenset()
    communes: frozenset[str] = frozenset()


def units_of(office_code: str, wanted: Audience, *, on: date) -> Iterator[CampaignUnit]:
    """The units of one office on a day, not saved yet: who looks after each, and in which commune it is."""
    charges = _charges(office_code, on=on)
    yield from _with_account(office_code, wanted, charges, on=on)
    # Without an account neither kind nor place is known of a unit: it counts as an employer, nowhere in particular.
    if not wanted.communes and (not wanted.kinds or OrganisationKind.EMPLOYER in wanted.kinds):
        yield from _without_account(office_code, wanted, charges)
    if LOCAL_BODY in wanted.kinds and not wanted.officers:
        yield from _local_bodies(office_code, wanted, on=on)


def _with_account(
    office_code: str, wanted: Audience, charges: dict[str, list[UnitCharge]], *, on: date
) -> Iterator[CampaignUnit]:
    """Takes the charges of the units it passes out, wanted or not."""
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


def _without_account(
    office_code: str, wanted: Audience, charges: dict[str, list[UnitCharge]]
) -> Iterator[CampaignUnit]:
    for code, held in sorted(charges.items()):
        officer = _officer(held, wanted)
        if officer is not None:
            yield CampaignUnit(
                office_id=office_code, officer_id=officer, unit_code=code, unit_name=held[0].unit_name
            )  # fmt: skip


def _local_bodies(office_code: str, wanted: Audience, *, on: date) -> Iterator[CampaignUnit]:
    """The people's committee of each commune that the office serves; no officer looks after one."""
    for commune in communes_served(office_code, on=on):
        if not wanted.communes or commune.code in wanted.communes:
            name = commune.name_vi
            yield CampaignUnit(
                office_id=office_code, commune_code=commune.code, unit_code=commune.code,
                unit_name=f"UBND {name[:1].lower()}{name[1:]}",
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
