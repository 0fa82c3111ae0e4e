"""How a signed-in person proved oneself beyond the password. A code by SMS or e-mail is no such proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class StrongProof:
    """A passkey, an authenticator application, or national identification at level 2, used a moment ago."""

    method: Literal["passkey", "totp", "vneid"]
    enrolled_at: datetime
    """Since when the account has this means: a thief adds a new one."""
    proven_at: datetime
