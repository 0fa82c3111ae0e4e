"""What a portal's page may ask, under /v1/. Its origin is already known to be allowed."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ansinh_token import VERSION
from ansinh_token.algorithms import Algorithm
from ansinh_token.asking import Answer, Ask, told
from ansinh_token.cards import Cards
from ansinh_token.certificates import Found, whose
from ansinh_token.limits import Limit
from ansinh_token.orders import WAITS_SECONDS, Order, Orders, base64_text
from ansinh_token.pairing import OFFER_SECONDS, Offer, Pairing, Pairings
from ansinh_token.papers import MOST_BYTES, Paper
from ansinh_token.pdf_paper import read_pdf
from ansinh_token.refusals import Refused
from ansinh_token.xml_paper import read_xml

SMALL: Final = 4 * 1024
LARGE: Final = MOST_BYTES * 4 // 3 + 64 * 1024
"""Bytes of the one request that carries a document, in base64."""
_LINE: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,200}")
"""One line of readable text: no control characters, nothing that turns the direction of writing."""


@dataclass(frozen=True)
class PortalSide:
    """The routes. `show_offer` and `show_order` put a page of the program before the person."""

    pairings: Pairings
    orders: Orders
    cards: Cards
    pairing_limit: Limit
    show_offer: Callable[[Offer], None]
    show_order: Callable[[Order], None]
    poll_seconds: float

    def answer(self, ask: Ask) -> Answer:
        """The answer to a POST. Raises Refused."""
        if (route := _ROUTES.get(ask.path)) is None:
            raise Refused("no-route")
        if ask.method != "POST":
            raise Refused("wrong-method")
        if ask.path == "/v1/sign":
            self._pairing(ask)  # before a large body is read
            return told(route(self, ask, _values(ask, most=LARGE)))
        return told(route(self, ask, _values(ask, most=SMALL)))

    def hello(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """That the program runs, and whether the page is paired."""
        try:
            self._pairing(ask)
        except Refused:
            return {"program": "ansinh-token", "version": VERSION, "paired": False}
        return {"program": "ansinh-token", "version": VERSION, "paired": True}

    def pair(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """Begin pairing: the number is shown by the program, never told to the page."""
        if not self.pairing_limit.allows(ask.origin):
            raise Refused("too-many")
        offer = self.pairings.begin(ask.origin)
        self.show_offer(offer)
        return {"pairing": offer.id, "expires_in": OFFER_SECONDS}

    def confirm(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """Finish pairing with the number the person typed."""
        number = "".join(_text(values, "number").split())
        token = self.pairings.confirm(origin=ask.origin, offer_id=_text(values, "pairing"), number=number)
        return {"token": token}

    def unpair(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """End the page's own pairing and what it had waiting."""
        pairing = self._pairing(ask)
        self.pairings.revoke(pairing.id)
        self.orders.drop(pairing.id)
        return {"paired": False}

    def certificates(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """Whose certificates for signing are plugged in: subject, issuer, term and DER, nothing of the token."""
        self._pairing(ask)
        return {"certificates": [_described(one) for one in self.cards.certificates()]}

    def sign(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """Ask the person to sign a document."""
        pairing = self._pairing(ask)
        title, number = _line(values, "title"), _line(values, "dossier_number")
        wanted = _text(values, "certificate")
        found = {one.id: one for one in self.cards.certificates()}
        if wanted not in found:
            raise Refused("token-removed")
        paper = _paper(values, found[wanted].algorithm)
        order = self.orders.ask(
            paper=paper,
            certificate=found[wanted],
            pairing_id=pairing.id,
            origin=pairing.origin,
            title=title,
            dossier_number=number,
        )
        self.show_order(order)
        return {"request": order.id, "digest": paper.digest.hex(), "expires_in": WAITS_SECONDS}

    def result(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """What became of a request; the answer waits some seconds for the person."""
        order = self.orders.find(_text(values, "request"), pairing_id=self._pairing(ask).id)
        self.orders.await_end(order, seconds=self.poll_seconds)
        if order.state == "signed":
            return {"state": "signed", **order.result}
        return {"state": "refused", **order.refusal.told()} if order.refusal else {"state": "waiting"}

    def cancel(self, ask: Ask, values: Mapping[str, Any]) -> dict[str, Any]:
        """The page gives up a request."""
        self.orders.cancel(self.orders.find(_text(values, "request"), pairing_id=self._pairing(ask).id))
        return {"state": "refused", **Refused("cancelled").told()}

    def _pairing(self, ask: Ask) -> Pairing:
        scheme, _, token = ask.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise Refused("not-paired")
        return self.pairings.of(origin=ask.origin, token=token)


_ROUTES: Final[dict[str, Callable[[PortalSide, Ask, Mapping[str, Any]], dict[str, Any]]]] = {
    "/v1/hello": PortalSide.hello,
    "/v1/pair": PortalSide.pair,
    "/v1/pair/confirm": PortalSide.confirm,
    "/v1/unpair": PortalSide.unpair,
    "/v1/certificates": PortalSide.certificates,
    "/v1/sign": PortalSide.sign,
    "/v1/sign/result": PortalSide.result,
    "/v1/sign/cancel": PortalSide.cancel,
}


def _values(ask: Ask, *, most: int) -> Mapping[str, Any]:
    if ask.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refused("bad-request")
    try:
        values = json.loads(ask.read(most))
    except (ValueError, RecursionError) as wrong:
        raise Refused("bad-request") from wrong
    if not isinstance(values, dict):
        raise Refused("bad-request")
    return values


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.isprintable():
        raise Refused("bad-request")
    return value


def _line(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not _LINE.fullmatch(value):
        raise Refused("bad-request")
    return value


def _bytes(values: Mapping[str, Any], name: str) -> bytes:
    value = values.get(name)
    if not isinstance(value, str):
        raise Refused("bad-request")
    try:
        content = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Refused("bad-request") from wrong
    if len(content) > MOST_BYTES:
        raise Refused("too-large", limit=MOST_BYTES // 1024**2)
    return content


def _paper(values: Mapping[str, Any], algorithm: Algorithm) -> Paper:
    """The document itself, for a key that signs like this; a digest alone is no request."""
    match values.get("kind"):
        case "pdf":
            return read_pdf(_bytes(values, "document"), hash_name=algorithm.hash_name)
        case "xml":
            return read_xml(_bytes(values, "document"), _bytes(values, "signed_info"), algorithm=algorithm)
    raise Refused("bad-request")


def _described(found: Found) -> dict[str, str]:
    certificate = found.parsed
    return {
        "id": found.id,
        "subject": whose(certificate.subject),
        "issuer": whose(certificate.issuer),
        "not_before": certificate.not_valid_before.isoformat(),
        "not_after": certificate.not_valid_after.isoformat(),
        "der": base64_text(found.der),
    }
