"""What can be signed: the document itself, from which this program computes the digest."""

import hashlib
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 25 * 1024 * 1024


@dataclass(frozen=True)
class Paper:
    """A document shown to the person. `digest` is over what is bound; `signed_info` is of XML only."""

    kind: str
    shown: bytes
    digest: bytes
    signed_info: bytes = b""

    @property
    def content_type(self) -> str:
        """How the person's browser is told to show it: XML as plain text, so that it cannot act."""
        return "application/pdf" if self.kind == "pdf" else "text/plain; charset=utf-8"


def sha256(*parts: bytes) -> bytes:
    """The digest of the parts, one after the other."""
    return digest("sha256", *parts)


def digest(hash_name: str, *parts: bytes) -> bytes:
    """The digest by this hash ("sha256", "sha384")."""
    made = hashlib.new(hash_name)
    for part in parts:
        made.update(part)
    return made.digest()
