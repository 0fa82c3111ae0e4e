"""The number of a paper: the dossier's own serial (`-2` the second time it is decided) and the symbol of what it is."""

from __future__ import annotations

from ansinh.casework.models import Decision
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers


def number_of(dossier: Dossier, decision: Decision) -> str:
    """The number the decision has or gets: of a decision, of a notice, or of the result its procedure names."""
    if decision.number:
        return decision.number
    again = dossier.reopenings.count() + 1 if dossier.reopened_at is not None else 1
    serial = dossier.number.split("/")[0]
    return f"{serial}{f'-{again}' if again > 1 else ''}/{_symbol(dossier, decision)}"


def _symbol(dossier: Dossier, decision: Decision) -> str:
    if decision.kind != "grant":
        return "TB-BHXH"
    folder = frozen(dossier.version_id)
    asked = dossier.answers if folder.form is None else asked_answers(folder.form, dossier.answers)
    given = (one for one in folder.procedure.results if one.when is None or evaluate(one.when, asked))
    return next((one.symbol for one in given if one.symbol), "QĐ-BHXH")
