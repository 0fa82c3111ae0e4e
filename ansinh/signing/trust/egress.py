"""The one way out to issuers of certificates: only addresses of the trust list, no redirect, short and small."""

from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 5.0
MOST_BYTES: Final = 32 * 1024 * 1024

Fetch = Callable[[str, bytes], bytes]
"""Address and request (empty: GET) to the answer; raises NoAnswer."""


class NoAnswer(Exception):
    """The issuer did not answer, or the address is not one we ask."""


def fetcher(allowed: frozenset[str]) -> Fetch:
    """A fetcher that asks exactly these addresses. Answers are signed, so plain HTTP is what issuers offer.

    Proxies of the environment are not used, redirects are not followed: nothing but the listed address is contacted.
    """

    def fetch(address: str, request: bytes) -> bytes:
        if address not in allowed:
            raise NoAnswer(f"not on the trust list: {address}")
        return _ask(address, request)

    return fetch


def _ask(address: str, request: bytes) -> bytes:
    parts = urlsplit(address)
    if parts.scheme != "http" or not parts.hostname:
        raise NoAnswer(f"not an http address: {address}")
    connection = HTTPConnection(parts.hostname, parts.port or 80, timeout=SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        if request:
            connection.request("POST", path, body=request, headers={"Content-Type": "application/ocsp-request"})
        else:
            connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != 200:
            raise NoAnswer(f"{address} answered {answer.status}")
        content = answer.read(MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise NoAnswer(f"{address}: {error}") from error
    finally:
        connection.close()
    if len(content) > MOST_BYTES:
        raise NoAnswer(f"{address}: too much")
    return content
