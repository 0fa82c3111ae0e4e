"""The computed draft of a long list: one line a row, its steps on demand, what needs the officer first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from ansinh.casework.compute import Computed
from ansinh.platform.language import current, pick
from ansinh.web.plain_input import small_number

SHORT: Final = 30
"""So many lines are shown whole, with all their steps."""
ROWS_ON_A_PAGE: Final = 50
PAGE, STEPS = "tinh", "dong"
_ROW = re.compile(r".+\[(\d+)\]")


@dataclass(frozen=True)
class DraftRow:
    """One row of the list: what it gets (đồng), why something is missing, and which conditions are not met."""

    number: int
    name: str
    amount: int | None
    faults: tuple[str, ...]
    unmet: tuple[str, ...]
    href: str

    @property
    def needs_a_look(self) -> bool:
        """Whether the officer has to decide something here."""
        return bool(self.faults or self.unmet)


@dataclass(frozen=True)
class LongDraft:
    """A page of rows. `explained` are the lines of the row whose steps are asked for, `whole` those of no row."""

    rows: tuple[DraftRow, ...]
    first: int
    last: int
    total_rows: int
    looks: tuple[DraftRow, ...]
    previous_href: str
    next_href: str
    explained: tuple[Computed, ...]
    explained_row: int
    whole: tuple[Computed, ...]


def long_draft(request: HttpRequest, computed: Sequence[Computed], *, here: str) -> LongDraft | None:
    """The draft by rows; None for a short one."""
    if len(computed) <= SHORT:
        return None
    by_row: dict[int, list[Computed]] = {}
    whole: list[Computed] = []
    for line in computed:
        found = _ROW.fullmatch(line.key)
        (by_row.setdefault(int(found[1]), []) if found else whole).append(line)
    places = sorted(by_row)
    pages = max(1, -(-len(places) // ROWS_ON_A_PAGE))
    page = min(max(1, small_number(request.GET.get(PAGE, "")) or 1), pages)
    rows = [_row(place, by_row[place], page_href(here, page)) for place in places]
    shown = rows[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    asked = (small_number(request.GET.get(STEPS, "")) or 0) - 1
    return LongDraft(
        rows=tuple(shown),
        first=(page - 1) * ROWS_ON_A_PAGE + 1,
        last=(page - 1) * ROWS_ON_A_PAGE + len(shown),
        total_rows=len(rows),
        looks=tuple(row for row in rows if row.needs_a_look),
        previous_href=f"{page_href(here, page - 1)}#tinh" if page > 1 else "",
        next_href=f"{page_href(here, page + 1)}#tinh" if page < pages else "",
        explained=tuple(by_row.get(asked, ())),
        explained_row=asked + 1,
        whole=tuple(whole),
    )


def page_href(here: str, page: int) -> str:
    """The address of a page of rows."""
    return f"{here}?{PAGE}={page}"


def _row(place: int, lines: Sequence[Computed], page: str) -> DraftRow:
    amounts = [line.amount for line in lines if line.is_money and line.amount is not None]
    faults = dict.fromkeys((line.fault_en if current() == "en" else "") or line.fault for line in lines if line.fault)
    unmet = dict.fromkeys(
        one.what_en if current() == "en" else one.what_vi
        for line in lines
        if line.outcome is not None
        for one in line.outcome.grounds
        if one.met is False
    )
    name = pick(lines[0], "name").partition(": ")[2]
    href = f"{page}&{STEPS}={place + 1}#tinh"
    return DraftRow(place + 1, name, sum(amounts) if amounts else None, tuple(faults), tuple(unmet), href)
