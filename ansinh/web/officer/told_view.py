"""What was sent to the applicant about a dossier, and whether it arrived (R-129)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Channel, State
from ansinh.notifications.queries import messages_about
from ansinh.notifications.reasons import in_words
from ansinh.people.contacts import masked
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import NO_BREAK_SPACE

MOST = 20
LOST = frozenset({State.FAILED, State.EXPIRED})


@dataclass(frozen=True)
class Told:
    """One SMS or e-mail: when, where to (masked), its words, and what became of it; `lost` asks for a call instead."""

    at: datetime
    way: str
    text: str
    state: str
    lost: bool


def told_about(dossier: Dossier) -> list[Told]:
    """The newest messages about a dossier, newest first."""
    return [
        Told(
            at=one.created_at,
            way=translate("{channel} đến {recipient}", channel=translate(Channel(one.channel).label),
                          recipient=masked(one.recipient).replace(" ", NO_BREAK_SPACE)),
            text=one.subject or one.body,
            state=_state(one.state, one.error),
            lost=one.state in LOST,
        )
        for one in messages_about(dossier.pk)[:MOST]
    ]  # fmt: skip


def _state(state: str, error: str) -> str:
    words = translate(State(state).label)
    return f"{words}: {translate(in_words(error))}" if state in LOST else words
