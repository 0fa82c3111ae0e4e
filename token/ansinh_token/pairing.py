"""One-time pairing: the page asks, the program shows six digits, the person carries them over."""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ansinh_token.refusals import Refused

OFFER_SECONDS: Final = 300
"""How long a shown number can be typed."""
TRIES: Final = 5


@dataclass
class Offer:
    """A number waiting to be typed on the page of `origin`."""

    id: str
    origin: str
    number: str
    ends: float
    tries_left: int = TRIES


@dataclass(frozen=True)
class Pairing:
    """A page's right to ask, bound to its origin; the token itself is not kept, only its digest."""

    id: str
    origin: str
    token_digest: bytes
    ends: float


class Pairings:
    """The offers and pairings of this run of the program; nothing is written to disk."""

    def __init__(self, *, seconds: float, now: Callable[[], float]) -> None:
        self._seconds, self._now = seconds, now
        self._offers: dict[str, Offer] = {}
        self._pairings: dict[str, Pairing] = {}
        self._lock = threading.RLock()

    def begin(self, origin: str) -> Offer:
        """A new number for this origin; an older one of it ends."""
        offer = Offer(
            id=secrets.token_urlsafe(24),
            origin=origin,
            number=f"{secrets.randbelow(10**6):06d}",
            ends=self._now() + OFFER_SECONDS,
        )
        with self._lock:
            self._offers = {one.id: one for one in self.offers() if one.origin != origin} | {offer.id: offer}
        return offer

    def confirm(self, *, origin: str, offer_id: str, number: str) -> str:
        """The page's token, once, for the right number. Raises Refused; the fifth wrong number ends the offer."""
        with self._lock:
            offer = {one.id: one for one in self.offers()}.get(offer_id)
            if offer is None or offer.origin != origin:
                raise Refused("pairing-ended")
            if not hmac.compare_digest(offer.number.encode(), number.encode()):
                self._count_wrong(offer)
            del self._offers[offer_id]
            token = secrets.token_urlsafe(32)
            pairing = Pairing(secrets.token_urlsafe(12), origin, _digest(token), self._now() + self._seconds)
            self._pairings[pairing.id] = pairing
            return token

    def of(self, *, origin: str, token: str) -> Pairing:
        """The pairing this token proves for this origin. Raises Refused."""
        digest = _digest(token)
        for pairing in self.made():
            if hmac.compare_digest(pairing.token_digest, digest) and pairing.origin == origin:
                return pairing
        raise Refused("not-paired")

    def offers(self) -> list[Offer]:
        """Numbers that can still be typed."""
        with self._lock:
            return [one for one in self._offers.values() if one.ends > self._now()]

    def made(self) -> list[Pairing]:
        """Pairings that still hold, oldest first."""
        with self._lock:
            self._pairings = {one.id: one for one in self._pairings.values() if one.ends > self._now()}
            return list(self._pairings.values())

    def revoke(self, pairing_id: str) -> None:
        """End a pairing, if it is still there."""
        with self._lock:
            self._pairings.pop(pairing_id, None)

    def _count_wrong(self, offer: Offer) -> None:
        offer.tries_left -= 1
        if offer.tries_left:
            raise Refused("wrong-number", left=offer.tries_left)
        del self._offers[offer.id]
        raise Refused("pairing-ended")


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
