"""Small counts hidden in a table with totals, so that nobody finds them by subtraction. Pure.

A count of 1 to 4 is hidden, and more with it: each is put into a rectangle of four hidden cells (totals are cells too)
whose corners can rise and fall together without changing anything that is shown. So a hidden count could be at least
`CHOICES` different numbers. Zeros are shown; it is known that what is hidden is at least 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

LEAST = 5
"""The smallest count above 0 that is shown."""
CHOICES = 5
"""So many different numbers a hidden small count could be, at least."""
TOTAL = ""
"""The row or column of totals."""
Cell = tuple[str, str]


@dataclass(frozen=True)
class Protected:
    """The table with its totals; `hidden` says which cells must not be told."""

    values: Mapping[Cell, int]
    hidden: frozenset[Cell]

    def shown(self, row: str, column: str) -> int | None:
        """The count, or None where it is hidden."""
        return None if (row, column) in self.hidden else self.values.get((row, column), 0)


def protect(counts: Mapping[Cell, int]) -> Protected:
    """Hide what must be hidden of counts by (row, column); rows and columns may not be called TOTAL."""
    return _protect(tuple(sorted(counts.items())))


@lru_cache(maxsize=64)
def _protect(counts: tuple[tuple[Cell, int], ...]) -> Protected:
    """A month that is over stays as it is: its table is worked out once."""
    values = _with_totals(dict(counts))
    rows, columns = _crossed(values)
    small = [cell for cell, n in values.items() if 0 < n < LEAST]
    hidden = set(small)
    for cell in sorted(small, key=lambda one: (TOTAL in one, one)):
        best: tuple[tuple[int, int, int], tuple[Cell, Cell, Cell]] | None = None
        for corners in _rectangles(cell, rows, columns, values):
            missing = max(0, CHOICES - _choices(cell, corners, values))
            rank = (missing, *_cost(corners, values, hidden))
            if best is None or (rank, corners) < best:
                best = rank, corners
            if rank == (0, 0, 0):
                break
        assert best is not None and best[0][0] == 0, "a rectangle with three totals always serves: its corners rise"
        hidden |= set(best[1])
    return Protected(values, frozenset(hidden))


def _with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    values: dict[Cell, int] = {}
    for (row, column), n in counts.items():
        if TOTAL in (row, column):
            raise ValueError("a row or column with the name of the totals")
        for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            values[cell] = values.get(cell, 0) + n
    return values


def _crossed(values: Mapping[Cell, int]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Rows with a count in each column, and columns with a count in each row."""
    rows: dict[str, list[str]] = {}
    columns: dict[str, list[str]] = {}
    for row, column in sorted(cell for cell, n in values.items() if n):
        rows.setdefault(column, []).append(row)
        columns.setdefault(row, []).append(column)
    return rows, columns


def _rectangles(
    cell: Cell, rows: Mapping[str, Sequence[str]], columns: Mapping[str, Sequence[str]], values: Mapping[Cell, int]
) -> Iterator[tuple[Cell, Cell, Cell]]:
    """The three other corners of each rectangle in which every corner counts something."""
    row, column = cell
    for other_row in rows[column]:
        for other_column in columns[row]:
            if other_row != row and other_column != column and values.get((other_row, other_column), 0):
                yield (row, other_column), (other_row, other_column), (other_row, column)


def _choices(cell: Cell, corners: tuple[Cell, Cell, Cell], values: Mapping[Cell, int]) -> int:
    """How many different numbers the cell could be while the corners move together and stay at least 1."""
    falls: list[int] = []
    rises: list[int] = []
    for place, one in enumerate((cell, *corners)):
        sign = (-1 if place % 2 else 1) * (-1 if (one[0] == TOTAL) != (one[1] == TOTAL) else 1)
        (falls if sign > 0 else rises).append(values[one] - 1)
    down = min(falls) if falls else CHOICES
    up = min(rises) if rises else CHOICES
    return 1 + min(down, CHOICES) + min(up, CHOICES)


def _cost(corners: tuple[Cell, ...], values: Mapping[Cell, int], hidden: set[Cell]) -> tuple[int, int]:
    """Totals and large counts are hidden last."""
    new = [one for one in corners if one not in hidden]
    return sum(TOTAL in one for one in new), sum(values[one] for one in new)
