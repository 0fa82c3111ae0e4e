"""What officers of an office have in hand, what they may be given, and who is away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F

from ansinh.casework.assignment.weights import weights
from ansinh.casework.models import CaseAssignment, Skill
from ansinh.catalogue.queries import newest
from ansinh.people.models import Absence, Assignment
from ansinh.people.models_officers import held_on
from ansinh.people.officers.posts import held_assignments, running_deputies


@dataclass(frozen=True)
class Colleague:
    """An officer of a role at an office on a day."""

    officer_id: UUID
    name: str
    functions: frozenset[str]
    cases: int
    load: int
    """Open dossiers of the present steps in hand, weighted, in tenths of an ordinary one."""
    away_until: date | None
    deputy_id: UUID | None
    procedures: frozenset[str]
    """Slugs of what may be given; empty: everything."""

    def may_do(self, procedure: str) -> bool:
        """Whether dossiers of this procedure may be given."""
        return not self.procedures or procedure in self.procedures


def colleagues(office_code: str, role: str, *, on: date) -> tuple[Colleague, ...]:
    """Everybody who holds the role at the office on a day, by name."""
    return colleagues_by_role(office_code, [role], on=on).get(role, ())


def colleagues_by_role(office_code: str, roles: Collection[str], *, on: date) -> dict[str, tuple[Colleague, ...]]:
    """Role → who holds it at the office on a day, by name; five queries whatever their number."""
    posts: dict[tuple[str, UUID], list[Assignment]] = {}
    held = held_assignments(on=on).filter(office_code=office_code, role__in=roles).select_related("officer")
    for post in held.order_by("officer__full_name", "officer_id", "pk"):
        posts.setdefault((post.role, post.officer_id), []).append(post)
    officers = {officer_id for _, officer_id in posts}
    away = dict(Absence.objects.filter(held_on(on), officer__in=officers).values_list("officer_id", "valid_to"))
    deputies = _deputies(office_code, away, on=on) if away else {}
    skills = _skills(office_code, officers, on=on)
    cases, loads = _in_hand(office_code, officers, on=on)
    found: dict[str, list[Colleague]] = {}
    for (role, one), rows in posts.items():
        known = Colleague(
            officer_id=one, name=rows[0].officer.full_name, functions=frozenset(row.function for row in rows),
            cases=cases.get(one, 0), load=loads.get(one, 0), away_until=away.get(one), deputy_id=deputies.get(one),
            procedures=frozenset(skills.get(one, ())),
        )  # fmt: skip
        found.setdefault(role, []).append(known)
    return {role: tuple(people) for role, people in found.items()}


def _deputies(office_code: str, absent: Collection[UUID], *, on: date) -> dict[UUID, UUID]:
    rows = running_deputies(on=on).filter(office_code=office_code, absence__officer__in=absent)
    return dict(rows.values_list("absence__officer_id", "officer_id"))


def _skills(office_code: str, officers: Collection[UUID], *, on: date) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = Skill.objects.filter(held_on(on), office_code=office_code, officer__in=officers)
    for officer_id, procedure in rows.values_list("officer_id", "procedure"):
        found.setdefault(officer_id, set()).add(procedure)
    return found


def _in_hand(office_code: str, officers: Collection[UUID], *, on: date) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Officer → dossiers, and → their weight: those whose present step is the officer's."""
    present = CaseAssignment.objects.filter(
        office_code=office_code, officer__in=officers, ended_at=None, dossier__closed_at=None,
        dossier__office_code=office_code, dossier__stage_role=F("role"),
    )  # fmt: skip
    found = list(present.values("officer_id", "dossier__procedure").annotate(n=Count("pk")))
    groups = {
        slug: folder.procedure.group for slug, folder in newest({row["dossier__procedure"] for row in found}).items()
    }
    weight, cases, loads = weights(on=on), dict[UUID, int](), dict[UUID, int]()
    for row in found:
        one, procedure = row["officer_id"], row["dossier__procedure"]
        cases[one] = cases.get(one, 0) + row["n"]
        loads[one] = loads.get(one, 0) + row["n"] * weight.of(procedure, groups.get(procedure, ""))
    return cases, loads
