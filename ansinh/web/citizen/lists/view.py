"""What `components/list_table.html` shows of a list: one page of its rows, and how more are brought in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.dossiers.lists import names
from ansinh.eforms.definition import Field
from ansinh.eforms.display import show_value
from ansinh.platform.language import current, pick, translate
from ansinh.web.citizen.lists.sight import BLANK, FILLED, ROWS_ON_A_PAGE, Sight

SHOWN_COLUMNS = 6
"""The first columns stand in the table; all of them on the page of a row."""
_CELL = re.compile(r"[a-z_0-9]+\[(\d+)\]\.([a-z_0-9]+)")


@dataclass(frozen=True)
class ListRow:
    """One row: its number, its first cells in words, and what is wrong with any of its cells."""

    number: int
    href: str
    cells: tuple[str, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What the last import had to say, and the text that was not taken."""

    notes: tuple[str, ...] = ()
    refused: str = ""
    text: str = ""
    refused_file: bool = False


@dataclass(frozen=True)
class ListView:
    """A list ready to be shown."""

    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]
    first: int
    last: int
    total: int
    wrong: int
    wrong_only: bool
    wrong_href: str
    all_href: str
    previous_href: str
    next_href: str
    templates: tuple[tuple[str, str], ...]
    filled_href: str
    full: bool
    aside: int
    told: Told


def list_view(
    field: Field,
    rows: Sequence[Any],
    errors: Mapping[str, str],
    *,
    sight: Sight | None,
    on: date,
    aside: int = 0,
    told: Told | None = None,
) -> ListView:
    """The page of rows that is looked at; without a sight only the boxes to send the list anew."""
    if sight is None:
        return ListView((), (), 0, 0, len(rows), 0, False, "", "", "", "", (), "", False, 0, told or Told())
    faults = _faults(field, errors)
    places = sorted(faults) if sight.wrong_only else list(range(len(rows)))
    pages = max(1, -(-len(places) // ROWS_ON_A_PAGE))
    page = min(sight.page, pages)
    here = places[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    shown = field.columns[:SHOWN_COLUMNS]
    name_of = names(on=on, language=current())
    return ListView(
        columns=tuple(pick(column, "label") for column in shown),
        rows=tuple(
            ListRow(
                number=place + 1,
                href=sight.row_href(field.key, place),
                cells=tuple(
                    show_value(column, rows[place].get(column.key), language=current(), name_of=name_of)
                    for column in shown
                ),
                errors=tuple(faults.get(place, ())),
            )
            for place in here
            if place < len(rows)
        ),
        first=(page - 1) * ROWS_ON_A_PAGE + 1,
        last=(page - 1) * ROWS_ON_A_PAGE + len(here),
        total=len(places),
        wrong=len(faults),
        wrong_only=sight.wrong_only,
        wrong_href=sight.wrong_href(field.key),
        all_href=f"{sight.here}#{field.key}",
        previous_href=sight.page_href(field.key, page - 1) if page > 1 else "",
        next_href=sight.page_href(field.key, page + 1) if page < pages else "",
        templates=(
            (translate("Tệp mẫu Excel (.xlsx)"), sight.file_href(BLANK, field.key, "xlsx")),
            (translate("Tệp mẫu CSV"), sight.file_href(BLANK, field.key, "csv")),
        ),
        filled_href=sight.file_href(FILLED, field.key, "xlsx") if rows else "",
        full=field.max_rows is not None and len(rows) >= field.max_rows,
        aside=aside,
        told=told or Told(),
    )


def _faults(field: Field, errors: Mapping[str, str]) -> dict[int, list[str]]:
    labels = {column.key: pick(column, "label") for column in field.columns}
    faults: dict[int, list[str]] = {}
    for path, text in errors.items():
        found = _CELL.match(path)
        if found and path.startswith(f"{field.key}["):
            label = labels.get(found[2], "")
            said = text if label.casefold() in text.casefold() else f"{label}: {text}"
            faults.setdefault(int(found[1]), []).append(said)
    return faults
