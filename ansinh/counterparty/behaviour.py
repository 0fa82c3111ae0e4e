"""How the outside world behaves: promptly by default, badly for chosen numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOODS = ("deliver", "refuse", "busy", "undelivered", "silent")
"""Deliver; refuse for good; be busy; accept and fail later; accept and never report."""


@dataclass(frozen=True)
class Behaviour:
    """`delay` seconds pass between taking a message and reporting on it; `moods` by number or address."""

    delay: float = 1.0
    moods: Mapping[str, str] = field(default_factory=dict)

    def mood(self, recipient: str) -> str:
        """What happens to messages for this recipient."""
        return self.moods.get(recipient, "deliver")


def parse_mood(text: str) -> tuple[str, str]:
    """`84912345678=busy` as a pair. Raises ValueError for a mood there is not."""
    recipient, _, mood = text.rpartition("=")
    if not recipient or mood not in MOODS:
        raise ValueError(f"write NUMBER=MOOD with one of {', '.join(MOODS)}")
    return recipient, mood
