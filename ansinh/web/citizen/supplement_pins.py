"""The pinned places of a supplement as its page shows them: the four slots of each, and the control that mends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ansinh.casework.reasons import reason
from ansinh.casework.supplement_letter import given_before, subject_of
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.models import Dossier, SupplementItem
from ansinh.dossiers.supplement_places import row_path
from ansinh.files.limits import limits_in_words
from ansinh.platform.language import current, pick
from ansinh.web.citizen.field_view import FieldView, Sheet, view_of
from ansinh.web.citizen.supplement_rows import ListAnew, lists_anew, row_boxes, row_of_pin

KEPT = "kept:"
"""Before the key of a question: the tick of whoever stands by what was given."""


@dataclass(frozen=True)
class Pin:
    """One pinned place: the four slots and its control, a question, the boxes of a row, or a file."""

    title: str
    sent: str
    is_paper: bool
    wrong: str
    why: str
    right: str
    clause: str
    field: FieldView | None
    file_name: str
    limits: str
    error: str
    answered: bool
    kept_name: str
    kept: bool
    row_path: str = ""
    boxes: tuple[FieldView, ...] = ()
    mended_at: int = 0
    at_key: str = ""


@dataclass(frozen=True)
class Typed:
    """The answers as they stand on the page, what is wrong with them, and the ticks of this post."""

    answers: Mapping[str, Any]
    errors: Mapping[str, str]
    on: date
    said_right: Collection[str] = ()

    @property
    def sheet(self) -> Sheet:
        """What questions are filled with."""
        return Sheet(self.answers, self.errors, {}, self.on)


def pins(dossier: Dossier, items: Sequence[SupplementItem], typed: Typed) -> list[Pin]:
    """The places of a request, each with the control that mends it."""
    found: list[Pin] = []
    first: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        key = root_key(item.target)
        place = row_of_pin(item, items)
        made = _pin(dossier, item, place, typed)
        at = first.setdefault(key, number) if not made.is_paper and place is None else number
        # A row of a table that is pinned as a whole is mended in the table: the first pin has it, others lead there.
        found.append(made if at == number else replace(made, field=None, mended_at=at, at_key=key))
    return found


def _pin(dossier: Dossier, item: SupplementItem, place: tuple[str, int] | None, typed: Typed) -> Pin:
    why = reason(item.reason_code)
    is_paper = item.target_kind == "paper"
    path = row_path(*place) if place else "" if is_paper else root_key(item.target)
    error = typed.errors.get(file_name(item) if is_paper else path if place else "", "")
    made = Pin(
        title=subject(dossier, item),
        sent=given_before(dossier, item, language=current()),
        is_paper=is_paper,
        wrong=item.wrong,
        why=pick(why, "name"),
        right=item.good,
        clause=item.clause,
        field=None,
        file_name=file_name(item),
        limits=limits_in_words(),
        error=error,
        answered=item.answered,
        kept_name=f"{KEPT}{path}" if path else "",
        kept=item.kept or path in typed.said_right,
    )
    if is_paper:
        return made
    form = frozen(dossier.version_id).form
    assert form is not None
    field = replace(form.field(root_key(item.target)), read_only=False)
    if place is not None:
        return replace(made, row_path=path, boxes=row_boxes(field, place[1], item, typed.sheet))
    return replace(made, field=view_of(field, field.key, typed.answers.get(field.key), typed.sheet))


def whole_lists(dossier: Dossier, items: Sequence[SupplementItem], typed: Typed) -> list[ListAnew]:
    """The long lists that may also be sent anew instead of row by row."""
    form = frozen(dossier.version_id).form
    return lists_anew(form, items, typed.sheet) if form is not None else []


def subject(dossier: Dossier, item: SupplementItem) -> str:
    """The name of a pinned place, in the reader's language."""
    name_vi, name_en = subject_of(dossier, item)
    return name_en if current() == "en" and name_en else name_vi


def file_name(item: SupplementItem) -> str:
    """The name of the box of a file."""
    return f"paper-{item.pk}"
