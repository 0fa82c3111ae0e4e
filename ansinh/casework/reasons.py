"""Coded reasons for asking more and for refusing, kept as data beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ansinh.platform.errors import Invalid
from ansinh.platform.yaml_files import load_own


@dataclass(frozen=True)
class Reason:
    """A code with its sentence, its clause and what a good one looks like."""

    code: str
    use: str
    """supplement or refusal."""
    name_vi: str
    name_en: str
    clause_vi: str
    good_vi: str = ""
    good_en: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    """Both included: letters of an earlier day keep the wording of their day."""

    def holds(self, on: date) -> bool:
        """Whether an officer may give it on that day."""
        return self.valid_from <= on <= self.valid_to


@cache
def reasons() -> dict[str, Reason]:
    """Every reason by code."""
    rows = load_own(Path(__file__).with_name("reasons.yaml"))
    return {row["code"]: Reason(**row) for row in rows}


def reasons_for(use: str, *, on: date) -> list[Reason]:
    """Reasons to choose from on a day, for `supplement` or `refusal`."""
    return [one for one in reasons().values() if one.use == use and one.holds(on)]


def reason(code: str, *, on: date | None = None) -> Reason:
    """The reason of this code, with a day one that may be given then; raises Invalid."""
    found = reasons().get(code)
    if found is None or (on is not None and not found.holds(on)):
        raise Invalid("reason-unknown", "Chưa chọn lý do. Xin chọn một lý do trong danh sách.")
    return found
