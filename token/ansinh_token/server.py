"""Sockets: loopback only, one thread a connection, a bounded number of them, bounded time."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from ansinh_token.asking import CLOSED, Answer, Ask, no
from ansinh_token.papers import MOST_BYTES
from ansinh_token.refusals import Refused

MOST_CONNECTIONS: Final = 32
READ_SECONDS: Final = 15.0
BODY_SECONDS: Final = 60.0
LINGER_SECONDS: Final = 2.0
POLL_SECONDS: Final = 0.1
_CHUNK: Final = 64 * 1024


class Handler(BaseHTTPRequestHandler):
    """Turns a connection into one `Ask` and writes its `Answer`. Logs nothing: addresses here are secrets."""

    server_version = "ansinh-token"
    sys_version = ""
    timeout = READ_SECONDS
    answer: Callable[[Ask], Answer]

    def handle_one_request(self) -> None:
        """One question, then the connection ends."""
        self.close_connection = True
        with contextlib.suppress(ConnectionError, TimeoutError):
            self.raw_requestline = self.rfile.readline(8 * 1024 + 1)
            if 0 < len(self.raw_requestline) <= 8 * 1024 and self.parse_request():
                self._write(self._answered())
                self._linger()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library would say as HTML."""
        self._write(no(Refused("bad-request")))

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""

    def _answered(self) -> Answer:
        parts = urlsplit(self.path)
        names = {name.lower() for name in self.headers}
        ask = Ask(
            method=self.command,
            path=parts.path if self.path.startswith("/") else "",
            query=dict(parse_qsl(parts.query, max_num_fields=8)),
            headers={name: ", ".join(self.headers.get_all(name, [])) for name in names},
            read=self._read,
        )
        return type(self).answer(ask)

    def _read(self, most: int) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or self.headers.get("Transfer-Encoding"):
            raise Refused("bad-request")
        if len(length) > 12 or int(length) > most:
            raise Refused("too-large", limit=MOST_BYTES // 1024**2)
        parts, left, until = [], int(length), time.monotonic() + BODY_SECONDS
        while left:
            part = self.rfile.read1(min(left, _CHUNK))
            if not part or time.monotonic() > until:
                raise Refused("bad-request")
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in {**CLOSED, **answer.headers, "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _linger(self) -> None:
        """Let the other side read a refusal although its body was not read: closing at once would reset it."""
        until = time.monotonic() + LINGER_SECONDS
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(LINGER_SECONDS)
            while time.monotonic() < until and self.connection.recv(_CHUNK):
                pass


class Server(ThreadingHTTPServer):
    """A loopback address, with no more connections at once than are ever needed."""

    daemon_threads = True
    request_queue_size = 16

    def __init__(self, address: str, port: int, handler: type[Handler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((address, port), handler)

    def server_bind(self) -> None:
        """Bind, without asking the network for this computer's name as the standard library would."""
        if os.name == "posix":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # start again at once after a stop
        else:
            self.socket.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection, or drop it when too many are open."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve, then make room."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()


def listen(port: int, answer: Callable[[Ask], Answer]) -> list[Server]:
    """Servers on 127.0.0.1 and, where there is one, on ::1, running in threads. Raises OSError for a taken port."""
    handler = type("Answering", (Handler,), {"answer": staticmethod(answer)})
    servers = [Server("127.0.0.1", port, handler)]
    with contextlib.suppress(OSError):
        servers.append(Server("::1", servers[0].server_port, handler))
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
    return servers
