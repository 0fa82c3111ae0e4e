"""Whether who is signed in proved oneself strongly just now: asked before money, contacts or doors change."""

from __future__ import annotations

from datetime import datetime

from ansinh.people.doors.rules import door_rules
from ansinh.people.doors.sessions import SignedIn
from ansinh.platform.zone import local_day


def stepped_up(signed: SignedIn, *, at: datetime) -> bool:
    """Whether a passkey, an authenticator app or VNeID of level 2 was shown in the last minutes of `door_rules.yaml`.

    A code by SMS never counts, nor a recovery code: whoever has taken over a number or a sheet of paper has no more.
    """
    return signed.factor in door_rules(local_day(at)).step_up_factors and shown_lately(signed, at=at)


def shown_lately(signed: SignedIn, *, at: datetime) -> bool:
    """Whether any second factor was shown in those minutes, a recovery code too."""
    return signed.factor_at is not None and signed.factor_at > at - door_rules(local_day(at)).step_up


def proved_lately(signed: SignedIn, *, at: datetime) -> bool:
    """Whether the holder proved oneself in those minutes by any means, a password too: enough to add a first factor."""
    return signed.proved_at > at - door_rules(local_day(at)).step_up
