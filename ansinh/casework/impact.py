"""What other figures would change: open dossiers computed twice, under the printed law and under changed parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from ansinh.casework.access import stage_of
from ansinh.casework.compute import Computed, compute, total
from ansinh.casework.models import Decision, DecisionState
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.law.figures import Figures, use
from ansinh.platform.zone import local_day

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
    They are read a few at a time, so that any number of them takes the same memory. Nothing is written.
    """
    for dossier in _looked_at().iterator(chunk_size=_AT_A_TIME):
        proposed_at = dossier.proposed_at  # type: ignore[attr-defined]  # annotated below
        if not frozen(dossier.version_id).procedure.calculations:
            continue
        if proposed_at is None and stage_of(dossier).kind != "appraise":
            continue
        day = on if proposed_at is None else local_day(proposed_at)
        printed = compute(dossier, on=day)
        with use(figures):
            changed = compute(dossier, on=day)
        lines = _changes(printed, changed)
        yield (
            Impact(
                number=dossier.number,
                procedure=dossier.procedure,
                has_decision=proposed_at is not None,
                old=total(printed),
                new=total(changed),
                lines=lines,
            )
            if lines
            else None
        )


def _looked_at() -> QuerySet[Dossier]:
    decisions = Decision.objects.filter(dossier=OuterRef("pk"), kind="grant", state__in=OPEN_DECISIONS)
    return (
        Dossier.objects.filter(closed_at__isnull=True)
        .annotate(proposed_at=Subquery(decisions.values("proposed_at")[:1]))
        .order_by("office_code", "pk")
    )


def _changes(printed: list[Computed], changed: list[Computed]) -> tuple[LineChange, ...]:
    """Lines whose amount differs; a condition that falls away may leave a line on one side only."""
    old, new = ({line.key: line for line in lines} for lines in (printed, changed))
    names = {key: line.name_vi for key, line in (old | new).items()}
    amounts = ((key, _amount(old, key), _amount(new, key)) for key in names)
    return tuple(LineChange(key, names[key], before, after) for key, before, after in amounts if before != after)


def _amount(lines: dict[str, Computed], key: str) -> int | None:
    return lines[key].amount if key in lines else None
