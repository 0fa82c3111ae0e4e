"""Single pinned rows of a table in a supplement: the row's columns as boxes, and what was typed into them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, SupplementItem
from ansinh.dossiers.supplement_places import opened_rows, place_of, row_at, row_path, with_rows
from ansinh.eforms.definition import Field, Form
from ansinh.eforms.display import show_value
from ansinh.platform.language import current, translate
from ansinh.web.citizen.field_view import FieldView, Sheet, row_fields, view_of
from ansinh.web.citizen.lists.take import edited_row


@dataclass(frozen=True)
class ListAnew:
    """The other way to mend many rows of a long list: all of it at once."""

    key: str
    view: FieldView


def row_of_pin(item: SupplementItem, items: Collection[SupplementItem]) -> tuple[str, int] | None:
    """The one row that a pin opens; None where it opens a whole answer or a paper."""
    place = place_of(item.target) if item.target_kind != "paper" else None
    return place if place is not None and place[1] in opened_rows(_answers(items)).get(place[0], ()) else None


def rows_as_typed(
    dossier: Dossier, form: Form, items: Collection[SupplementItem], posted: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, Any]]:
    """The pinned rows of a post by their path; boxes that were not on the page stay as they were."""
    typed: dict[str, dict[str, Any]] = {}
    for key, places in opened_rows(_answers(items)).items():
        for place in sorted(places):
            path, held = row_path(key, place), row_at(dossier.answers.get(key), place)
            boxes = {name: values for name, values in posted.items() if name.startswith(f"{path}.")}
            if isinstance(held, Mapping) and boxes:
                typed[path] = _answered(held, edited_row(form.field(key), held, dossier.answers, boxes, place))
    return typed


def _answered(held: Mapping[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """Without boxes nobody ticked, before or now: a row that stays is the row that was."""
    return {key: cell for key, cell in cells.items() if key in held or not (cell is False or cell == [])}


def laid_in(answers: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """All answers with the rows as they were typed."""
    after = dict(answers)
    for path, cells in rows.items():
        if (place := place_of(path)) is not None:
            after[place[0]] = with_rows(after.get(place[0]), {place[1]: cells})
    return after


def row_boxes(field: Field, place: int, item: SupplementItem, sheet: Sheet) -> tuple[FieldView, ...]:
    """The boxes of a row; one that differs from what was given says what stood there."""
    row, before = row_at(sheet.answers.get(field.key), place) or {}, row_at(item.before, place)
    boxes = row_fields(field, field.key, place, row, sheet)
    if not isinstance(before, Mapping):
        return boxes
    columns = {row_path(field.key, place) + f".{column.key}": column for column in field.columns}
    return tuple(_marked(box, columns[box.name], row, before, sheet) for box in boxes)


def _marked(
    box: FieldView, column: Field, row: Mapping[str, Any], before: Mapping[str, Any], sheet: Sheet
) -> FieldView:
    old, new = before.get(column.key), row.get(column.key)
    if (old or None) == (new or None):
        return box
    language = current()
    shown = show_value(column, old, language=language, name_of=names(on=sheet.on, language=language))
    said = translate("Đã sửa. Trước đây khai: {text}", text=shown)
    return replace(box, hint=said) if box.kind == "check" else replace(box, source=said)


def lists_anew(form: Form, items: Collection[SupplementItem], sheet: Sheet) -> list[ListAnew]:
    """Long lists of which rows are pinned."""
    fields = (form.field(key) for key in opened_rows(_answers(items)))
    return [ListAnew(field.key, view_of(field, field.key, None, sheet)) for field in fields if field.as_list]


def _answers(items: Collection[SupplementItem]) -> list[SupplementItem]:
    return [item for item in items if item.target_kind != "paper"]
