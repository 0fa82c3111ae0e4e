"""The page that shows what was sent: newest first, filtered by number or address; the same as JSON for tests.

Below it the time-stamp authority can be put out of order.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader

from ansinh.counterparty.authenticators import Authenticators
from ansinh.counterparty.bank import Bank
from ansinh.counterparty.store import Store
from ansinh.counterparty.timestamps import TEMPERS, Temper
from ansinh.counterparty.web import Answered, Asked, serve
from ansinh.platform.vietnamese import datetime_vi

_HERE = Path(__file__).parent
_STATES = {
    "arrived": "Đã nhận để giao",
    "delivered": "Đã giao tới máy",
    "undelivered": "Không giao được",
}


_TEMPERS = {
    "well": "Trả lời ngay",
    "down": "Ngừng hoạt động",
    "slow": "Trả lời quá chậm",
    "wrong": "Đóng dấu sai nội dung",
}


class Page:
    """GET / and /messages.json, both with `?so=` (part of a number or address); POST /dau-thoi-gian.

    Below /ngan-hang is the bank. GET /ma-xac-thuc and /authenticators.json show the officers' authenticator apps.
    """

    def __init__(self, store: Store, temper: Temper, apps: Authenticators, bank: Bank) -> None:
        self._store, self._temper, self._apps, self._bank = store, temper, apps, bank
        environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
        environment.filters["moment"] = lambda text: datetime_vi(datetime.fromisoformat(text))
        environment.filters["in_words"] = lambda state: _STATES[state]
        self._template = environment.get_template("page.html")
        self._codes = environment.get_template("authenticators.html")

    def answer(self, asked: Asked) -> Answered:
        """One request."""
        address = urlsplit(asked.path)
        if (answered := self._bank.answer(asked)) is not None:
            return answered
        wanted = parse_qs(address.query).get("so", [""])[0][:254]
        if asked.method == "GET" and address.path == "/":
            found = self._store.newest(containing=_as_stored(wanted))
            html = self._template.render(messages=found, wanted=wanted, tempers=_TEMPERS, temper=self._temper.now)
            return Answered(200, "text/html; charset=utf-8", html.encode())
        if asked.method == "GET" and address.path == "/messages.json":
            found = self._store.newest(containing=_as_stored(wanted))
            return Answered(200, "application/json", json.dumps([asdict(one) for one in found]).encode())
        if asked.method == "GET" and address.path == "/ma-xac-thuc":
            html = self._codes.render(shown=self._apps.shown())
            return Answered(200, "text/html; charset=utf-8", html.encode())
        if asked.method == "GET" and address.path == "/authenticators.json":
            codes = {one.login: one.code for one in self._apps.shown()}
            return Answered(200, "application/json", json.dumps(codes).encode())
        if asked.method == "POST" and address.path == "/dau-thoi-gian":
            chosen = parse_qs(asked.body.decode("ascii", "replace")).get("cach", [""])[0]
            if chosen not in TEMPERS:
                return Answered(400, "text/plain; charset=utf-8", "Không có cách trả lời này.".encode())
            self._temper.now = chosen
            return Answered(303, "text/plain", b"", location="/#dau-thoi-gian")
        if asked.method == "GET" and address.path == "/page.css":
            return Answered(200, "text/css; charset=utf-8", (_HERE / "page.css").read_bytes())
        return Answered(404, "text/plain; charset=utf-8", "Không có trang này.".encode())


def serve_page(
    store: Store, temper: Temper, apps: Authenticators, bank: Bank, host: str, port: int
) -> ThreadingHTTPServer:
    """Listen for readers."""
    return serve(Page(store, temper, apps, bank).answer, host, port)


def _as_stored(wanted: str) -> str:
    """A number as people write it, `0912 345 678`, is stored as 84912345678."""
    digits = wanted.replace(" ", "").replace(".", "")
    return "84" + digits[1:] if digits.startswith("0") and digits.isdecimal() else wanted
