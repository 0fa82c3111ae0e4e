"""The code that a transfer's text carries: `BHXH`, eleven signs of chance and one that shows a slip of the pen."""

from __future__ import annotations

import re
import secrets
from typing import Final

MARK: Final = "BHXH"
SIGNS: Final = "0123456789ABCDEFGHJKMNPQRTVWXYZ"
"""Thirty-one, a prime; no I, L, O, S and U, which people and bank clerks read as something else."""
_DRAWN: Final = 11
_SHAPE: Final = re.compile(rf"(?={MARK}([{SIGNS}]{{{_DRAWN + 1}}}))")


def new_code() -> str:
    """A code nobody can guess."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(_DRAWN))
    return MARK + drawn + _check_sign(drawn)


def codes_in(text: str) -> list[str]:
    """Every whole code in a transfer's text, however the bank cut it up: in small letters, with blanks or dashes."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    found = (match[1] for match in _SHAPE.finditer(plain))
    return list(dict.fromkeys(MARK + signs for signs in found if _check_sign(signs[:-1]) == signs[-1]))


def grouped(code: str) -> str:
    """The code as it is read out: `BHXH 7K2M 9QXT 4HNA`."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _check_sign(drawn: str) -> str:
    """The remainder modulo 31 under weights 3, 9, 27 …: one wrong sign, or two neighbours exchanged, always shows."""
    total = 0
    for sign in drawn:
        total = (total + SIGNS.index(sign)) * 3 % len(SIGNS)
    return SIGNS[total]
