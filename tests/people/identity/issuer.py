"""An identity provider under the test's hand: it answers what it is told, rightly signed or not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from ansinh.people.identity_providers.providers import Provider, provider

CLIENT = "ansinh"


@dataclass
class Issuer:
    """What it will answer. `claims` are added to the ID token's, `key` signs it, `listed` are the keys it publishes."""

    url: str = ""
    at: datetime = field(default_factory=datetime.now)
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    listed: list[RSAKey] = field(default_factory=list)
    token: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    body: bytes = b""
    status: int = 200
    asked: list[str] = field(default_factory=list)
    nonce: str = ""

    def id_token(self) -> str:
        """The token it hands out, unless the test wrote one."""
        now = int(self.at.timestamp())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": "subject-1", "iat": now, "exp": now + 300, "nonce": self.nonce,
        }  # fmt: skip
        return self.token or jwt.encode({"alg": "RS256", "kid": self.key.kid}, {**claims, **self.claims}, self.key)

    def answer(self, path: str) -> tuple[int, bytes]:
        """One request."""
        self.asked.append(path)
        if self.body:
            return self.status, self.body
        answers: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks",
                **({"userinfo_endpoint": f"{self.url}/userinfo"} if self.userinfo is not None else {}), **self.document,
            },
            "/jwks": {"keys": [one.as_dict(private=False) for one in self.listed or [self.key]]},
            "/userinfo": self.userinfo,
        }  # fmt: skip
        if path == "/token":
            return 200, json.dumps({"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}).encode()
        return 200, json.dumps(answers[path]).encode()

    def provider(self, like: str = "vneid", **more: Any) -> Provider:
        """This issuer as the portal knows it."""
        facts = {"issuer": self.url, "client_id": CLIENT, "from": date(2020, 1, 1), "to": date(2040, 1, 1)}
        return provider("issuer", {"like": like, **facts, **more})


@contextmanager
def issuer(at: datetime) -> Iterator[Issuer]:
    """It listens for the block, on an address of its own."""
    made = Issuer(at=at)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*made.answer(self.path))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._send(*made.answer(self.path))

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
