"""The chart of accounts (chart.yaml): what is booked by key has a number and a name on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ansinh.people.dated_rules import newest, rows_of

_FILE = Path(__file__).with_name("chart.yaml")
CLEARING = frozenset({"in_transit", "unmatched"})
"""Accounts that return to zero once every matter is settled."""


@dataclass(frozen=True)
class ChartAccount:
    """An account as of a day. `grows_by_debit`: assets and expenses."""

    key: str
    number: str
    kind: str
    name_vi: str
    name_en: str

    @property
    def grows_by_debit(self) -> bool:
        """Whether its balance is shown as debits less credits."""
        return self.kind in ("asset", "expense")


def keys() -> frozenset[str]:
    """Every key that was ever in the chart."""
    return frozenset(str(row["key"]) for row in rows_of(_FILE)["accounts"])


def chart_account(key: str, *, on: date) -> ChartAccount:
    """The account of this key on a day; a key that the chart does not have then is a fault (ValueError)."""
    row = newest([row for row in _rows() if row["key"] == key], on=on)
    return ChartAccount(key, row["number"], row["kind"], row["name_vi"], row["name_en"])


def chart(*, on: date) -> list[ChartAccount]:
    """All accounts of a day by number."""
    return sorted((chart_account(key, on=on) for key in keys()), key=lambda one: one.number)


def _rows() -> list[dict[str, str]]:
    return [{**row, "from": str(row["from"])} for row in rows_of(_FILE)["accounts"]]
