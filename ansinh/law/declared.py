"""What each calculation asks for: names, kinds and words of its inputs, from ``inputs.yaml``.

A mouth shows them, documents them and checks what people send before the law reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from importlib import resources

from ansinh.law.errors import BadInput, LawError, UnknownBenefit
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.quantities import exact
from ansinh.law.working import read_month

MOST_DONG = 10**13
MOST_COUNTED = 1_200
MOST_ROWS = 1_200
MOST_SPANS = 60
"""Spans of time in one list or table: a rule walks through each month of each."""
YEARS = (1900, 2100)


@dataclass(frozen=True)
class Input:
    """One input: ``kind`` as explained at the head of ``inputs.yaml``."""

    name: str
    kind: str
    label_vi: str
    label_en: str
    required: bool = False
    choices: tuple[str | int, ...] = ()
    columns: tuple[Input, ...] = ()

    @cached_property
    def columns_by_name(self) -> Mapping[str, Input]:
        """The columns of a table by name."""
        return {one.name: one for one in self.columns}


@dataclass(frozen=True)
class Declaration:
    """A benefit with its inputs; ``required`` are those without which nothing can be worked out."""

    benefit: str
    name_vi: str
    name_en: str
    inputs: tuple[Input, ...] = field(default=())

    @cached_property
    def by_name(self) -> Mapping[str, Input]:
        """The inputs by name."""
        return {one.name: one for one in self.inputs}

    def input(self, name: str) -> Input | None:
        """The input of this name."""
        return self.by_name.get(name)


class UnknownInput(LawError):
    """An input the calculation does not know; ``facts['name']`` names it, ``known`` are those it knows."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            "unknown-input",
            f"Phép tính này không có dữ liệu “{name:.60}”. Dữ liệu nhận: {listed}.",
            f"This calculation has no input “{name:.60}”. Its inputs: {listed}.",
            name=name,
        )


def declaration(benefit: str) -> Declaration:
    """The declaration of a benefit; raises ``UnknownBenefit``."""
    found = declarations().get(benefit)
    if found is None:
        raise UnknownBenefit(benefit)
    return found


@lru_cache(maxsize=1)
def declarations() -> Mapping[str, Declaration]:
    """All benefits by key, in order of key."""
    content = read_yaml(resources.files("ansinh.law").joinpath("inputs.yaml").read_text("utf-8"))
    names, benefits = content["names"], content["benefits"]
    return {key: _declaration(key, benefits[key], names) for key in sorted(benefits)}


def faults(declared: Declaration, inputs: Mapping[str, object]) -> Iterator[tuple[str, LawError]]:
    """(path, fault) of every input that is not declared or has not the form of its kind; ``rows[2].months``.

    Amounts and counts beyond any of the world are refused here, as a rule may count up to them.
    """
    return _faults(declared.inputs, inputs, "")


def most_rows(table: Input) -> int:
    """Rows a table may have: fewer where each row is a span of months."""
    return MOST_SPANS if any(column.name == "to_month" for column in table.columns) else MOST_ROWS


def _faults(declared: tuple[Input, ...], given: Mapping[str, object], where: str) -> Iterator[tuple[str, LawError]]:
    known = {one.name: one for one in declared}
    for name, value in given.items():
        one = known.get(name)
        if one is None:
            yield where + name, UnknownInput(name, known)
        elif value is not None and not _has_form(one, value):
            yield where + name, BadInput(name, value, accepted=one.choices)
        elif one.kind == "table" and isinstance(value, list):
            for number, row in enumerate(value):
                yield from _faults(one.columns, row, f"{where}{name}[{number}].")


def _has_form(one: Input, value: object) -> bool:
    try:
        return _fits(one, value)
    except (BadInput, ValueError, ZeroDivisionError):
        return False


def _fits(one: Input, value: object) -> bool:
    match one.kind:
        case "money" | "number":
            return 0 <= exact(value) <= MOST_DONG
        case "count":
            return _whole(value) <= MOST_COUNTED
        case "year":
            return YEARS[0] <= _whole(value) <= YEARS[1]
        case "flag":
            return isinstance(value, bool)
        case "choice":
            return str(value) in map(str, one.choices)
        case "day" | "month":
            return _is_day(one.name, value)
        case "birth":
            text = str(value)
            return (len(text) == 4 and YEARS[0] <= _whole(text) <= YEARS[1]) or _is_day(one.name, value)
        case "table":
            return _is_short_list(value, most_rows(one)) and all(isinstance(row, Mapping) for row in value)  # type: ignore[attr-defined]
        case "periods":
            return _is_short_list(value, MOST_SPANS) and all(
                isinstance(span, list) and len(span) == 2 and all(_is_day(one.name, end) for end in span)
                for span in value  # type: ignore[attr-defined]
            )
        case "list" if isinstance(value, list):
            return _is_short_list(value, MOST_ROWS) and all(map(_is_scalar, value))
        case _:
            return _is_scalar(value)


def _is_day(name: str, value: object) -> bool:
    month = read_month(name, value)
    return YEARS[0] <= month.year <= YEARS[1]


def _is_short_list(value: object, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most


def _is_scalar(value: object) -> bool:
    if isinstance(value, (int, float, Fraction)) and not isinstance(value, bool):
        return 0 <= exact(value) <= MOST_DONG
    return isinstance(value, (str, date)) and len(str(value)) <= MOST_COUNTED


def _whole(value: object) -> int:
    number = exact(value)
    if number < 0 or number.denominator != 1:
        raise ValueError("not a count")
    return int(number)


def _declaration(key: str, entry: Mapping[str, object], names: Mapping[str, Mapping[str, str]]) -> Declaration:
    columns: Mapping[str, list[str]] = entry.get("columns", {})  # type: ignore[assignment]
    choices: Mapping[str, list[str | int]] = entry.get("choices", {})  # type: ignore[assignment]

    def one(name: str, *, required: bool) -> Input:
        words = names[name]
        return Input(
            name=name,
            kind=words["kind"],
            label_vi=words["vi"],
            label_en=words["en"],
            required=required,
            choices=tuple(choices.get(name, ())),
            columns=tuple(one(column, required=False) for column in columns.get(name, ())),
        )

    required: list[str] = entry.get("required", [])  # type: ignore[assignment]
    optional: list[str] = entry.get("optional", [])  # type: ignore[assignment]
    return Declaration(
        benefit=key,
        name_vi=str(entry["vi"]),
        name_en=str(entry["en"]),
        inputs=(*(one(name, required=True) for name in required), *(one(name, required=False) for name in optional)),
    )
