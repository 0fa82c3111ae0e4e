"""What other figures would change: open dossiers computed twice, under the printed law and under changed parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ansinh.casework.compute import Computed, compute_of, insured_number, total
from ansinh.casework.models import Decision, DecisionState
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.law.figures import Figures, use
from ansinh.platform.zone import local_day
from ansinh.registry.models import InsuredPerson
from ansinh.registry.queries import insured_people

OPEN_DECISIONS = (DecisionState.PROPOSED, DecisionState.CONTROLLED)
_AT_A_TIME = 200


@dataclass(frozen=True)
class LineChange:
    """One line of a draft whose amount changes; whole đồng, None where it cannot be computed."""

    key: str
    name_vi: str
    old: int | None
    new: int | None


@dataclass(frozen=True)
class Impact:
    """A dossier whose amount changes: its total as a decision names it, and each changed line."""

    number: str
    procedure: str
    has_decision: bool
    old: int | None
    new: int | None
    lines: tuple[LineChange, ...]


def impact(figures: Figures, *, on: date) -> Iterator[Impact | None]:
    """One result for each dossier looked at: its change, or None when its amount stays.

    Looked at are open dossiers with an open decision (as of the day it was proposed) or at appraisal (as of `on`).
    They are read a few at a time, and the participants of these in four statements, so that any number of dossiers
    takes the same memory. Nothing is written.
    """
    dossiers = _looked_at().iterator(chunk_size=_AT_A_TIME)
    while some := list(islice(dossiers, _AT_A_TIME)):
        people = insured_people(map(insured_number, some))
        for dossier in some:
            yield _impact_on(dossier, people.get(insured_number(dossier)), figures, on=on)


def _impact_on(dossier: Dossier, person: InsuredPerson | None, figures: Figures, *, on: date) -> Impact | None:
    proposed_at = dossier.proposed_at  # type: ignore[attr-defined]  # annotated below
    day = on if proposed_at is None else local_day(proposed_at)
    printed = compute_of(dossier, person, on=day)
    with use(figures):
        changed = compute_of(dossier, person, on=day)
    lines = _changes(printed, changed)
    if not lines:
        return None
    return Impact(
        number=dossier.number,
        procedure=dossier.procedure,
        has_decision=proposed_at is not None,
        old=total(printed),
        new=total(changed),
        lines=lines,
    )


def _looked_at() -> QuerySet[Dossier]:
    """Open dossiers of procedures with calculations that have an open decision or stand at appraisal."""
    decisions = Decision.objects.filter(dossier=OuterRef("pk"), kind="grant", state__in=OPEN_DECISIONS)
    decided, appraised = Q(proposed_at__isnull=False), Q(pk__in=[])
    open_ones = Dossier.objects.filter(closed_at__isnull=True)
    versions = [one for one in _versions(open_ones) if frozen(one).procedure.calculations]
    for version in versions:
        stages = [stage.key for stage in frozen(version).stages if stage.kind == "appraise"]
        appraised |= Q(version_id=version, stage__in=stages)
    return (
        open_ones.filter(version_id__in=versions)
        .annotate(proposed_at=Subquery(decisions.values("proposed_at")[:1]))
        .filter(decided | appraised)
        .order_by("office_code", "pk")
    )


def _versions(dossiers: QuerySet[Dossier]) -> list[UUID]:
    return list(dossiers.order_by().values_list("version_id", flat=True).distinct())


def _changes(printed: list[Computed], changed: list[Computed]) -> tuple[LineChange, ...]:
    """Lines whose amount differs; a condition that falls away may leave a line on one side only."""
    old, new = ({line.key: line for line in lines} for lines in (printed, changed))
    names = {key: line.name_vi for key, line in (old | new).items()}
    amounts = ((key, _amount(old, key), _amount(new, key)) for key in names)
    return tuple(LineChange(key, names[key], before, after) for key, before, after in amounts if before != after)


def _amount(lines: dict[str, Computed], key: str) -> int | None:
    return lines[key].amount if key in lines else None
