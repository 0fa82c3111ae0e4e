"""Dated rules of the agency about organisations: the file beside this module, or the one the installation names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Confirmation:
    """What may confirm a dossier of an organisation besides the organisation's own certificate."""

    transaction_code: bool
    personal_certificate: bool


def confirmation(*, on: date) -> Confirmation:
    """The rule of a day."""
    row = _in_force("confirmation", on)
    return Confirmation(row["transaction_code"], row["personal_certificate"])


def approved_by_signature(procedure: str, *, on: date) -> bool:
    """Whether the signature of the organisation is enough for this procedure on a day: no officer, no visit."""
    return procedure in _in_force("approved_by_signature", on)["procedures"]


def invitation_days(*, on: date) -> int:
    """Days to answer an invitation made on a day."""
    return int(_in_force("invitation_days", on)["value"])


def _in_force(topic: str, on: date) -> dict[str, Any]:
    rows = [row for row in _rules(settings.ORGANISATION_RULES)[topic] if date.fromisoformat(row["from"]) <= on]
    return max(rows, key=lambda row: str(row["from"]))


@cache
def _rules(path: Path) -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
