"""A browser that costs little: cookies, forms with their token, an address of its own on the loopback network."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    status: int
    location: str
    body: str
    seconds: float


@dataclass
class Browser:
    """One person's browser. `network` is the address it asks from: Linux gives this machine all of 127.0.0.0/8."""

    port: int
    network: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self.ask("GET", path)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Press a button; a browser without the form's token first reads the page."""
        if "csrftoken" not in self.cookies:
            self.get(path)
        return self.ask("POST", path, {**form, "csrfmiddlewaretoken": self.cookies["csrftoken"]})

    def ask(
        self, method: str, path: str, form: Mapping[str, str] | Sequence[tuple[str, str]] | None = None, **headers: str
    ) -> Answer:
        """One request on a connection of its own."""
        sent = {"Host": "localhost", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body, sent["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.network, 0))
        began = time.perf_counter()
        try:
            connection.request(method, path, body=body, headers=sent | headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            seconds = time.perf_counter() - began
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return Answer(answer.status, answer.headers.get("Location", ""), text, seconds)

    def again(self) -> Browser:
        """The same cookies in another window."""
        return Browser(self.port, self.network, dict(self.cookies))


def network(number: int, *, block: int) -> str:
    """An address in a /24 of its own, so that no limit of a network is shared; 250 of them to a block."""
    return f"127.{block + number // 250}.{number % 250}.1"
