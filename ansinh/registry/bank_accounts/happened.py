"""What a change of the paid account publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class BankAccountChangeAsked:
    """A change was asked for; `freeze_code` stops it and is told to every contact of before."""

    change_id: UUID
    freeze_code: str
    at: datetime


@dataclass(frozen=True)
class BankAccountChangeEnded:
    """A change was approved, refused, stopped or taken back: `state` says which."""

    change_id: UUID
    state: str
    at: datetime
