"""Small HTTP servers in threads: answers are a status, a type and bytes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Asked:
    """What a client asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answered:
    """What it gets."""

    status: int
    kind: str
    body: bytes
    location: str = ""


def serve(answer: Callable[[Asked], Answered], host: str, port: int) -> ThreadingHTTPServer:
    """Answer requests on this port in threads of their own, until `shutdown()`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "counterparty", ""

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > _MOST_BYTES:
                self.close_connection = True
                self._send(Answered(413, "text/plain", b"too large or of unknown length"))
                return
            self._answer(self.rfile.read(int(length)))

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what is asked can hold codes."""

        def _answer(self, body: bytes) -> None:
            self._send(answer(Asked(self.command, self.path, dict(self.headers.items()), body)))

        def _send(self, answered: Answered) -> None:
            self.send_response(answered.status)
            self.send_header("Content-Type", answered.kind)
            self.send_header("Content-Length", str(len(answered.body)))
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'")
            if answered.location:
                self.send_header("Location", answered.location)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            with suppress(ConnectionError):  # who asked may have lost patience
                self.end_headers()
                self.wfile.write(answered.body)

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    return server
