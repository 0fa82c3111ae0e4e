"""A signer's key with its certificates, for every kind of document."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from asn1crypto import pem, x509

from ansinh.platform.errors import NotFound
from ansinh.signing import keystore
from ansinh.signing.keys.provider import provider

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_AUTHORITYS: Final = frozenset({"root", "issuing", "time-stamps"})


@dataclass(frozen=True)
class SigningKey:
    """The key called `name`: its certificate, and those above it up to the root."""

    name: str
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS #1 v1.5 over the SHA-256 of `data`. Raises NotFound, TokenDown."""
        return provider().sign(self.name, data)


def check_name(name: str) -> None:
    """Raise ValueError unless `name` can be a signer's: no path, none of the authority's own."""
    if not _NAME.fullmatch(name) or name in _AUTHORITYS or name.startswith("trusted-"):
        raise ValueError(f"not a name of a signer's key: {name!r}")


def signing_key(name: str) -> SigningKey:
    """The key of a signer. Raises NotFound when there is no certificate of this name."""
    check_name(name)
    if not keystore.has_certificate(name):
        raise NotFound("no-signing-key", "Người ký này chưa có chứng thư số. Xin báo người quản trị cấp chứng thư.")
    certificate = parsed_certificate(name)
    return SigningKey(name=name, certificate=certificate, chain=_chain_of(certificate))


def parsed_certificate(name: str) -> x509.Certificate:
    """A kept certificate, read again only when its file was replaced. Raises FileNotFoundError."""
    path = keystore.certificate_path(name)
    return _read(path, path.stat().st_mtime_ns)


def _chain_of(certificate: x509.Certificate) -> tuple[x509.Certificate, ...]:
    """The issuers kept here, the nearest first."""
    above = {kept.subject.hashable: kept for kept in map(parsed_certificate, keystore.authorities())}
    chain: list[x509.Certificate] = []
    below = certificate
    while below.self_issued is False and below.issuer.hashable in above and len(chain) < len(above):
        below = above[below.issuer.hashable]
        chain.append(below)
    return tuple(chain)


@lru_cache(maxsize=512)
def _read(path: Path, written: int) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(path.read_bytes())[2])
