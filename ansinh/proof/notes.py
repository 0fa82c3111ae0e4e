"""The text of a checkpoint: a C2SP signed note (c2sp.org/tlog-checkpoint, c2sp.org/signed-note), Ed25519."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from ansinh.signing.seal import is_sealed_bytes, seal_bytes, seal_key_id, seal_public_key, seal_public_keys

_ED25519: Final = b"\x01"
FIRST: Final = "-"
"""Stands for the digest of the checkpoint before the first."""


@dataclass(frozen=True)
class Note:
    """What a checkpoint states."""

    origin: str
    size: int
    root: bytes
    at: datetime
    previous: str
    """SHA-256 of the note before, hexadecimal, or FIRST."""

    def text(self) -> str:
        """The part that is signed: name of the log, size, root, then our own lines."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        root = b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\nat {moment}\nprevious {self.previous}\n"


def sign(note: Note) -> str:
    """The whole signed note, by the portal's seal key."""
    text = note.text()
    hint = sha256(note.origin.encode() + b"\n" + _ED25519 + seal_public_key(seal_key_id())).digest()[:4]
    return f"{text}\n— {note.origin} {b64encode(hint + seal_bytes(text.encode())).decode()}\n"


def read(signed: str) -> Note:
    """What a signed note states; its signature is not looked at."""
    origin, size, root, at, previous = signed.split("\n")[:5]
    moment = datetime.fromisoformat(at.removeprefix("at "))
    return Note(origin, int(size), b64decode(root), moment, previous.removeprefix("previous "))


def is_ours(signed: str) -> bool:
    """Whether a seal key of this portal, present or replaced, signed this note."""
    text, _, signatures = signed.partition("\n\n")
    line = signatures.removesuffix("\n").rpartition(" ")[2]
    try:
        raw = b64decode(line, validate=True)
    except ValueError:
        return False
    origin = text.partition("\n")[0]
    return any(
        raw[:4] == sha256(f"{origin}\n".encode() + _ED25519 + public).digest()[:4]
        and is_sealed_bytes(f"{text}\n".encode(), seal=raw[4:], public=public)
        for public in seal_public_keys().values()
    )


def digest(signed: str) -> str:
    """How the next checkpoint names this one."""
    return sha256(signed.encode()).hexdigest()
