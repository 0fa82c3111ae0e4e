"""A portal of the tests: one page that uses the product's token-client.js, and pyHanko behind it."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from token_world.papers import Offered, offer

CLIENT: Final = Path(__file__).resolve().parents[3] / "ansinh" / "web" / "static" / "token-client.js"
HERE: Final = Path(__file__).resolve().parent


@dataclass
class Portal:
    """What the portal offered and what came back signed."""

    port: int
    token_port: int
    offered: list[Offered] = field(default_factory=list)
    signed: list[bytes] = field(default_factory=list)

    def at(self, host: str) -> str:
        """The page under this name of the computer: each name is another origin."""
        return f"http://{host}:{self.port}"


@contextmanager
def portal_for(token_port: int) -> Iterator[Portal]:
    """The portal, served on every name of this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    portal = Portal(server.server_port, token_port)
    server.portal = portal  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        portal = self._portal()
        pages = {
            "/": (
                "text/html; charset=utf-8",
                (HERE / "portal.html").read_text().format(port=portal.token_port).encode(),
            ),
            "/page.js": ("text/javascript", (HERE / "portal.js").read_bytes()),
            "/token-client.js": ("text/javascript", CLIENT.read_bytes()),
        }
        kind, body = pages.get(self.path, ("text/plain", b""))
        self._answer(kind, body)

    def do_POST(self) -> None:
        portal, sent = self._portal(), self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/offer":
            portal.offered.append(offer(base64.b64decode(sent)))
            self._answer("application/pdf", portal.offered[-1].pdf)
        else:
            portal.signed.append(portal.offered[-1].finish(base64.b64decode(sent)))
            self._answer("application/json", json.dumps({}).encode())

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def _portal(self) -> Portal:
        return self.server.portal  # type: ignore[attr-defined, no-any-return]

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        policy = (
            f"default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:{self._portal().token_port}"
        )
        for name, value in (
            ("Content-Type", kind), ("Content-Length", str(len(body))), ("Content-Security-Policy", policy),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
