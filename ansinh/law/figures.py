"""Dated legal figures: every value with its first day, unit, reference and source quality.

The printed figures are read once. Inside ``with use(other):`` the law reads other ones (what would change?), in this
context only: no other thread or request sees them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from ansinh.law.errors import FigureMissing, LawError
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.outcome import FigureUsed, plain

_TOPICS = (
    "levels", "adjustment", "retirement", "pension", "one_time", "voluntary", "maternity", "maternity_days",
    "survivors", "contributions", "voluntary_payment", "health", "sickness", "work_accident", "unemployment",
    "allowances", "indexation",
)  # fmt: skip
_CALENDAR = "calendar.yaml"


@dataclass(frozen=True)
class Figure:
    """One value of a figure: in force from ``valid_from`` until the next value."""

    name: str
    label_vi: str
    value: Any
    valid_from: date
    unit: str
    reference: str
    quality: str
    doubt: str = ""
    doubtful_keys: tuple[str, ...] = ()

    @property
    def label_en(self) -> str:
        """The English name; the Vietnamese one of a figure nobody has named yet."""
        return _names_en().get(self.name, self.label_vi)

    @cached_property
    def used(self) -> FigureUsed:
        """This value as a result names it."""
        return FigureUsed(
            name=self.name,
            label_vi=self.label_vi,
            label_en=self.label_en,
            value=plain(self.value),
            unit=self.unit,
            valid_from=self.valid_from,
            reference=self.reference,
            quality=self.quality,
        )

    @property
    def is_confirmed(self) -> bool:
        """Read in a text or table, and without a doubt noted about the whole value."""
        return self.quality == "sourced" and not self.doubt


def figure(name: str, *, on: date) -> Figure:
    """The value of a figure in force on a day.

    Raises ``FigureMissing`` for an unknown figure and for a day before its first value.
    """
    values = figures_in_use().get(name)
    if values is None:
        raise FigureMissing("figure-unknown", f"Không có tham số “{name}”.", name=name)
    place = bisect_right([value.valid_from for value in values], on)
    if place == 0:
        raise FigureMissing(
            "figure-missing",
            f"Chưa có giá trị của “{values[0].label_vi}” cho ngày {on:%d/%m/%Y}; giá trị đầu tiên "
            f"từ ngày {values[0].valid_from:%d/%m/%Y}.",
            f"There is no value of {name} on {on}; the first is of {values[0].valid_from}.",
            name=name,
            on=on,
        )
    return values[place - 1]


def figure_names() -> tuple[str, ...]:
    """Names of all figures, in order."""
    return tuple(sorted(figures_in_use()))


def history(name: str) -> tuple[Figure, ...]:
    """All values of a figure in order of time."""
    return figures_in_use()[name]


Figures = Mapping[str, tuple[Figure, ...]]
_chosen: ContextVar[Figures | None] = ContextVar("law_figures", default=None)


@contextmanager
def use(figures: Figures) -> Iterator[None]:
    """Let the law read these figures inside the block."""
    before = _chosen.set(figures)
    try:
        yield
    finally:
        _chosen.reset(before)


def figures_in_use() -> Figures:
    """The figures of this context: the printed ones, or those of ``use``."""
    return _chosen.get() or _printed()


def changed_figures(path: Path) -> Figures:
    """The printed figures with those of one parameter file, or of every ``*.yaml`` of a folder, in their place.

    A figure is replaced with all its values. Raises ``LawError`` for a file that cannot be read, a shape that is not
    that of ``parameters/*.yaml`` and a figure the law does not know.
    """
    files = sorted(one for one in path.glob("*.yaml") if one.name != _CALENDAR) if path.is_dir() else [path]
    if not files:
        raise LawError("figures-missing", f"Thư mục {path} không có tệp tham số .yaml nào.", f"No .yaml in {path}.")
    changed = dict(_printed())
    for file in files:
        try:
            found = _figures_of(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as fault:
            raise LawError(
                "figures-unreadable",
                f"Không đọc được tệp tham số {file}: {fault}.",
                f"The parameter file {file} cannot be read: {fault}.",
            ) from fault
        if unknown := sorted(found.keys() - changed.keys()):
            raise LawError(
                "figure-unknown",
                f"Tệp {file} có tham số không tồn tại: {', '.join(unknown)}.",
                f"{file} has figures the law does not know: {', '.join(unknown)}.",
            )
        changed |= found
    return changed


@lru_cache(maxsize=1)
def _names_en() -> Mapping[str, str]:
    named: dict[str, str] = read_yaml(resources.files("ansinh.law").joinpath("figure_names.yaml").read_text("utf-8"))
    return named


@lru_cache(maxsize=1)
def _printed() -> Figures:
    found: dict[str, tuple[Figure, ...]] = {}
    for topic in _TOPICS:
        path = resources.files("ansinh.law").joinpath(f"parameters/{topic}.yaml")
        found |= _figures_of(path.read_text("utf-8"))
    return found


def _figures_of(text: str) -> dict[str, tuple[Figure, ...]]:
    return {
        name: tuple(
            sorted((_figure(name, entry, value) for value in entry["values"]), key=lambda value: value.valid_from)
        )
        for name, entry in read_yaml(text).items()
    }


def _figure(name: str, entry: dict[str, Any], value: dict[str, Any]) -> Figure:
    return Figure(
        name=name,
        label_vi=entry["name"],
        value=_with_text_keys(value["value"]),
        valid_from=date.fromisoformat(str(value["from"])),
        unit=entry["unit"],
        reference=value["reference"],
        quality=value["quality"],
        doubt=value.get("unconfirmed", ""),
        doubtful_keys=tuple(value.get("unconfirmed_keys", ())),
    )


def _with_text_keys(value: Any) -> Any:
    """Tables by year are read with text keys, as their other keys are words."""
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else value
