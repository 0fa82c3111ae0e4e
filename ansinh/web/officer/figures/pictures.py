"""Pictures of numbers as plain shapes: a line over months, a tile for each province. Words and numbers stand beside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.platform.language import pick, translate
from ansinh.statistics.areas import Sight
from ansinh.web.officer.figures.tables import percent

WIDTH, HEIGHT = 1000, 200
_PIECE = 2
"""A line needs two points."""


@dataclass(frozen=True)
class Line:
    """A class of the style sheet, and a percentage for each month (None: not known)."""

    kind: str
    values: tuple[float | None, ...]


def line(kind: str, values: Sequence[float | None]) -> Line:
    """A line of the plot."""
    return Line(kind, tuple(values))


def plot(lines: Sequence[Line], months: Sequence[date], words: str) -> dict[str, Any]:
    """What the template draws; empty without two neighbouring points."""
    known = [value for one in lines for value in one.values if value is not None]
    if not known:
        return {}
    low = max(0, min(90, 10 * int(min(known) // 10)))
    steps = [100 - (100 - low) * place / 4 for place in range(5)]
    drawn = [{"kind": one.kind, "points": piece} for one in lines for piece in _pieces(one.values, low) if " " in piece]
    dots = [
        {"x": _x(place, len(one.values)), "y": _y(value, low)}
        for one in lines
        for place, value in enumerate(one.values)
        if value is not None
    ]
    return {
        "lines": drawn,
        "dots": dots if not drawn else [],
        "grid": "".join(f"M0 {_y(step, low)}H{WIDTH}" for step in steps[1:4]),
        "y": [f"{step:.1f}".removesuffix(".0").replace(".", ",") + " %" for step in steps],
        "x": [f"{month:%m/%Y}" for month in (months[0], months[3], months[6], months[9], months[-1])],
        "words": words,
    }


def _pieces(values: Sequence[float | None], low: int) -> list[str]:
    """The line broken where a month is not known."""
    pieces: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{_x(place, len(values))},{_y(value, low)}")
    return [" ".join(piece) for piece in pieces if len(piece) >= _PIECE]


def _x(place: int, count: int) -> int:
    return round(WIDTH * place / max(1, count - 1))


def _y(value: float, low: int) -> int:
    return round(HEIGHT * (100 - value) / (100 - low))


def tiles(
    sight: Sight, shares: Mapping[str, float | None], *, bounds: tuple[float, float, float], anchor: str
) -> list[dict[str, Any]]:
    """One tile a province of today, in reading order of the map; its band says how far it is in words too."""
    words = {key["band"]: key["words"] for key in map_keys(bounds)}
    found = []
    for one in sight.areas:
        if not one.is_province:
            continue
        share = shares.get(one.code)
        band = 0 if share is None else 4 - sum(share < bound for bound in bounds)
        found.append(
            {
                "place": f"p{one.province_code}",
                "band": f"b{band}",
                "name": pick(one, "name"),
                "value": percent(share) if share is not None else translate("chưa có"),
                "words": words[f"b{band}"],
                "href": f"#{anchor}",
            }
        )
    return sorted(found, key=lambda tile: _READING.get(tile["place"], len(_READING)))


def map_keys(bounds: tuple[float, float, float]) -> list[dict[str, str]]:
    """What the bands of the map mean, the best first."""
    good, fair, poor = (f"{bound:g}".replace(".", ",") for bound in bounds)
    return [
        {"band": "b4", "words": translate("từ {n} %", n=good)},
        {"band": "b3", "words": translate("{low}–{high} %", low=fair, high=good)},
        {"band": "b2", "words": translate("{low}–{high} %", low=poor, high=fair)},
        {"band": "b1", "words": translate("dưới {n} %", n=poor)},
        {"band": "b0", "words": translate("chưa có số liệu")},
    ]


_READING: dict[str, int] = {
    place: n
    for n, place in enumerate(
        re.findall(
            "p[0-9]{2}",
            """
    p12 p15 p08 p04 p11 p14 p25 p19 p20 p01 p24 p22 p37 p33 p31 p38 p40 p42 p44 p46 p48 p51 p52 p66 p68
    p56 p80 p75 p91 p82 p79 p92 p86 p96
""",
        )
    )
}
"""Tiles from north-west to south-east, as the style sheet places them."""
