"""What a portal asks to be signed, from the asking to the press: once, in time, by one press."""

import base64
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from ansinh_token.certificates import Found
from ansinh_token.papers import Paper
from ansinh_token.refusals import Refused

WAITS_SECONDS: Final = 300
"""How long a request waits for the person."""
KEPT_SECONDS: Final = 300
"""How long a finished request can be collected."""
PIN_TRIES: Final = 3
ENDING: Final = frozenset({"wrong-pin-too-often", "pin-locked", "certificate-expired", "no-key"})
"""Refusals of the token after which pressing again cannot help."""


@dataclass
class Order:
    """One request. `state` is waiting, signing, signed or refused; it leaves "waiting" through `Orders` only."""

    paper: Paper
    certificate: Found
    pairing_id: str
    origin: str
    title: str
    dossier_number: str
    ends: float
    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    state: str = "waiting"
    refusal: Refused | None = None
    result: dict[str, str] = field(default_factory=dict)
    pins_left: int = PIN_TRIES


class Orders:
    """The requests of this run of the program."""

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self._orders: dict[str, Order] = {}
        self._changed = threading.Condition(threading.RLock())

    def ask(
        self, *, paper: Paper, certificate: Found, pairing_id: str, origin: str, title: str, dossier_number: str
    ) -> Order:
        """A new request that waits for the person. Raises Refused while an origin has another one waiting."""
        with self._changed:
            self._tidy()
            if any(one.origin == origin and one.state in {"waiting", "signing"} for one in self._orders.values()):
                raise Refused("busy")
            ends = self._now() + WAITS_SECONDS
            order = Order(paper, certificate, pairing_id, origin, title, dossier_number, ends)
            self._orders[order.id] = order
            return order

    def find(self, order_id: str, *, pairing_id: str | None = None) -> Order:
        """The request, for the pairing that made it or (None) for the person. Raises Refused."""
        with self._changed:
            self._tidy()
            order = self._orders.get(order_id)
            if order is None or (pairing_id is not None and order.pairing_id != pairing_id):
                raise Refused("request-unknown")
            return order

    def waiting(self) -> list[Order]:
        """Requests that wait for the person."""
        with self._changed:
            self._tidy()
            return [one for one in self._orders.values() if one.state == "waiting"]

    def sign(self, order: Order, *, by: Callable[[Order], dict[str, str]]) -> None:
        """Let `by` sign, once. Raises Refused; after a mendable refusal of the token the request waits on."""
        self._leave_waiting(order, to="signing")
        try:
            result = by(order)
        except Refused as refused:
            self._after(order, refused)
            raise
        except BaseException:
            self._end(order, "refused", Refused("token-failed", what="?"))
            raise
        order.result = result
        self._end(order, "signed")

    def cancel(self, order: Order) -> None:
        """End a waiting request unsigned. Raises Refused when it does not wait any more."""
        self._leave_waiting(order, to="refused")
        self._end(order, "refused", Refused("cancelled"))

    def drop(self, pairing_id: str) -> None:
        """End what an ended pairing still had waiting."""
        for order in self.waiting():
            if order.pairing_id == pairing_id:
                self.cancel(order)

    def await_end(self, order: Order, *, seconds: float) -> None:
        """Return when the request has ended, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: order.state in {"signed", "refused"}, timeout=seconds)
            self._tidy()

    def _leave_waiting(self, order: Order, *, to: str) -> None:
        with self._changed:
            self._tidy()
            if order.state != "waiting":
                raise order.refusal if order.refusal else Refused("already-done")
            order.state = to

    def _after(self, order: Order, refused: Refused) -> None:
        if refused.code in {"wrong-pin", "last-pin-try"}:
            order.pins_left -= 1
            if not order.pins_left:
                refused = Refused("wrong-pin-too-often")
        if refused.code in ENDING:
            self._end(order, "refused", refused)
            raise refused
        with self._changed:
            order.state = "waiting"

    def _end(self, order: Order, state: str, refusal: Refused | None = None) -> None:
        with self._changed:
            order.state, order.refusal, order.ends = state, refusal, self._now() + KEPT_SECONDS
            order.paper = replace(order.paper, shown=b"", signed_info=b"")  # large, and nobody's any more
            self._changed.notify_all()

    def _tidy(self) -> None:
        now = self._now()
        for order in list(self._orders.values()):
            if order.ends > now or order.state == "signing":
                continue
            if order.state == "waiting":
                self._end(order, "refused", Refused("timed-out"))
            else:
                del self._orders[order.id]


def base64_text(content: bytes) -> str:
    """Bytes as JSON carries them."""
    return base64.b64encode(content).decode("ascii")
