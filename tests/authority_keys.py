"""The RSA keys of demonstration authorities in tests: made once a run, because making one takes half a second.

Each test has an authority of its own (its folder, certificates, serial numbers, revocation lists); only the numbers
behind it come again. Within a test no two keys are the same. Tests of the signing itself, and of the verifier that
believes nobody, make theirs anew.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from ansinh.signing import authority
from ansinh.signing.certificates import new_rsa_key

TESTS = Path(__file__).parent
MAKE_THEIR_OWN = tuple(TESTS / name for name in ("signing", "verifier"))


@cache
def _key(bits: int, number: int) -> rsa.RSAPrivateKey:
    return new_rsa_key(bits)


def lend(item: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the authorities that this test makes have the keys of the run, each another one."""
    if any(item.is_relative_to(folder) for folder in MAKE_THEIR_OWN):
        return
    lent = Counter[int]()

    def next_key(bits: int) -> rsa.RSAPrivateKey:
        lent[bits] += 1
        return _key(bits, lent[bits])

    monkeypatch.setattr(authority, "new_rsa_key", next_key)
