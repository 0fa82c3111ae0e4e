"""The way of a dossier as a picture (SVG): its steps from above to below, who does each, and where it can turn back.

Colours come from the page's style sheet by class; `standalone` brings its own for a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

WIDTH: Final = 360
LEFT, BOX, RADIUS = 44, 252, 14
LINE, PADDING, GAP = 18, 10, 22
NAME_LETTERS, NOTE_LETTERS = 27, 34
"""How many letters of the name and of the note below fit into a box."""
ASKING: Final = ("intake", "check", "appraise")
"""Steps from which the office asks the applicant for more."""
RETURNING: Final = ("control", "sign")
"""Steps from which a draft goes back to who appraised it."""
STYLE: Final = (
    "text{font-family:'Be Vietnam Pro',sans-serif;font-size:14px;fill:#17222e}.n{font-weight:600}.s{font-size:12px;"
    "fill:#47566a}.b{fill:#fff;stroke:#5c6b7e;stroke-width:1.5}.c{fill:#fff;stroke:#5c6b7e;stroke-width:2}.k{font-size:"
    "13px;font-weight:600;text-anchor:middle}.a{fill:none;stroke:#5c6b7e;stroke-width:1.5}.h{fill:#5c6b7e}"
    ".l{stroke-dasharray:5 4}.now .b{fill:#eef4fb;stroke:#143a6f;stroke-width:2.5}.now .c{fill:#143a6f;stroke:#143a6f}"
    ".now .k,.done .k{fill:#fff}.done .c{fill:#14633a;stroke:#14633a}.done .b{stroke:#14633a}"
)


@dataclass(frozen=True)
class Step:
    """A step: its kind (stages.yaml), name, the line below it, and where the dossier stands: done, now or later."""

    kind: str
    name: str
    note: str
    state: str = "later"


@dataclass(frozen=True)
class Words:
    """What the picture says besides the steps."""

    title: str
    description: str
    asking: str
    returning: str


@dataclass(frozen=True)
class _Placed:
    step: Step
    number: int
    top: int
    names: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def height(self) -> int:
        return 2 * PADDING + LINE * (len(self.names) + len(self.notes))

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def process_svg(steps: Sequence[Step], words: Words, *, name: str = "process", standalone: bool = False) -> str:
    """The picture as an SVG element with its text alternative; `name` makes its ids unique on a page."""
    placed = _placed(steps)
    height = placed[-1].bottom + 6 if placed else 40
    inside = "".join([*_arrows(placed), *(_box(one) for one in placed), *_turns(placed, words)])
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    style = f"<style>{STYLE}</style>" if standalone else ""
    return (
        f'<svg{namespace} class="process" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-t" aria-describedby="{name}-d">'
        f'<title id="{name}-t">{escape(words.title)}</title><desc id="{name}-d">{escape(words.description)}</desc>'
        f"{style}{inside}</svg>"
    )


def _placed(steps: Sequence[Step]) -> list[_Placed]:
    found: list[_Placed] = []
    top = 4
    for number, step in enumerate(steps, start=1):
        one = _Placed(step, number, top, _wrapped(step.name, NAME_LETTERS), _wrapped(step.note, NOTE_LETTERS))
        found.append(one)
        top = one.bottom + GAP
    return found


def _wrapped(text: str, letters: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _box(one: _Placed) -> str:
    lines = [*(("n", part) for part in one.names), *(("s", part) for part in one.notes)]
    texts = [
        f'<text class="{kind}" x="{LEFT + 12}" y="{one.top + PADDING + 13 + LINE * index}">{escape(line)}</text>'
        for index, (kind, line) in enumerate(lines)
    ]
    return (
        f'<g class="{one.step.state}">'
        f'<rect class="b" x="{LEFT}" y="{one.top}" width="{BOX}" height="{one.height}" rx="8"/>'
        f'<circle class="c" cx="{RADIUS + 4}" cy="{one.middle}" r="{RADIUS}"/>'
        f'<text class="k" x="{RADIUS + 4}" y="{one.middle + 5}">{one.number}</text>{"".join(texts)}</g>'
    )


def _arrows(placed: Sequence[_Placed]) -> Iterator[str]:
    x = LEFT + BOX // 2
    for before, after in pairwise(placed):
        yield f'<path class="a" d="M{x} {before.bottom}V{after.top - 6}"/>'
        yield f'<path class="h" d="M{x} {after.top}l-5 -8h10z"/>'


def _turns(placed: Sequence[_Placed], words: Words) -> Iterator[str]:
    """Dashed lines at the right: to the applicant who is asked, to the specialist who gets a draft back."""
    first = next((one for one in placed if one.step.kind == "submit"), None)
    asking = [one for one in placed if one.step.kind in ASKING]
    if first is not None and asking:
        yield from _turn(asking, first, words.asking)
    specialist = next((one for one in placed if one.step.kind == "appraise"), None)
    returning = [one for one in placed if one.step.kind in RETURNING]
    if specialist is not None and returning:
        yield from _turn(returning, specialist, words.returning, shift=8)


def _turn(sources: Sequence[_Placed], target: _Placed, label: str, *, shift: int = 0) -> Iterator[str]:
    edge, lane = LEFT + BOX, WIDTH - 34 + shift
    end = target.middle + shift
    lowest = max(one.middle for one in sources)
    for one in sources:
        yield f'<path class="a l" d="M{edge} {one.middle - shift}H{lane}"/>'
    yield f'<path class="a l" d="M{lane} {lowest - shift}V{end}H{edge + 8}"/>'
    yield f'<path class="h" d="M{edge} {end}l8 -5v10z"/>'
    middle = (lowest + end) // 2
    yield (
        f'<text class="s" x="{WIDTH - 12 + shift}" y="{middle}" text-anchor="middle" '
        f'transform="rotate(-90 {WIDTH - 12 + shift} {middle})">{escape(label)}</text>'
    )
