"""The program listening on a free port inside the test, and a page that asks it over real sockets."""

import http.client
import json
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ansinh_token.cli import service_of
from ansinh_token.server import listen
from ansinh_token.service import Service
from ansinh_token.settings import Settings

PORTAL = "https://cong.example.vn"
_FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON."""
        read: dict[str, Any] = json.loads(self.body)
        return read

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def code(self) -> str:
        """The refusal's code."""
        return str(self.json["code"])


@dataclass
class Running:
    """The running program, and what a browser sends to it."""

    service: Service
    token: str = field(default="")

    def send(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        at: str = "127.0.0.1",
    ) -> Reply:
        """One request exactly as given; only Host and Content-Length are added when missing."""
        connection = http.client.HTTPConnection(at, self.service.port, timeout=30)
        try:
            connection.request(method, path, body=body or None, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def ask(self, route: str, values: Any = None, *, origin: str = PORTAL, **headers: str) -> Reply:
        """What the portal's page asks, with its token when it has one."""
        given = {"Origin": origin, "Content-Type": "application/json"} | headers
        if self.token:
            given.setdefault("Authorization", f"Bearer {self.token}")
        return self.send("POST", f"/v1/{route}", body=json.dumps(values or {}).encode(), headers=given)

    def pair(self) -> None:
        """Pair the page; the number is read where the person reads it."""
        begun = self.ask("pair").json
        number = self.service.own_side.pairings.offers()[0].number
        self.token = self.ask("pair/confirm", {"pairing": begun["pairing"], "number": number}).json["token"]

    def open(self, path: str, **headers: str) -> Reply:
        """The person opens a page of the program; `path` comes after the secret."""
        return self.send("GET", self.service.own_side.base + path, headers=headers)

    def press(self, path: str, values: Mapping[str, str], **headers: str) -> Reply:
        """The person presses a button on that page."""
        key = _FORM_KEY.search(self.open(path).text)
        given = {
            "Origin": f"http://127.0.0.1:{self.service.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        } | headers
        form = urlencode({"form_key": key.group(1) if key else ""} | dict(values)).encode()
        return self.send("POST", self.service.own_side.base + path, body=form, headers=given)


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(*modules: Path) -> Iterator[Running]:
    """The program for these PKCS#11 modules."""
    service = service_of(
        Settings(portals=frozenset({PORTAL}), modules=modules, port=free_port(), open_browser=False), poll_seconds=0.3
    )
    servers = listen(service.port, service.answer)
    try:
        yield Running(service)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
