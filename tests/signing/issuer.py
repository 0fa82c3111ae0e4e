"""An issuer that answers on loopback: OCSP and lists over HTTP, and what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from tests.signing.papers import AT
from tests.signing.pki import Pki

Answer = Callable[[bytes], bytes]


class Issuer:
    """Set `answer` to what it says; `asked` counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Answer = lambda _: b""
        self.status = 200
        self.headers: dict[str, str] = {}
        self.address = ""


@contextmanager
def issuer() -> Iterator[Issuer]:
    """The issuer for the block."""
    state = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.asked.append(f"{self.command} {self.path}")
            content = state.answer(body)
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _do  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ocsp_answer(pki: Pki, certificate: x509.Certificate, **changes: Any) -> bytes:
    """An OCSP answer about that certificate, in DER."""
    wanted: dict[str, Any] = {
        "given": AT - timedelta(hours=1), "until": AT + timedelta(hours=23), "revoked_at": None, "key": pki.issuing_key,
        "responder": pki.issuing, "status": None, "certs": (), "about": certificate, "issuer": pki.issuing,
    }  # fmt: skip
    wanted |= changes
    revoked_at: datetime | None = wanted["revoked_at"]
    status = wanted["status"] or (ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD)
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=wanted["about"], issuer=wanted["issuer"], algorithm=hashes.SHA1(), cert_status=status,
            this_update=wanted["given"], next_update=wanted["until"], revocation_time=revoked_at,
            revocation_reason=None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, wanted["responder"])
    )  # fmt: skip
    if wanted["certs"]:
        builder = builder.certificates(wanted["certs"])
    return builder.sign(wanted["key"], hashes.SHA256()).public_bytes(serialization.Encoding.DER)
