"""Places of a dossier that can be pinned: an answer, a row of a table, a paper (no reason, no return)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.requirements import asked_papers
from ansinh.eforms.visibility import asked_keys, is_fact
from ansinh.platform.errors import Invalid

_ROW: Final = re.compile(r"([a-z][a-z0-9_]*)\[([0-9]+)\]")


@dataclass(frozen=True)
class Pin:
    """`field` with an answer path, `row` with `children[0]`, or `paper` with `birth_certificate@children[0]`."""

    kind: str
    target: str


def refuse_unknown(dossier: Dossier, pin: Pin, *, mendable: bool) -> None:
    """Raise Invalid when the dossier has no such place; `mendable`: one that the applicant can put right."""
    if not _is_there(dossier, pin, mendable=mendable):
        raise Invalid("unknown-target", "Hồ sơ này không có mục “{target}”. Xin ghim lại.", target=pin.target)


def _is_there(dossier: Dossier, pin: Pin, *, mendable: bool) -> bool:
    if pin.kind == "paper":
        return pin.target in _papers(dossier)
    if pin.kind == "row":
        found = _ROW.fullmatch(pin.target)
        return found is not None and found[1] in _fields(dossier, mendable) and _has_row(dossier, *found.groups())
    return pin.kind == "field" and root_key(pin.target) in _fields(dossier, mendable)


def _has_row(dossier: Dossier, key: str, index: str) -> bool:
    rows = dossier.answers.get(key)
    return isinstance(rows, list) and int(index) < len(rows)


def _fields(dossier: Dossier, mendable: bool) -> set[str]:
    """Answers asked; those taken from a register cannot be mended by the applicant."""
    form = frozen(dossier.version_id).form
    assert form is not None
    asked = asked_keys(form, dossier.answers)
    fields = (field for field in form.fields() if field.key in asked)
    return {field.key for field in fields if not (mendable and is_fact(field, dossier.answers))}


def _papers(dossier: Dossier) -> set[str]:
    """Papers asked and papers sent."""
    sent = [(paper.requirement, paper.row) for paper in dossier.papers.all()]
    asked = {paper.key for paper in asked_papers(frozen(dossier.version_id), dossier.answers, given=sent)}
    return asked | {f"{key}@{row}" if row else key for key, row in sent}
