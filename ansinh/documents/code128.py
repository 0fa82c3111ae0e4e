"""Code 128 (ISO/IEC 15417) as SVG: bar codes of postal labels. Sets B and C, chosen so that the code is short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
WIDTHS = tuple(_TABLE.split())
"""Symbol value → widths of bar, space, bar … in modules (table 1 of the standard)."""
CODE_C, CODE_B, START_B, START_C, STOP = 99, 100, 104, 105, 106
QUIET = 10
"""Modules of white on both sides."""
_RUN = re.compile(r"\d+|\D+")


def symbols(text: str) -> list[int]:
    """The values of start, data, check and stop. Raises ValueError for what is not printable ASCII."""
    if not text or not all(" " <= letter <= "~" for letter in text):
        raise ValueError("Code 128 carries printable ASCII here")
    values = list(_data(text))
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))) % 103
    return [*values, check, STOP]


def modules(text: str) -> str:
    """One letter a module: 1 for a bar, 0 for a space."""
    widths = "".join(WIDTHS[value] for value in symbols(text))
    return "".join(("1" if place % 2 == 0 else "0") * int(width) for place, width in enumerate(widths))


def code128_svg(text: str, *, height: int = 40) -> str:
    """The bar code with its quiet zones as one SVG element; a module is one unit wide."""
    widths = [int(width) for value in symbols(text) for width in WIDTHS[value]]
    edges = [0, *accumulate(widths)]
    bars = "".join(
        f"M{QUIET + edges[place]} 0h{width}v{height}h-{width}z" for place, width in enumerate(widths) if place % 2 == 0
    )
    whole = edges[-1] + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}" shape-rendering="crispEdges">'
        f'<path d="{bars}"/></svg>'
    )


def _data(text: str) -> Iterator[int]:
    """Start and data. Runs of four digits and more go in pairs; an odd one leaves its first digit to set B."""
    in_c: bool | None = None
    for run in _RUN.findall(text):
        pairs = run if run.isdigit() and len(run) >= 4 else ""
        single = run[: len(run) % 2] if pairs else run
        for letters, wants_c in ((single, False), (pairs[len(single) :] if pairs else "", True)):
            if not letters:
                continue
            if in_c is None:
                yield START_C if wants_c else START_B
            elif in_c is not wants_c:
                yield CODE_C if wants_c else CODE_B
            in_c = wants_c
            if wants_c:
                yield from (int(letters[place : place + 2]) for place in range(0, len(letters), 2))
            else:
                yield from (ord(letter) - 32 for letter in letters)
