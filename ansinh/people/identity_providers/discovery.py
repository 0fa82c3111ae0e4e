"""What a provider says of itself, and its keys: kept for a while, asked again when a token names an unknown key."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from ansinh.people.identity_providers import egress
from ansinh.people.identity_providers.providers import Provider
from ansinh.people.identity_providers.refusals import down

KEPT_SECONDS: Final = 600.0
_KINDS: Final = frozenset({"RSA", "EC"})
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Metadata:
    """The provider's addresses."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str


class _Memory:
    """Answers by provider, with the moment they came. Each process has its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], tuple[float, Any]] = {}

    def recall(self, kind: str, provider: Provider, ask: Callable[[], Kept], *, younger_than: float) -> Kept:
        """The kept answer, if young enough, else a new one."""
        key, now = (kind, provider.issuer), time.monotonic()
        with self._lock:
            found = self._kept.get(key)
        if found is not None and now - found[0] < younger_than:
            answer: Kept = found[1]
            return answer
        answer = ask()
        with self._lock:
            self._kept[key] = (now, answer)
        return answer


_memory = _Memory()


def metadata(provider: Provider) -> Metadata:
    """Its discovery document, checked. Raises ProviderDown."""
    return _memory.recall("metadata", provider, lambda: _metadata(provider), younger_than=KEPT_SECONDS)


def keys(provider: Provider, *, unknown_key: bool = False) -> KeySet:
    """Its public keys; `unknown_key` asks again although they are kept. Raises ProviderDown."""
    age = settings.IDENTITY_KEYS_REST_SECONDS if unknown_key else KEPT_SECONDS
    return _memory.recall("keys", provider, lambda: _keys(provider), younger_than=age)


def _metadata(provider: Provider) -> Metadata:
    told = egress.get(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise down(provider, "its document names another issuer")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    found = {name: told.get(name) for name in (*names, "userinfo_endpoint")}
    for name, url in found.items():
        if (name in names or url) and not (isinstance(url, str) and provider.may_be_asked(url)):
            raise down(provider, f"its {name} is not its own: {str(url)[:100]!r}")
    return Metadata(**{name: str(url or "") for name, url in found.items()})


def _keys(provider: Provider) -> KeySet:
    told = egress.get(provider, metadata(provider).jwks_uri)
    listed = told.get("keys")
    if not isinstance(listed, list):
        raise down(provider, "no list of keys")
    usable = [one for one in listed if isinstance(one, dict) and one.get("kty") in _KINDS and one.get("use") != "enc"]
    try:
        return KeySet([RSAKey.import_key(one) if one["kty"] == "RSA" else ECKey.import_key(one) for one in usable])
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise down(provider, "a key that is none") from error
