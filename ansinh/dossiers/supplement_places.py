"""What of the answers a supplement request opens: whole answers, or single rows of a table and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.models import SupplementItem
from ansinh.eforms.problems import Problem

_ROW = re.compile(r"([a-z][a-z0-9_]*)\[([0-9]+)\]")

Places = Mapping[str, frozenset[int]]
"""Key of a table → places of rows, from 0."""


def place_of(path: str) -> tuple[str, int] | None:
    """The table and the place of the row a path begins with: `workers[17].name` → (`workers`, 17)."""
    found = _ROW.match(path)
    return (found[1], int(found[2])) if found else None


def row_path(key: str, place: int) -> str:
    """`workers[17]`."""
    return f"{key}[{place}]"


def opened_rows(items: Collection[SupplementItem]) -> Places:
    """Tables of which only rows are pinned, with the rows that are open."""
    whole = {item.target for item in items if place_of(item.target) is None}
    places: dict[str, set[int]] = {}
    for item in items:
        if (place := place_of(item.target)) is not None and place[0] not in whole:
            places.setdefault(place[0], set()).add(place[1])
    return {key: frozenset(open_places) for key, open_places in places.items()}


def with_rows(rows: Any, mended: Mapping[int, Mapping[str, Any]]) -> list[Any]:
    """The rows of a table, those at the `mended` places as they are given."""
    there = rows if isinstance(rows, list) else []
    return [dict(mended[place]) if place in mended else row for place, row in enumerate(there)]


def kept_elsewhere(before: Any, after: Any, open_places: Collection[int]) -> bool:
    """Whether a table is as it was in every row but the open ones."""
    if not isinstance(before, list) or not isinstance(after, list):
        return False
    return len(before) == len(after) and all(
        old == new for place, (old, new) in enumerate(zip(before, after, strict=True)) if place not in open_places
    )


def is_same(item: SupplementItem, answers: Mapping[str, Any]) -> bool:
    """Whether the pinned answer or row is what it was when it was asked about."""
    now = answers.get(root_key(item.target))
    place = place_of(item.target)
    if place is None:
        return bool(now == item.before)
    return bool(row_at(now, place[1]) == row_at(item.before, place[1]))


def row_at(rows: Any, place: int) -> Any:
    """The row at a place, or None."""
    return rows[place] if isinstance(rows, list) and place < len(rows) else None


def to_be_mended(problems: Sequence[Problem], *, in_hand: Places, before: Collection[tuple[str, str]]) -> list[Problem]:
    """Without what stood in rows nobody may touch already `before` (path and code): it stops no answer."""
    return [one for one in problems if _in_hand(one.path, in_hand) or (one.path, one.code) not in before]


def _in_hand(path: str, in_hand: Places) -> bool:
    places = in_hand.get(root_key(path))
    if places is None:
        return True
    place = place_of(path)
    return place is not None and place[1] in places
