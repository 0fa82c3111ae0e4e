"""The published list of services: five groups, thirty rows, and the cases named inside a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.folder import SubCase
from ansinh.catalogue.yaml_file import plain, read_yaml
from ansinh.eforms.marks import place

_WHERE = "procedures/catalogue.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of services: A to E of the list, and the account functions."""

    key: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One row of the list, worded as published; ``agency_vi`` is the agency the list names."""

    row: str
    procedure: str
    name_vi: str
    name_en: str
    agency_vi: str
    levels: tuple[str, ...]
    added_on: date | None = None
    cases: tuple[SubCase, ...] = ()

    @property
    def group(self) -> str:
        """The letter of the group the row stands in."""
        return self.row[0]


@dataclass(frozen=True, slots=True)
class ServiceList:
    """The whole list."""

    published_on: date
    source_vi: str
    groups: tuple[Group, ...]
    rows: tuple[ServiceRow, ...]

    def rows_of(self, slug: str) -> tuple[ServiceRow, ...]:
        """The rows of a procedure; one procedure may stand in two groups (R-025)."""
        return tuple(row for row in self.rows if row.procedure == slug)

    def in_group(self, key: str) -> tuple[ServiceRow, ...]:
        """The rows of a group, in the order of the list."""
        return tuple(row for row in self.rows if row.group == key)


def read_services(root: Path, *, slugs: frozenset[str]) -> ServiceList:
    """The list in ``root/catalogue.yaml``; raises :class:`FolderError` on an unknown procedure."""
    node = read_yaml(root / "catalogue.yaml", where=_WHERE)
    for row in node["rows"]:
        if row["procedure"] not in slugs:
            raise FolderError(place(_WHERE, row), f"row {row['row']}: no procedure “{row['procedure']}”")
    return ServiceList(
        published_on=date.fromisoformat(node["published_on"]),
        source_vi=node["source_vi"],
        groups=tuple(Group(**group) for group in node["groups"]),
        rows=tuple(_row(plain(row)) for row in node["rows"]),
    )


def _row(node: Mapping[str, Any]) -> ServiceRow:
    added = node.get("added_on")
    return ServiceRow(
        row=node["row"],
        procedure=node["procedure"],
        name_vi=node["name_vi"],
        name_en=node["name_en"],
        agency_vi=node["agency_vi"],
        levels=tuple(node["levels"]),
        added_on=None if added is None else date.fromisoformat(added),
        cases=tuple(SubCase(**case) for case in node.get("cases", ())),
    )
