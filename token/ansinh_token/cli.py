"""`ansinh-token --portal https://… [--module PATH] [--port N]`: runs until Ctrl-C."""

import argparse
import contextlib
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ansinh_token import modules, settings
from ansinh_token.cards import Cards
from ansinh_token.limits import Limit
from ansinh_token.orders import Order, Orders
from ansinh_token.own_side import OwnSide
from ansinh_token.pairing import Offer, Pairings
from ansinh_token.portal_side import PortalSide
from ansinh_token.server import listen
from ansinh_token.service import Service
from ansinh_token.settings import Settings, WrongSettings
from ansinh_token.words import both

POLL_SECONDS: Final = 20.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 0 after Ctrl-C, 2 when the settings cannot be used."""
    sys.stdout.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    try:
        chosen = _settings(_parser().parse_args(arguments))
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)
        return 2
    if not chosen.portals:
        print(both("no-portal"), file=sys.stderr)
        return 2
    return _run(chosen)


def service_of(chosen: Settings, *, poll_seconds: float = POLL_SECONDS) -> Service:
    """The program with its parts joined, not listening yet; a page that asks for a result is kept `poll_seconds`."""
    now = time.monotonic
    pairings = Pairings(seconds=chosen.pairing_hours * 3600, now=now)
    orders = Orders(now=now)
    cards = Cards(lambda: modules.installed(chosen.modules, known=modules.candidates()))
    own_side = OwnSide(
        portals=tuple(sorted(chosen.portals)),
        pairings=pairings,
        orders=orders,
        cards=cards,
        now=now,
        clock=lambda: datetime.now(UTC),
    )
    teller = _Teller(chosen, own_side)
    portal_side = PortalSide(
        pairings=pairings,
        orders=orders,
        cards=cards,
        pairing_limit=Limit(most=5, seconds=600, now=now),
        show_offer=teller.show_offer,
        show_order=teller.show_order,
        poll_seconds=poll_seconds,
    )
    return Service(
        portals=chosen.portals,
        port=chosen.port,
        portal_side=portal_side,
        own_side=own_side,
        limit=Limit(most=120, seconds=60, now=now),
    )


class _Teller:
    """Puts the program's pages before the person: an address in the terminal, a window of the browser."""

    def __init__(self, chosen: Settings, own_side: OwnSide) -> None:
        self._chosen, self._own = chosen, own_side
        self._address = f"http://127.0.0.1:{chosen.port}"

    def show_home(self) -> None:
        """The first page, when the program begins."""
        print(f"{both('started')}\n  {self._address}{self._own.base}")
        self._open(self._own.base)

    def show_offer(self, offer: Offer) -> None:
        """A pairing number."""
        print(both("number-line", origin=offer.origin, number=offer.number))
        self._open(self._own.base)

    def show_order(self, order: Order) -> None:
        """A request to sign."""
        path = self._own.path_of(order)
        print(f"{both('order-line', origin=order.origin, title=order.title)}\n  {self._address}{path}")
        self._open(path)

    def _open(self, path: str) -> None:
        if self._chosen.open_browser:
            address = self._address + self._own.tickets.to(path)
            threading.Thread(target=webbrowser.open, args=(address, 1), daemon=True).start()


def _run(chosen: Settings) -> int:
    service = service_of(chosen)
    try:
        servers = listen(chosen.port, service.answer)
    except OSError:
        print(both("port-taken", port=chosen.port), file=sys.stderr)
        return 2
    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    _Teller(chosen, service.own_side).show_home()
    with contextlib.suppress(KeyboardInterrupt):
        while not done.wait(1.0):  # a wait without end cannot be interrupted on Windows
            pass
    for server in servers:
        server.shutdown()
        server.server_close()
    print(both("stopped"))
    return 0


def _settings(given: argparse.Namespace) -> Settings:
    kept = settings.read(given.settings)
    return replace(
        kept,
        portals=kept.portals | {settings.origin_of(one) for one in given.portal},
        modules=(*given.module, *kept.modules),
        port=given.port or kept.port,
        pairing_hours=given.pairing_hours or kept.pairing_hours,
        open_browser=kept.open_browser and not given.no_browser,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ansinh-token", description="Ký bằng USB token trên máy này. / Sign with a token on this computer."
    )
    parser.add_argument("--portal", action="append", default=[], metavar="URL", help="cổng được phép / allowed portal")
    parser.add_argument("--module", action="append", default=[], type=Path, metavar="PATH", help="PKCS#11")
    parser.add_argument("--port", type=int, help=f"mặc định / default {settings.PORT}")
    parser.add_argument("--pairing-hours", type=float, help=f"mặc định / default {settings.PAIRING_HOURS:.0f}")
    parser.add_argument("--no-browser", action="store_true", help="không tự mở trang / open no page")
    parser.add_argument("--settings", type=Path, default=settings.settings_file(), metavar="FILE")
    return parser
