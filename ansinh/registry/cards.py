"""The health-insurance card as the register holds it, and the short-lived code that shows it (R-128, R-176).

A code names its card by a block that only this portal can open, new in every code: whoever reads codes learns no
number from them, nor that two of them are of one card.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from ansinh.platform.secrets import secret
from ansinh.registry.card_changes import held_card
from ansinh.registry.models import InsuredPerson
from ansinh.registry.queries import insured_person
from ansinh.signing import qr_token
from ansinh.signing.seal import canonical

_NUMBER, _ZEROS, _CHANCE = 5, 3, 8
"""Octets of the block: the social insurance number, zeros that show it was opened with the right key, chance."""


class CardState(StrEnum):
    """Whether a card can be used on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    ENDED = "ended"


@dataclass(frozen=True)
class HealthCard:
    """What the register holds of a card. `percent` of costs is paid by the fund; `valid_to` None: without an end."""

    si_number: str
    number: str
    name: str
    born: str
    sex: str
    percent: int | None
    valid_from: date | None
    valid_to: date | None
    facility: str

    def state(self, *, on: date) -> CardState:
        """A card without a first day has not begun."""
        if self.valid_from is None or on < self.valid_from:
            return CardState.NOT_YET
        return CardState.ENDED if self.valid_to is not None and on > self.valid_to else CardState.VALID


@dataclass(frozen=True)
class ShownCard:
    """The card of a code; `unchanged`: the register still says what it said when the code was made."""

    card: HealthCard
    unchanged: bool


def card_of(si_number: str) -> HealthCard | None:
    """The card of a participant; None when the register holds none."""
    held = insured_person(si_number)
    return _card(held) if held is not None and held_card(held).number else None


def card_code(card: HealthCard, *, at: datetime) -> str:
    """The text of a new code of this card; it ends after `qr_token.LIVES`."""
    return qr_token.issue(qr_token.Kind.CARD, about=_closed(card.si_number), digest=_digest(card), at=at)


def card_of_code(read: qr_token.QrToken) -> ShownCard | None:
    """The card of a genuine code, as the register holds it now; None when it holds it no more."""
    card = card_of(_opened(read.about))
    return ShownCard(card, _digest(card).startswith(read.digest)) if card else None


def _card(held: InsuredPerson) -> HealthCard:
    card = held_card(held)
    return HealthCard(
        si_number=held.si_number,
        number=card.number,
        name=held.full_name,
        born=held.date_of_birth,
        sex=held.sex,
        percent=card.percent,
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        facility=card.facility,
    )


def _digest(card: HealthCard) -> str:
    stated = {
        "number": card.number,
        "percent": card.percent,
        "from": card.valid_from.isoformat() if card.valid_from else None,
        "to": card.valid_to.isoformat() if card.valid_to else None,
        "facility": card.facility,
    }
    return sha256(canonical(stated)).hexdigest()


def _closed(si_number: str) -> UUID:
    block = int(si_number).to_bytes(_NUMBER, "big") + bytes(_ZEROS) + secrets.token_bytes(_CHANCE)
    return UUID(bytes=_cipher().encryptor().update(block))


def _opened(about: UUID) -> str:
    """The social insurance number; empty for a block that was closed with another key."""
    block = _cipher().decryptor().update(about.bytes)
    if any(block[_NUMBER : _NUMBER + _ZEROS]):
        return ""
    return f"{int.from_bytes(block[:_NUMBER], 'big'):010d}"


def _cipher() -> Cipher[modes.ECB]:
    """One block, never the same twice: what ECB gives away, the same block again, does not happen."""
    key = sha256(secret("card-codes", folder=settings.SECRETS_DIR).encode()).digest()
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - see above
