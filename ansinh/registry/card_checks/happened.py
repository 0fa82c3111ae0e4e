"""What a card check publishes: a past fact, heard in `ansinh.reactions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CardChecked:
    """A facility was shown what the register holds of a card."""

    si_number: str
    facility: str
    at: datetime
