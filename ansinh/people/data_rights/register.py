"""What is held about people: the register that the page, the copy and a house test read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ansinh.platform.yaml_files import load_own

FILE = Path(__file__).with_name("register.yaml")


@dataclass(frozen=True)
class Category:
    """One kind of data with the tables it lies in; texts in both languages."""

    key: str
    tables: tuple[str, ...]
    name_vi: str
    name_en: str
    what_vi: str
    what_en: str
    why_vi: str
    why_en: str
    ground_vi: str
    ground_en: str
    kept_vi: str
    kept_en: str
    seen_vi: str
    seen_en: str
    sensitive: bool
    copied: bool = True
    not_copied_vi: str = ""
    not_copied_en: str = ""


@cache
def categories() -> tuple[Category, ...]:
    """Every kind of data, in the order of the page."""
    return tuple(Category(**{**row, "tables": tuple(row["tables"])}) for row in _file()["categories"])


def without_people() -> Mapping[str, str]:
    """Tables that hold nothing about anybody, each with what it is."""
    found: Mapping[str, str] = _file()["nobody"]
    return found


@cache
def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = load_own(FILE)
    return loaded
