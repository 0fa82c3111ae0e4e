"""On what grounds a limit may be extended: the procedure's own, and dated ones that hold for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.law.deadlines import Limit, Unit


@dataclass(frozen=True)
class ExtensionGround:
    """`limit` takes the place of the first one (only for `result_key`); without it up to `most_days` are added."""

    code: str
    name_vi: str
    name_en: str
    basis_vi: str
    limit: Limit | None = None
    result_key: str = ""
    most_days: int = 0


def grounds_for(dossier: Dossier, *, on: date) -> list[ExtensionGround]:
    """Those of the frozen version first: a longer limit that an officer chooses, as the 45 days of a verification."""
    own = [
        ExtensionGround(
            code=f"deadline:{one.key}",
            name_vi=one.name_vi or one.key,
            name_en=one.name_en or one.key,
            basis_vi=one.basis_vi or "Thời hạn của thủ tục",
            limit=Limit(one.value, Unit(one.unit)),
            result_key=one.for_result or "",
        )
        for one in frozen(dossier.version_id).procedure.deadlines
        if one.chosen_by == "officer" and one.value > 0
    ]
    return own + grounds_for_all(on=on)


def grounds_for_all(*, on: date) -> list[ExtensionGround]:
    """The dated ones, which hold whatever the procedure."""
    return [
        ExtensionGround(row["code"], row["name_vi"], row["name_en"], row["basis_vi"], most_days=row["most_days"])
        for row in _dated()
        if row["valid_from"] <= on <= row.get("valid_to", date.max)
    ]


@cache
def _dated() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("extensions.yaml").read_text(encoding="utf-8"))
    return rows
