"""How sure a provider was of the person who sits here: kept in the facts of the session, for acts that ask for more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

SLOT = "assurance"


@dataclass(frozen=True)
class Assurance:
    """A provider's word. `level` is that of the electronic identity (NĐ 69/2024/NĐ-CP): 2 was compared in person."""

    provider: str
    level: int
    at: datetime


def keep(request: HttpRequest, assured: Assurance) -> None:
    """The session knows it until its end; who asks for a fresh one looks at `at`."""
    request.session[SLOT] = {"provider": assured.provider, "level": assured.level, "at": assured.at.isoformat()}


def kept(request: HttpRequest) -> Assurance | None:
    """What a provider said of whoever signed in, or None after a sign-in by password."""
    facts = request.session.get(SLOT)
    return Assurance(facts["provider"], facts["level"], datetime.fromisoformat(facts["at"])) if facts else None
