"""The program's own pages, for the person at this computer alone.

Their addresses begin with a secret of this run, which only the terminal and the person's browser learn: neither the
portal's page nor another user of the computer can open them. They work without script.
"""

import hmac
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from typing import Final
from urllib.parse import parse_qsl

from ansinh_token import own_pages
from ansinh_token.asking import Answer, Ask
from ansinh_token.cards import Cards
from ansinh_token.certificates import Found
from ansinh_token.orders import Order, Orders
from ansinh_token.pairing import Pairings
from ansinh_token.refusals import Refused
from ansinh_token.signing import sign_order

MOST_FORM: Final = 2 * 1024
PAGE_POLICY: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with no-referrer a form's Origin would be "null"
}
DOCUMENT_POLICY: Final = {
    "Content-Security-Policy": "frame-ancestors 'none'; script-src 'none'; connect-src 'none'; form-action 'none'; "
    "base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Disposition": "inline",
}
"""Less strict than a page's, so that the browser's PDF viewer still works."""


@dataclass
class Tickets:
    """One-time ways in, for a browser is started with its address in plain sight of the computer's other users."""

    _where: dict[str, str] = field(default_factory=dict)

    def to(self, where: str) -> str:
        """A path that leads to `where`, once."""
        ticket = secrets.token_urlsafe(24)
        self._where[ticket] = where
        return f"/enter/{ticket}"

    def use(self, ticket: str) -> str:
        """Where it leads. Raises Refused."""
        where = self._where.pop(ticket, None)
        if where is None:
            raise Refused("stale-page")
        return where


@dataclass(frozen=True)
class OwnSide:
    """The pages. `now` gives seconds that only grow, `clock` the time of day."""

    portals: tuple[str, ...]
    pairings: Pairings
    orders: Orders
    cards: Cards
    now: Callable[[], float]
    clock: Callable[[], datetime]
    tickets: Tickets = field(default_factory=Tickets)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def base(self) -> str:
        """Path of the first page."""
        return f"/{self.secret}/"

    def path_of(self, order: Order) -> str:
        """Path of the page where this request is signed."""
        return f"{self.base}sign/{order.id}"

    def answer(self, ask: Ask) -> Answer:
        """The page. Raises Refused."""
        if ask.path.startswith("/enter/") and ask.method == "GET":
            return _go(self.tickets.use(ask.path.removeprefix("/enter/")))
        first, _, rest = ask.path.removeprefix("/").partition("/")
        if not hmac.compare_digest(first.encode(), self.secret.encode()):
            raise Refused("no-route")
        frame = self._frame(ask)
        try:
            return self._routed(ask, rest, frame)
        except Refused as refused:
            return _page(own_pages.refused(frame, refused), status=refused.kind.status)

    def _routed(self, ask: Ask, rest: str, frame: own_pages.Frame) -> Answer:
        match (ask.method, rest.split("/")):
            case ("GET", [""]):
                return self._home(frame)
            case ("GET", ["page.css"]):
                css = resources.files("ansinh_token").joinpath("static", "page.css").read_bytes()
                return Answer(200, css, "text/css; charset=utf-8")
            case ("POST", ["revoke"]):
                return self._revoke(ask)
            case ("GET", ["sign", order_id]):
                return self._shown(frame, self.orders.find(order_id))
            case ("POST", ["sign", order_id]):
                return self._pressed(ask, self.orders.find(order_id))
            case ("GET", ["sign", order_id, "document"]):
                if (order := self.orders.find(order_id)).state != "waiting":
                    raise order.refusal or Refused("already-done")
                paper = order.paper
                return Answer(200, paper.shown, paper.content_type, DOCUMENT_POLICY)
        raise Refused("no-route")

    def _home(self, frame: own_pages.Frame) -> Answer:
        try:
            found: list[Found] | Refused = self.cards.certificates()
        except Refused as refused:
            found = refused
        overview = own_pages.Overview(
            portals=self.portals,
            offers=self.pairings.offers(),
            orders=self.orders.waiting(),
            pairings=[(one, math.ceil((one.ends - self.now()) / 3600)) for one in self.pairings.made()],
            certificates=found,
            form_key=self.form_key,
        )
        return _page(own_pages.home(frame, overview))

    def _revoke(self, ask: Ask) -> Answer:
        values = _form(ask, form_key=self.form_key)
        pairing_id = values.get("pairing", "")
        self.pairings.revoke(pairing_id)
        self.orders.drop(pairing_id)
        return _go(self._frame(ask).link(self.base))

    def _shown(self, frame: own_pages.Frame, order: Order, problem: Refused | None = None) -> Answer:
        if order.state != "waiting":
            return _page(own_pages.ended(frame, order))
        minutes = max(1, math.ceil((order.ends - self.now()) / 60))
        return _page(own_pages.to_sign(frame, order, minutes=minutes, problem=problem))

    def _pressed(self, ask: Ask, order: Order) -> Answer:
        values, frame = _form(ask, form_key=order.form_key), self._frame(ask)
        try:
            match values.get("do"):
                case "sign":
                    pin = values.get("pin", "")
                    self.orders.sign(order, by=lambda one: sign_order(one, cards=self.cards, pin=pin, at=self.clock()))
                case "cancel":
                    self.orders.cancel(order)
                case _:
                    raise Refused("stale-page")
        except Refused as refused:
            return self._shown(frame, order, refused)
        return _go(frame.link(self.path_of(order)))

    def _frame(self, ask: Ask) -> own_pages.Frame:
        return own_pages.Frame("en" if ask.query.get("lang") == "en" else "vi", self.base, ask.path)


def refused_page(refused: Refused, ask: Ask) -> Answer:
    """A refusal a person reads, of an address that is no secret."""
    language = "en" if ask.query.get("lang") == "en" else "vi"
    text = f"{refused.sentence(language)}\n{refused.sentence('vi' if language == 'en' else 'en')}\n"
    return Answer(refused.kind.status, text.encode(), "text/plain; charset=utf-8")


def _form(ask: Ask, *, form_key: str) -> dict[str, str]:
    try:
        values = dict(parse_qsl(ask.read(MOST_FORM).decode("utf-8"), keep_blank_values=True, max_num_fields=8))
    except ValueError as wrong:
        raise Refused("bad-request") from wrong
    if not hmac.compare_digest(values.get("form_key", "").encode(), form_key.encode()):
        raise Refused("stale-page")
    return values


def _page(body: bytes, *, status: int = 200) -> Answer:
    return Answer(status, body, "text/html; charset=utf-8", PAGE_POLICY)


def _go(where: str) -> Answer:
    return Answer(303, b"", "text/plain", {"Location": where})
