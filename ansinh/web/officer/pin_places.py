"""What of a dossier an officer can pin, in words: answers, rows of tables and lists, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh.dossiers.models import Dossier
from ansinh.eforms.display import Shown
from ansinh.platform.language import pick, translate
from ansinh.web.clock import today
from ansinh.web.officer.reading import papers_of, sections_of


@dataclass(frozen=True)
class Place:
    """An answer, a row or a paper that can be pinned; `key` is `field:…`, `row:…` or `paper:…`.

    `listed` is the key of the long list a row is in: such rows are offered a page at a time.
    """

    key: str
    label: str
    given: str
    section: str
    listed: str = ""


def places_of(found: Dossier, *, mendable: bool) -> list[Place]:
    """What can be pinned, in the order of the dossier; `mendable` leaves out what a register says."""
    places: list[Place] = []
    for section in sections_of(found, on=today()):
        title = pick(section, "title")
        for line in section.lines:
            if mendable and line.read_only:
                continue
            label, listed = pick(line, "label"), line.key if line.as_list else ""
            places.append(Place(f"field:{line.key}", label, pick(line, "text"), title))
            places += [
                Place(
                    f"row:{line.key}[{index}]", f"{label}, {_row_name(line)} {index + 1}", _row_text(row), title, listed
                )
                for index, row in enumerate(line.rows)
            ]
    for group in papers_of(found):
        given = group.newest.name if group.newest else translate("chưa có")
        places.append(Place(f"paper:{group.target}", group.name, given, translate("Giấy tờ")))
    return places


def _row_name(line: Shown) -> str:
    return pick(line, "row_label") or translate("dòng")


def _row_text(row: Sequence[Shown]) -> str:
    return "; ".join(f"{pick(cell, 'label')}: {pick(cell, 'text')}" for cell in row if cell.text_vi != "–")
