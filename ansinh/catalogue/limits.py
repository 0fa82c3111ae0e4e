"""Which time limit applies to each result a dossier can have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.catalogue.folder import Deadline, ProcedureFolder, Result
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers


def expected_results(folder: ProcedureFolder, answers: Mapping[str, Any]) -> tuple[Result, ...]:
    """The results this dossier can have."""
    asked = _asked(folder, answers)
    return tuple(result for result in folder.procedure.results if result.when is None or evaluate(result.when, asked))


def limit_for(folder: ProcedureFolder, result_key: str, answers: Mapping[str, Any]) -> Deadline | None:
    """The limit of one result: the first whose condition holds, else the first without one.

    Ceilings and limits chosen by an officer or a later event never apply by themselves. None
    means that there is no due date.
    """
    asked = _asked(folder, answers)
    candidates = [
        limit
        for limit in folder.procedure.deadlines
        if limit.for_result in (None, result_key) and limit.kind != "legal_maximum" and limit.chosen_by is None
    ]
    for limit in candidates:
        if limit.when is not None and evaluate(limit.when, asked):
            return limit
    return next((limit for limit in candidates if limit.when is None), None)


def limit_after_supplement(folder: ProcedureFolder, result_key: str, answers: Mapping[str, Any]) -> Deadline | None:
    """The limit that runs from the complete supplement in place of the first one; None: the first one goes on."""
    asked = _asked(folder, answers)
    return next(
        (
            limit
            for limit in folder.procedure.deadlines
            if limit.counted_from == "supplement_received"
            and limit.chosen_by == "event"
            and limit.for_result in (None, result_key)
            and (limit.when is None or evaluate(limit.when, asked))
        ),
        None,
    )


def limits_of(folder: ProcedureFolder, answers: Mapping[str, Any]) -> tuple[tuple[Result, Deadline | None], ...]:
    """Each result of the dossier with its limit."""
    return tuple((result, limit_for(folder, result.key, answers)) for result in expected_results(folder, answers))


def _asked(folder: ProcedureFolder, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    return answers if folder.form is None else asked_answers(folder.form, answers)
