"""Facts of a procedure that nobody has checked against the text of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ansinh.catalogue.folder import ProcedureFolder

UNCHECKED: Final = frozenset({"from_knowledge", "secondary"})


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One such fact: `area` is deadline or law; for a limit `value` and `unit`."""

    area: str
    key: str
    name_vi: str
    name_en: str
    quality: str
    note_vi: str = ""
    note_en: str = ""
    value: int = 0
    unit: str = ""


def uncertain_facts(folder: ProcedureFolder) -> tuple[Uncertain, ...]:
    """Every fact whose quality is neither sourced nor partly sourced."""
    return tuple(_facts(folder))


def _facts(folder: ProcedureFolder) -> Iterator[Uncertain]:
    for one in folder.procedure.deadlines:
        if one.quality in UNCHECKED:
            names = (one.name_vi, one.name_en, one.quality, one.note_vi, one.note_en)
            yield Uncertain("deadline", one.key, *names, value=one.value, unit=one.unit)
    for law in folder.procedure.legal_basis:
        if law.quality in UNCHECKED:
            yield Uncertain("law", law.number, law.title_vi or law.number, law.title_vi or law.number, law.quality)
