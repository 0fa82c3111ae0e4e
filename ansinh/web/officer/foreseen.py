"""What the grant of a dossier would do to the records, as the officer's pages say it before anything is signed."""

from __future__ import annotations

from collections.abc import Sequence

from ansinh.casework.compute import Computed
from ansinh.casework.effects.take_effect import foresee
from ansinh.casework.models import Decision
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.platform.language import pick
from ansinh.web.clock import now
from ansinh.web.errors import sentence


def foreseen(found: Dossier, decision: Decision | None, *, officer: OfficerActor) -> list[dict[str, str]]:
    """Each effect in words with its problem, if any; nothing before there is a decision, and for a first refusal."""
    if decision is None or (decision.kind != "grant" and found.reopened_at is None):
        return []
    return [
        {"text": pick(one, "says"), "problem": sentence(one.problem) if one.problem else ""}
        for one in foresee(found, decision, actor=officer, at=now())
    ]


def if_granted(
    found: Dossier, computed: Sequence[Computed], amount: int | None, *, officer: OfficerActor
) -> list[dict[str, str]]:
    """The same before anybody proposed: with the amount as computed."""
    draft = Decision(
        dossier=found,
        kind="grant",
        amount=amount,
        computed_amount=amount,
        outcomes=[one.to_json() for one in computed],
    )
    return foreseen(found, draft, officer=officer)
