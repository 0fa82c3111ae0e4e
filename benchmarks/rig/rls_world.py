"""Two people with rows in every walled table, committed; who made which row is noted while they are made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.test import override_settings

from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Citizen
from ansinh.people.views_of import view_of_citizen, view_of_officer
from ansinh.platform.row_security.viewer import NOBODY, Kind, Viewer
from ansinh.walls.register import walls
from tests.walls.people import a_neighbour, filled
from tests.world import World, a_world

Rows = dict[str, frozenset[Any]]
"""Label of a model → primary keys."""
OF_NOBODY = {"people.SignInAttempt", "notifications.SendCounter"}
"""Of the house alone: not even the person they are about needs them."""
OF_THE_OFFICE = {
    "casework.Blank", "payments.CashCount", "payments.Payroll", "dossiers.FiledName",
    "dossiers.AssistedDraft", "casework.BatchPress", "casework.InternalNote", "casework.DossierLink",
    "casework.DuplicateVerdict", "casework.Opinion", "casework.DestructionList", "casework.ToDestroy",
    "payments.LedgerTransaction", "payments.LedgerEntry", "payments.Batch", "payments.BankNotice",
}  # fmt: skip
"""About a person's matter, for the office alone."""
OF_ANY_OFFICE = {"people.Enrolment"}
"""Who is to become an officer: read by managers of every office, by nobody outside."""
OF_AN_ORGANISATION = {"dossiers.ClaimFile"}
"""Read by who acts for it at the moment; none of the people here does."""


@dataclass(frozen=True)
class Someone:
    """A viewer, and the rows it must see (None: at most these, whatever they are)."""

    name: str
    viewer: Viewer
    must_see: Rows
    must_not_see: Rows


@dataclass(frozen=True)
class Peopled:
    """The world, whose rows are whose, and everybody who looks."""

    rows: dict[str, Rows]
    viewers: tuple[Someone, ...]


def peopled(folder: Path) -> Peopled:
    """Make the world and the viewers."""
    with override_settings(FILES_DIR=folder / "files", SIGNING_DIR=folder / "signing"):
        world = a_world()
        neighbour = a_neighbour()
        rows = {name: _made_by(world, citizen) for name, citizen in (("a", world.citizen), ("b", neighbour))}
    everything = {label: rows["a"][label] | rows["b"][label] for label in walls()}
    of_others = OF_NOBODY | OF_THE_OFFICE | OF_ANY_OFFICE | OF_AN_ORGANISATION
    nothing: Rows = {label: frozenset() for label in walls()}
    own = {name: {**found, **dict.fromkeys(of_others, frozenset())} for name, found in rows.items()}
    elsewhere = {**everything, **dict.fromkeys(OF_ANY_OFFICE, frozenset())}
    at_office = {**nothing, "dossiers.Dossier": everything["dossiers.Dossier"]}
    kept_from_officers = {label: everything[label] for label in (*OF_NOBODY, "people.AccessToken", "people.Passkey")}
    # A draft is the person's own, but for one that an officer of the office types at the counter.
    kept_from_officers["dossiers.Draft"] = everything["dossiers.Draft"] - everything["dossiers.AssistedDraft"]
    return Peopled(
        rows,
        (
            Someone("nobody", NOBODY, nothing, everything),
            Someone("a passer-by", Viewer(Kind.PUBLIC, browser="x" * 48), nothing, everything),
            Someone("citizen", view_of_citizen(world.citizen), own["a"], rows["b"]),
            Someone("other citizen", view_of_citizen(neighbour), own["b"], rows["a"]),
            Someone("officer", view_of_officer(world["specialist"]), at_office, kept_from_officers),
            Someone("officer of another office", view_of_officer(world["other_specialist"]), nothing, elsewhere),
            Someone(
                "officer whose post ended",
                Viewer(Kind.OFFICER, account_id=world["head"].account_id),
                nothing,
                everything,
            ),
            Someone("the house", Viewer(Kind.HOUSE), everything, nothing),
        ),
    )


def _made_by(world: World, citizen: Citizen) -> Rows:
    before = {label: _keys(label) for label in walls()}
    filled(world, citizen)
    made = {label: _keys(label) - before[label] for label in walls()}
    number = Dossier.objects.filter(owner_id=citizen.person_id).values_list("si_number", flat=True)[0]
    return {
        **made,
        "people.Person": frozenset({citizen.person_id}),
        "people.Account": frozenset({citizen.account_id}),
        "registry.InsuredPerson": frozenset({number}),
    }


def _keys(label: str) -> frozenset[Any]:
    return frozenset(apps.get_model(label)._default_manager.values_list("pk", flat=True))
