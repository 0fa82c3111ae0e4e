"""How far a unit is with a campaign, as it is typed: by the unit or by its officer."""

from __future__ import annotations

from collections.abc import Mapping

from ansinh.directives.campaigns.follow import Progress

LARGEST = 10_000_000


def typed_progress(typed: Mapping[str, str]) -> Progress:
    """The two numbers of the boxes `reached` and `out_of`, `finished` and a note; what is no number is None."""
    return Progress(
        _number(typed.get("reached", "")), _number(typed.get("out_of", "")), typed.get("finished") == "true",
        typed.get("note", ""),
    )  # fmt: skip


def _number(text: str) -> int | None:
    digits = text.replace(".", "").replace(" ", "")
    return min(int(digits), LARGEST) if digits.isdecimal() and digits.isascii() else None
