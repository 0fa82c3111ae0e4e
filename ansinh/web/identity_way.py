"""A sign-in at a provider while it is on its way, and an identity that waits for its account: kept in the session.

Each is used once and for minutes; neither is ever shown to the browser.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ansinh.people import asked_often
from ansinh.people.identity_providers.assertions import AssertedIdentity
from ansinh.people.identity_providers.authorization import begin
from ansinh.people.identity_providers.providers import Provider
from ansinh.web.actors import network

LIFE: Final = timedelta(minutes=10)
BEGUN, MOST_BEGUN = "federated", 600
"""Sign-ins that one network may begin in an hour: each asks the provider."""
_WAY, _IDENTITY = "identity_way", "identity_asserted"


@dataclass(frozen=True)
class Way:
    """A sign-in begun here. `onward` is where it leads; `to_link` adds the identity to the signed-in account."""

    provider: str
    state: str
    nonce: str
    verifier: str
    onward: str
    to_link: bool
    until: str


def set_out(request: HttpRequest, provider: Provider, *, onward: str, to_link: bool, at: datetime) -> str:
    """The address at the provider that the browser goes to; a second press begins anew.

    Raises ProviderDown, and NotAllowed for a network that asks too often.
    """
    asked_often.take(BEGUN, network=network(request), most=MOST_BEGUN, at=at)
    begun = begin(provider, redirect_uri=address_of_return(provider))
    way = Way(provider.key, begun.state, begun.nonce, begun.verifier, onward, to_link, (at + LIFE).isoformat())
    request.session[_WAY] = asdict(way)
    return begun.address


def address_of_return(provider: Provider) -> str:
    """Where the provider sends the browser back to: one address for each provider, so that none answers for another."""
    return str(settings.PUBLIC_URL) + reverse("account:federated-back", kwargs={"provider": provider.key})


def take_way(request: HttpRequest, *, provider: str, state: str, at: datetime) -> Way | None:
    """The sign-in that this answer belongs to, used up; None for an answer nobody here asked for."""
    kept: dict[str, Any] | None = request.session.pop(_WAY, None)
    if kept is None:
        return None
    way = Way(**kept)
    fits = way.provider == provider and hmac.compare_digest(way.state.encode(), state.encode())
    return way if fits and at < datetime.fromisoformat(way.until) else None


def remember_identity(request: HttpRequest, asserted: AssertedIdentity, *, at: datetime) -> None:
    """An identity without an account waits for a sign-in, a registration or a confirmation."""
    request.session[_IDENTITY] = {"facts": asdict(asserted), "until": (at + 3 * LIFE).isoformat()}


def waiting_identity(request: HttpRequest, *, at: datetime) -> AssertedIdentity | None:
    """The identity that waits in this session."""
    kept = request.session.get(_IDENTITY)
    if kept is None or at >= datetime.fromisoformat(kept["until"]):
        return None
    return AssertedIdentity(**kept["facts"])


def forget_identity(request: HttpRequest) -> None:
    """It has found its account."""
    request.session.pop(_IDENTITY, None)
