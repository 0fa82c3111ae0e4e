"""What the addresses are about: one thing of each situation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ansinh.casework.hand_over import hand_over
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.withdraw import withdraw
from ansinh.people.actors import Citizen
from ansinh.people.models import Person
from ansinh.platform.identifiers import uuid7
from tests.matrix.matters import matters, once
from tests.post.items import posted_both_ways
from tests.walls.people import a_neighbour
from tests.world import (
    LOCAL_OFFICE,
    OTHER_OFFICE,
    World,
    a_draft,
    a_moment,
    a_paper,
    a_registration,
    a_submitted_dossier,
    a_world,
)
from tests.world_procedures import ALLOWANCE

MONDAY: Final = a_moment(date(2026, 11, 9))
OWN, OTHERS, OTHER_OFFICES, TRANSFERRED, ENDED, MIXED, UNKNOWN = (
    "own", "other's", "of another office", "transferred", "ended", "own with other's parts", "unknown",
)  # fmt: skip

SECOND: Final = ("attached", "own_paper", "document", "dossier_paper")
"""Parts that stand in an address behind a draft or a dossier."""


@dataclass(frozen=True)
class Thing:
    """The parts of addresses about one dossier (or draft) and what would give it away in an answer."""

    situation: str
    owner: UUID
    office: str
    parts: dict[str, Any]
    """Names of parts, `draft`, `attached`, `own_paper`, `dossier`, `document` and those of `matters`, → identifiers."""
    marks: tuple[str, ...]
    """The dossier's number first."""
    posted_at: str = ""
    """The office that posts its letters."""


@dataclass(frozen=True)
class Given:
    """The world of a run."""

    world: World
    neighbour: Citizen
    things: dict[str, Thing]
    registration: UUID
    browser_draft: UUID


def given() -> Given:
    """Make the world: a citizen with a thing in each situation and a neighbour with two."""
    world = a_world()
    citizen, neighbour = world.citizen, a_neighbour()
    own, others = _thing(world, citizen, OWN), _thing(world, neighbour, OTHERS)
    own.parts.update(once(world, citizen, waits=True))
    others.parts.update(once(world, neighbour, waits=False))
    parts = {**own.parts, **{part: others.parts[part] for part in SECOND}}
    mixed = replace(others, situation=MIXED, owner=uuid7(), office="", parts=parts)
    found = (
        own, others, mixed,
        _thing(world, neighbour, OTHER_OFFICES, office=OTHER_OFFICE),
        _transferred(world, _thing(world, citizen, TRANSFERRED)),
        _ended(citizen, _thing(world, citizen, ENDED)),
    )  # fmt: skip
    for one in found:  # what a thing has none of is that of its kind that there is
        one.parts.update({part: row for part, row in (own if one.owner == citizen.person_id else others).parts.items()
                          if part not in one.parts})  # fmt: skip
    never = {**{part: uuid7() for part in own.parts}, "attached": 2**31 - 1, "certificate": 2**31 - 1}
    unknown = replace(own, situation=UNKNOWN, owner=uuid7(), office="", marks=(), parts=never)
    browser = Draft.objects.create(
        version=Draft.objects.filter(pk=own.parts["draft"]).get().version, session_key="another browser",
        created_at=MONDAY, updated_at=MONDAY,
    )  # fmt: skip
    things = {one.situation: one for one in (*found, unknown)}
    return Given(world, neighbour, things, a_registration(world).pk, browser.pk)


def _thing(world: World, citizen: Citizen, situation: str, *, office: str = LOCAL_OFFICE) -> Thing:
    person = Person.objects.get(pk=citizen.person_id)
    owned = replace(world, citizen=citizen)
    facts: dict[str, Any] = {"si_number": person.si_number, "full_name": person.full_name, "phone": person.phone}
    draft = a_draft(owned, ALLOWANCE, office=office, **facts)
    dossier = a_submitted_dossier(owned, ALLOWANCE, office=office, **facts)
    document = issue_document(dossier, b"%PDF-1.7\n%%EOF\n", kind="decision", title="x", at=MONDAY)
    paper = a_paper(citizen, kind="portrait", seed=len(situation))
    officer = world["counter" if office == LOCAL_OFFICE else "other_counter"]
    out, came, scan = posted_both_ways(dossier, world, office)
    around = matters(world, citizen, officer, office=office, tag=situation)
    return Thing(
        situation, citizen.person_id, office,
        {
            **around,
            "outgoing": out.pk, "incoming": came.pk, "scan": scan.pk,
            "draft": draft.pk, "attached": draft.papers.get().pk, "own_paper": paper.pk, "dossier": dossier.pk,
            "document": document.pk, "dossier_paper": dossier.papers.get().pk,
        },
        (dossier.number, person.full_name, person.si_number, person.phone, str(around["mark"])),
        posted_at=office,
    )  # fmt: skip


def _transferred(world: World, thing: Thing) -> Thing:
    hand_over(
        thing.parts["dossier"], actor=world["counter"], to_office=OTHER_OFFICE, reason="Người nộp chuyển nhà", at=MONDAY
    )
    return replace(thing, office=OTHER_OFFICE)


def _ended(citizen: Citizen, thing: Thing) -> Thing:
    withdraw(thing.parts["dossier"], actor=citizen, reason="Nộp nhầm", at=MONDAY)
    Draft.objects.filter(pk=thing.parts["draft"]).update(discarded_at=MONDAY)
    assert Dossier.objects.get(pk=thing.parts["dossier"]).closed_at
    return thing
