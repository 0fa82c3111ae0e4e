"""Rows of a long list among the places that can be pinned: a page of them, or those that a word finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ansinh.law.names import search_key
from ansinh.web.officer.pin_places import Place
from ansinh.web.plain_input import small_number

ROWS_ON_A_PAGE: Final = 50
TURN, FIND, SOUGHT = "_rows", "_find", "tim"
"""Names of the buttons that turn the page and look for a word, and of the box of the word (`tim:workers`)."""


@dataclass(frozen=True)
class RowPage:
    """A page of one list. `kept` are pinned rows that are not on it: they stand above it, to be let go."""

    key: str
    rows: tuple[Place, ...]
    kept: tuple[Place, ...]
    sought: str
    first: int
    last: int
    total: int
    previous: str
    next: str

    @property
    def pinned_elsewhere(self) -> int:
        """How many pinned rows are not on this page."""
        return len(self.kept)


def looks_around(typed: Mapping[str, str]) -> bool:
    """Whether the form only turned a page or looked for a word."""
    return TURN in typed or FIND in typed


def row_pages(places: Iterable[Place], chosen: Collection[str], typed: Mapping[str, str]) -> dict[str, RowPage]:
    """A page of each long list, by its key: the one asked for, else the one with the first pinned row."""
    lists: dict[str, list[Place]] = {}
    for place in places:
        if place.listed:
            lists.setdefault(place.listed, []).append(place)
    return {key: _page(key, rows, chosen, typed) for key, rows in lists.items()}


def _page(key: str, rows: list[Place], chosen: Collection[str], typed: Mapping[str, str]) -> RowPage:
    sought = typed.get(f"{SOUGHT}:{key}", "").strip()[:100]
    found = [row for row in rows if search_key(sought) in search_key(row.given)] if sought else rows
    pages = max(1, -(-len(found) // ROWS_ON_A_PAGE))
    at = min(_asked(key, typed) or _first_pinned(found, chosen), pages)
    shown = found[(at - 1) * ROWS_ON_A_PAGE : at * ROWS_ON_A_PAGE]
    on_page = {row.key for row in shown}
    first = (at - 1) * ROWS_ON_A_PAGE + 1
    return RowPage(
        key=key,
        rows=tuple(shown),
        kept=tuple(row for row in rows if row.key in chosen and row.key not in on_page),
        sought=sought,
        first=first if shown else 0,
        last=first + len(shown) - 1 if shown else 0,
        total=len(found),
        previous=f"{key}:{at - 1}" if at > 1 else "",
        next=f"{key}:{at + 1}" if at < pages else "",
    )


def _asked(key: str, typed: Mapping[str, str]) -> int:
    """The page that a button asks for; looking for a word begins at the first one."""
    if FIND in typed:
        return 1
    name, _, page = typed.get(TURN, "").rpartition(":")
    return (small_number(page) or 1) if name == key else 0


def _first_pinned(found: list[Place], chosen: Collection[str]) -> int:
    return next((place // ROWS_ON_A_PAGE + 1 for place, row in enumerate(found) if row.key in chosen), 1)
