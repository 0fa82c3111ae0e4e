"""One HTTP question and its answer, free of sockets."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ansinh_token.refusals import Refused

CLOSED: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
}
"""Headers of every answer, unless an answer says otherwise."""


@dataclass(frozen=True)
class Ask:
    """A question. Names of `headers` are in small letters; `read(most)` gives the body or raises Refused."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    read: Callable[[int], bytes]

    @property
    def origin(self) -> str:
        """The page's origin as its browser tells it, or empty."""
        return self.headers.get("origin", "")


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def with_headers(self, more: Mapping[str, str]) -> "Answer":
        """The same answer with more headers."""
        return Answer(self.status, self.body, self.content_type, {**self.headers, **more})


def told(values: Mapping[str, Any], *, status: int = 200) -> Answer:
    """An answer of JSON."""
    return Answer(status, json.dumps(values, ensure_ascii=False).encode())


def no(refused: Refused) -> Answer:
    """A refusal as an answer."""
    return told(refused.told(), status=refused.kind.status)
