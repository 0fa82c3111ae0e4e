"""A mail relay as providers run it: STARTTLS with a certificate of our own making, and a password."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "ansinh", "do-ngang-song-lam"


@dataclass
class Relay:
    """A running relay: where it listens, which certificate proves it, what it took."""

    certificate: Path
    port: int = 0
    letters: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a letter that came over TLS from somebody who signed in."""
        assert session.ssl is not None
        assert session.authenticated
        self.letters.append(envelope.content)
        return "250 OK"


def _right(server: Any, session: Any, envelope: Any, mechanism: str, given: LoginPassword) -> AuthResult:
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)  # aiosmtpd answers


def certificate_for(host: str, folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate of `host` for a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate, secret = folder / f"{host}.pem", folder / f"{host}.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret


@contextmanager
def relay(host: str, folder: Path) -> Iterator[Relay]:
    """A relay on this machine whose certificate is made out to `host`."""
    certificate, secret = certificate_for(host, folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, secret)
    running, ready, loop = Relay(certificate), Event(), asyncio.new_event_loop()

    def protocol() -> SMTP:
        return SMTP(
            running, hostname=host, tls_context=context, require_starttls=True, auth_required=True,
            authenticator=_right, loop=loop,
        )  # fmt: skip

    def serve() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0))
        running.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        pending = asyncio.all_tasks(loop)
        for task in pending:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        loop.close()

    thread = Thread(target=serve)
    thread.start()
    assert ready.wait(10)
    try:
        yield running
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
