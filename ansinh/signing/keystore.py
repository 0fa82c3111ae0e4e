"""Private keys and certificates as files that only the portal's own user may read."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.conf import settings

from ansinh.signing.certificates import rsa_key_of


def folder() -> Path:
    """The folder of keys, made with mode 0700 when it is not there."""
    place = Path(settings.SIGNING_DIR)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


@contextmanager
def locked(place: Path | None = None) -> Iterator[None]:
    """One process at a time makes keys (or what else lies in `place`): web server and worker start together."""
    descriptor = os.open((place or folder()) / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def save(name: str, content: bytes) -> None:
    """Write a file of mode 0600 that appears whole or not at all."""
    descriptor, draft = tempfile.mkstemp(dir=folder())
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(folder() / name)


def save_key(name: str, key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> None:
    """Keep a private key as PKCS#8 under `<name>.key.pem`."""
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    save(f"{name}.key.pem", pem)


def load_rsa_key(name: str) -> rsa.RSAPrivateKey:
    """The RSA key kept under `name`. Raises FileNotFoundError."""
    return rsa_key_of(key_path(name).read_bytes())


def key_path(name: str) -> Path:
    """Where a private key of this name lies, if it lies in a file."""
    return folder() / f"{name}.key.pem"


def certificate_path(name: str) -> Path:
    """Where a certificate of this name lies."""
    return folder() / f"{name}.cert.pem"


def authorities() -> list[str]:
    """Names of the kept certificates that may stand above a signer's."""
    trusted = sorted(path.name.removesuffix(".cert.pem") for path in folder().glob("trusted-*.cert.pem"))
    return [*(name for name in ("issuing", "root") if has_certificate(name)), *trusted]


def save_certificate(name: str, certificate: x509.Certificate) -> None:
    """Keep a certificate under `<name>.cert.pem`."""
    save(f"{name}.cert.pem", certificate.public_bytes(serialization.Encoding.PEM))


def load_certificate(name: str) -> x509.Certificate:
    """The certificate kept under `name`. Raises FileNotFoundError."""
    return x509.load_pem_x509_certificate(certificate_path(name).read_bytes())


def has_certificate(name: str) -> bool:
    """Whether a certificate of this name is kept."""
    return certificate_path(name).exists()
