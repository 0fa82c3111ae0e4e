"""What of a dossier an officer can pin, in words: answers, rows of tables and lists, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh.dossiers.models import Dossier
from ansinh.eforms.display import Shown
from ansinh.platform.language import pick, translate
from ansinh.web.clock import today
from ansinh.web.officer.reading import papers_of, sections_of

CELLS_IN_BRIEF = 5
"""Cells by which a row of a long list is known, the first in its name."""


@dataclass(frozen=True)
class Place:
    """An answer, a row or a paper that can be pinned; `key` is `field:…`, `row:…` or `paper:…`.

    `listed` is the key of the long list a row is in: such rows are offered a page at a time, by their `name` (number
    and first cell) with the next few cells in `brief`; `given` has all of them.
    """

    key: str
    label: str
    given: str
    section: str
    listed: str = ""
    name: str = ""
    brief: str = ""


def places_of(found: Dossier, *, mendable: bool) -> list[Place]:
    """What can be pinned, in the order of the dossier; `mendable` leaves out what a register says."""
    places: list[Place] = []
    for section in sections_of(found, on=today()):
        title = pick(section, "title")
        for line in section.lines:
            if mendable and line.read_only:
                continue
            places.append(Place(f"field:{line.key}", pick(line, "label"), pick(line, "text"), title))
            places += [_row(line, index, title) for index in range(len(line.rows))]
    for group in papers_of(found):
        given = group.newest.name if group.newest else translate("chưa có")
        places.append(Place(f"paper:{group.target}", group.name, given, translate("Giấy tờ")))
    return places


def _row(line: Shown, index: int, section: str) -> Place:
    row, number = line.rows[index], f"{_row_name(line)} {index + 1}"
    key, label = f"row:{line.key}[{index}]", f"{pick(line, 'label')}, {number}"
    if not line.as_list:
        return Place(key, label, _row_text(row), section)
    first = pick(row[0], "text") if row else ""
    return Place(
        key, label, _row_text(row), section, line.key, f"{number}: {first}" if first else number,
        _row_text(row[1:CELLS_IN_BRIEF]),
    )  # fmt: skip


def _row_name(line: Shown) -> str:
    return pick(line, "row_label") or translate("dòng")


def _row_text(row: Sequence[Shown]) -> str:
    return "; ".join(f"{pick(cell, 'label')}: {pick(cell, 'text')}" for cell in row if cell.text_vi != "–")
