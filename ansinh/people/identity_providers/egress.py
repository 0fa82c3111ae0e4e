"""The one way out to an identity provider: its own addresses, no redirect, no proxy, short and small; JSON only."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

from ansinh.people.identity_providers.providers import Provider
from ansinh.people.identity_providers.refusals import down, refused

SECONDS: Final = 5.0
"""For a connection, for each piece of an answer, and for the whole of it."""
MOST_BYTES: Final = 256 * 1024


def get(provider: Provider, url: str, *, bearer: str = "") -> dict[str, Any]:
    """The JSON object at one of the provider's addresses. Raises ProviderDown, IdentityRefused."""
    return _ask(provider, "GET", url, {"Authorization": f"Bearer {bearer}"} if bearer else {}, b"")


def post(provider: Provider, url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The answer to a form that this portal sends with its secret. Raises ProviderDown, IdentityRefused."""
    values, headers = dict(form), {"Content-Type": "application/x-www-form-urlencoded"}
    name, key = provider.entry.client_id, provider.client_secret
    if provider.entry.client_auth == "basic":
        # Each part is form-encoded before they are put together (RFC 6749, 2.3.1).
        pair = base64.b64encode(f"{quote_plus(name)}:{quote_plus(key)}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    else:
        values |= {"client_id": name, "client_secret": key}
    return _ask(provider, "POST", url, headers, urlencode(values).encode())


def _ask(provider: Provider, method: str, url: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    if not provider.may_be_asked(url):
        raise down(provider, f"an address that is not its own: {url[:100]!r}")
    status, content = _exchange(provider, method, url, {**headers, "Accept": "application/json"}, body)
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise down(provider, f"no JSON, status {status}") from error
    if not isinstance(answer, dict):
        raise down(provider, "no JSON object")
    if 400 <= status < 500:
        raise refused(provider, f"status {status}: {str(answer.get('error'))[:60]}")
    if status != 200:
        raise down(provider, f"status {status}")
    return answer


def _exchange(
    provider: Provider, method: str, url: str, headers: dict[str, str], body: bytes
) -> tuple[int, bytes]:  # fmt: skip
    place = urlsplit(url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=SECONDS)
    ends = time.monotonic() + SECONDS
    try:
        target = f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"
        connection.request(method, target, body=body or None, headers=headers)
        answer = connection.getresponse()
        return answer.status, _content(provider, answer, ends)
    except (OSError, HTTPException) as error:
        raise down(provider, type(error).__name__) from error
    finally:
        connection.close()


def _content(provider: Provider, answer: HTTPResponse, ends: float) -> bytes:
    content = b""
    while piece := answer.read1(64 * 1024):
        content += piece
        if len(content) > MOST_BYTES:
            raise down(provider, "too large an answer")
        if time.monotonic() > ends:
            raise down(provider, "too slow an answer")
    return content
