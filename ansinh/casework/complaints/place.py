"""Where a complaint comes from: in far areas that are hard to reach the law gives more time to answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.eforms.visibility import asked_answers
from ansinh.offices.remote import is_remote


def comes_from_afar(dossier: Dossier, *, on: date) -> bool:
    """Whether the office that has the dossier, or a place where its people live, is such an area on a day."""
    return is_remote(office_code=dossier.office_code, communes=_communes(dossier), on=on)


def rule_where(rule: str, *, remote: bool) -> str:
    """The rule of limits.yaml that holds there."""
    return f"{rule}_remote" if remote else rule


def _communes(dossier: Dossier) -> Iterator[str]:
    """Of the addresses in the declaration; an office's list of workers has none of the complainant."""
    form = frozen(dossier.version_id).form
    answers: Mapping[str, Any] = dossier.answers if form is None else asked_answers(form, dossier.answers)
    for value in answers.values():
        if isinstance(value, Mapping) and value.get("commune"):
            yield str(value["commune"])
