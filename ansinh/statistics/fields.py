"""Fields of work: policy execution beside participation (R-131, R-132), and which field a procedure belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ansinh.catalogue.queries import folders

POLICY = "policy"
OTHER = "other"
"""Of a procedure that no folder knows."""


@dataclass(frozen=True)
class FieldOfWork:
    """Procedures whose work one of these functions does."""

    key: str
    functions: tuple[str, ...]
    name_vi: str
    name_en: str


@cache
def fields_of_work() -> Mapping[str, FieldOfWork]:
    """Every field by key."""
    rows = yaml.safe_load(Path(__file__).with_name("fields.yaml").read_text(encoding="utf-8"))
    return {row["key"]: FieldOfWork(**{**row, "functions": tuple(row["functions"])}) for row in rows}


@cache
def field_of_procedures() -> Mapping[str, str]:
    """Procedure → key of its field, as the newest folder says."""
    of_function = {one: field.key for field in fields_of_work().values() for one in field.functions}
    newest = sorted(folders(), key=lambda folder: folder.in_force_on)
    return {one.slug: of_function.get(one.procedure.route.function, OTHER) for one in newest}
