"""Mutants of the code on a paper: flipped and moved letters, other octets, other spellings, other seals."""

from __future__ import annotations

import itertools
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ed25519

from ansinh.platform.errors import Invalid
from ansinh.signing import qr_token, seal
from benchmarks.rig.mutants import world
from benchmarks.rig.mutants.kinds import Kind, Mutant, register

Change = Callable[[Random, str], str]
_ABOUT = UUID("0193a8a0-0000-7000-8000-00000000abcd")
_SIGNATURE = 64


def make(random: Random, listener: str) -> Iterator[Mutant]:
    """Every change in turn, again and again with other places."""
    valid = _valid()
    for change in itertools.cycle(CHANGES):
        text = change(random, valid)
        if text != valid:
            yield Mutant(change.__name__.strip("_"), text.encode())


def accepts(content: bytes) -> bool:
    """Whether the check believes it."""
    try:
        qr_token.read(content.decode(errors="replace"))
    except Invalid:
        return False
    return True


def _valid(digest: str = "5a" * 32) -> str:
    return qr_token.issue(qr_token.Kind.DECISION, about=_ABOUT, digest=digest, at=world.AT)


def _octets(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def _octet_flipped(random: Random, valid: str) -> str:
    octets = bytearray(_octets(valid))
    octets[random.randrange(len(octets))] ^= 1 << random.randrange(8)
    return _text(bytes(octets))


def _letter_replaced(random: Random, valid: str) -> str:
    place = random.randrange(len(valid))
    return valid[:place] + random.choice("ABCxyz019-_=+/ \n") + valid[place + 1 :]


def _last_letter_spelt_otherwise(random: Random, valid: str) -> str:
    """The last letter has two bits to spare."""
    return valid[:-1] + chr(ord(valid[-1]) + random.choice([-1, 1, 2]))


def _longer(random: Random, valid: str) -> str:
    return valid + random.choice(["=", "A", "\n", " ", "AAAA"])


def _cut(random: Random, valid: str) -> str:
    return valid[: random.randrange(len(valid))]


def _life_prolonged(random: Random, valid: str) -> str:
    octets = _octets(valid)
    return _text(octets[:9] + (random.randrange(1 << 32)).to_bytes(4, "big") + octets[13:])


def _other_kind(random: Random, valid: str) -> str:
    octets = _octets(valid)
    return _text(bytes([random.choice([0, 0x10, 0x11, 0x13, 0x14, 0x1F, 0x22])]) + octets[1:])


def _other_paper(random: Random, valid: str) -> str:
    octets = _octets(valid)
    return _text(octets[:13] + random.randbytes(16) + octets[29:])


def _signature_of_another(random: Random, valid: str) -> str:
    return _text(_octets(valid)[:-_SIGNATURE] + _octets(_valid(random.randbytes(32).hex()))[-_SIGNATURE:])


def _sealed_as_something_else(random: Random, valid: str) -> str:
    """With the real key, but as a checkpoint or a record would be."""
    body = _octets(valid)[:-_SIGNATURE]
    return _text(body + seal.seal_bytes(random.choice([b"", b"an-sinh/audit-log\n"]) + body))


@cache
def _stranger() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def _sealed_by_a_stranger(random: Random, valid: str) -> str:
    body = _octets(valid)[:-_SIGNATURE]
    mark = bytes.fromhex(seal.seal_key_id())[:4] if random.random() < 0.5 else random.randbytes(4)
    body = body[:1] + mark + body[5:]
    return _text(body + _stranger().sign(b"ansinh-qr-1\0" + body))


def _greater_scalar(random: Random, valid: str) -> str:
    """The same signature with the group's order added to its scalar: lax verifiers take it."""
    octets = _octets(valid)
    order = (1 << 252) + 27742317777372353535851937790883648493
    scalar = int.from_bytes(octets[-32:], "little") + order * random.randint(1, 14)
    return _text(octets[:-32] + scalar.to_bytes(32, "little"))


CHANGES: tuple[Change, ...] = (
    _octet_flipped, _letter_replaced, _last_letter_spelt_otherwise, _longer, _cut, _life_prolonged, _other_kind,
    _other_paper, _signature_of_another, _sealed_as_something_else, _sealed_by_a_stranger, _greater_scalar,
)  # fmt: skip

register(Kind("qr", share=0.25, valid=lambda: [_valid().encode()], make=make, accepts=accepts))
