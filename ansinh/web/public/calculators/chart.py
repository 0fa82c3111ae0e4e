"""Pictures of a result: geometry only, in attributes; every word stands in the page beside them.

Bars lie in the rows of their own table. Lines have a twin table of the same values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansinh.platform.vietnamese import money, number

Cell = str | int
"""Words, or an amount in whole đồng."""
WIDTH, HEIGHT = 1000, 220
LONGEST = 200
"""Pixels of the longest bar."""


def shown(cell: Cell) -> str:
    """A cell as it stands in the page; an amount below nothing with a minus sign."""
    if isinstance(cell, str):
        return cell
    return money(cell) if cell >= 0 else f"−{number(-cell)}\u00a0đ"


@dataclass(frozen=True)
class Bar:
    """One row: its cells, its length as a number; `chosen` is the row the sentence speaks of."""

    cells: tuple[Cell, ...]
    value: int
    chosen: bool = False
    open: bool = True
    """False: not allowed as things stand; drawn as an outline."""


@dataclass(frozen=True)
class Bars:
    """A table whose rows carry a bar; `title` is the finding, `heads` name the cells."""

    title: str
    heads: tuple[str, ...]
    bars: Sequence[Bar]
    note: str = ""
    kind: str = "bars"

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The table without its bars."""
        return [bar.cells for bar in self.bars]

    @property
    def amounts(self) -> set[int]:
        """The columns in which amounts stand."""
        return {place for row in self.rows for place, cell in enumerate(row) if isinstance(cell, int)}

    def width(self, bar: Bar) -> int:
        """Length of a bar; the longest has `LONGEST`."""
        most = max((one.value for one in self.bars), default=0)
        return bar.value * LONGEST // most if most else 0


@dataclass(frozen=True)
class Series:
    """One line of a picture: its name and a value for each place on the axis."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True)
class Lines:
    """At most two lines over the years, with the finding as `title`; `rows` are the twin table."""

    title: str
    heads: tuple[str, ...]
    axis: Sequence[str]
    series: Sequence[Series]
    highest: str
    rows: Sequence[tuple[Cell, ...]]
    note: str = ""
    kind: str = "lines"

    def points(self, series: Series) -> str:
        """The line as points of the view box."""
        last = max(1, len(series.values) - 1)
        return " ".join(f"{place * WIDTH // last},{self._height(value)}" for place, value in enumerate(series.values))

    @property
    def zero(self) -> int:
        """Where 0 lies: at the bottom, or higher when money has to be paid first."""
        return self._height(0)

    def _height(self, value: int) -> int:
        values = [one for series in self.series for one in series.values]
        top, low = max(1, *values), min(0, *values)
        return HEIGHT - 1 - (value - low) * (HEIGHT - 2) // (top - low)
