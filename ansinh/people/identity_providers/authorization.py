"""The two halves of a sign-in at a provider: where to send the browser, and what to make of what it brings back."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlencode

from ansinh.people.identity_providers import egress
from ansinh.people.identity_providers.assertions import AssertedIdentity, assertion
from ansinh.people.identity_providers.discovery import metadata
from ansinh.people.identity_providers.id_token import checked
from ansinh.people.identity_providers.providers import Provider
from ansinh.people.identity_providers.refusals import refused


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way. The three secrets stay in the browser's session here; the provider sees a digest of one."""

    address: str
    state: str
    nonce: str
    verifier: str


def begin(provider: Provider, *, redirect_uri: str) -> Begun:
    """Where the browser goes to sign in. Raises ProviderDown."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.entry.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(provider.entry.scopes),
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if provider.entry.acr_values:
        asked["acr_values"] = provider.entry.acr_values
    place = metadata(provider).authorization_endpoint
    return Begun(f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", state, nonce, verifier)


def finish(
    provider: Provider, *, code: str, nonce: str, verifier: str, redirect_uri: str, at: datetime
) -> AssertedIdentity:
    """Who signed in there. Asks the provider, so not to be called inside a transaction.

    Raises ProviderDown, IdentityRefused.
    """
    place = metadata(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code[:2000],
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    answer = egress.post(provider, place.token_endpoint, form)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise refused(provider, "malformed")
    claims = checked(token, provider=provider, nonce=nonce, at=at)
    bearer = answer.get("access_token")
    if place.userinfo_endpoint and isinstance(bearer, str):
        told = egress.get(provider, place.userinfo_endpoint, bearer=bearer)
        if told.get("sub") != claims["sub"]:
            raise refused(provider, "subject")
        # What the token itself says stands: it alone is signed.
        claims = {**told, **claims}
    return assertion(provider, claims)
