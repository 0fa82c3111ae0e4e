"""Dated legal figures: every value with its first day, unit, reference and source quality."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from ansinh.law.errors import FigureMissing

_TOPICS = (
    "levels", "adjustment", "retirement", "pension", "one_time", "voluntary", "maternity", "maternity_days",
    "survivors", "contributions", "voluntary_payment", "health", "sickness", "work_accident", "unemployment",
    "allowances", "indexation",
)  # fmt: skip


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
    def is_confirmed(self) -> bool:
        """Read in a text or table, and without a doubt noted about the whole value."""
        return self.quality == "sourced" and not self.doubt


def figure(name: str, *, on: date) -> Figure:
    """The value of a figure in force on a day.

    Raises ``FigureMissing`` for an unknown figure and for a day before its first value.
    """
    values = _all_figures().get(name)
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
    return tuple(sorted(_all_figures()))


def history(name: str) -> tuple[Figure, ...]:
    """All values of a figure in order of time."""
    return _all_figures()[name]


@lru_cache(maxsize=1)
def _all_figures() -> dict[str, tuple[Figure, ...]]:
    found: dict[str, tuple[Figure, ...]] = {}
    for topic in _TOPICS:
        path = resources.files("ansinh.law").joinpath(f"parameters/{topic}.yaml")
        for name, entry in yaml.safe_load(path.read_text("utf-8")).items():
            values = [_figure(name, entry, value) for value in entry["values"]]
            found[name] = tuple(sorted(values, key=lambda value: value.valid_from))
    return found


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
