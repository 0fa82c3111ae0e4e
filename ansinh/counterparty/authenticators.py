"""The telephones of the demonstration's officers: their authenticator apps, with the codes of this moment.

Every secret is derived from one of this installation (`var/secrets/demo-authenticators`); the demonstration's world
gives the same to the officers' accounts. Outside the demonstration nobody has such a secret.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import yaml

from ansinh.people.doors.authenticator import SECRET_BYTES, code_of, step_of

SECRET: Final = "demo-authenticators"  # noqa: S105 - the name of a file


@dataclass(frozen=True)
class Shown:
    """What one officer's telephone shows now."""

    login: str
    name: str
    code: str


class Authenticators:
    """The apps of the officers in a list of people, or nobody's."""

    def __init__(
        self, people: Path | None = None, root: str = "", now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        facts = yaml.safe_load(people.read_text(encoding="utf-8")) if people else {}
        self._officers = [(one["login"], one["name"]) for one in facts.get("officers", [])]
        self._root, self._now = root, now

    def shown(self) -> Sequence[Shown]:
        """The codes of this moment."""
        step = step_of(self._now())
        return [
            Shown(login, name, code_of(secret_of(login, root=self._root), step=step)) for login, name in self._officers
        ]


def secret_of(login: str, *, root: str) -> bytes:
    """The secret that an officer's app and account share."""
    return hmac.digest(root.encode(), login.encode(), sha256)[:SECRET_BYTES]
