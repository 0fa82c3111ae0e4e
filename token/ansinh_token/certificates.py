"""Reading a certificate: may it sign documents, whose is it, since when and until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509

from ansinh_token.algorithms import Algorithm, algorithm_of
from ansinh_token.papers import sha256

_SIGNING: Final = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True)
class Found:
    """A certificate for signing on a token, and where its key is. `id` is the SHA-256 of its DER, hexadecimal."""

    der: bytes
    module: str
    slot: int
    token_serial: bytes
    token_label: str
    key_id: bytes

    @property
    def id(self) -> str:
        """The name under which a page chooses it."""
        return sha256(self.der).hex()

    @property
    def parsed(self) -> x509.Certificate:
        """The certificate as asn1crypto reads it; its serial number may be zero or negative, as in real files."""
        return x509.Certificate.load(self.der)

    @property
    def algorithm(self) -> Algorithm:
        """How its key signs; `may_sign` has looked."""
        found = algorithm_of(self.parsed.public_key)
        assert found is not None
        return found

    def is_in_force(self, at: datetime) -> bool:
        """Whether `at` lies in its term."""
        return bool(self.parsed.not_valid_before <= at <= self.parsed.not_valid_after)


def may_sign(der: bytes) -> bool:
    """Whether this is a certificate of a person or organisation whose use includes signing, of a key we take."""
    try:
        certificate = x509.Certificate.load(der, strict=True)
        usage, key = certificate.key_usage_value, certificate.public_key
        return (
            usage is not None and bool(_SIGNING & usage.native) and not certificate.ca and algorithm_of(key) is not None
        )
    except (ValueError, TypeError, KeyError):
        return False


def whose(name: x509.Name) -> str:
    """A name in one line: common name, organisation, and the number under UID, as far as it has them."""
    parts: dict[str, Any] = name.native
    wanted = (parts.get("common_name"), parts.get("organization_name"), parts.get("user_id"))
    lines = [one if isinstance(one, str) else ", ".join(one) for one in wanted if one]
    return " · ".join(dict.fromkeys(lines)) or name.human_friendly
