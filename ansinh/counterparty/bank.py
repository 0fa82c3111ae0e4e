"""The bank: an app that pays a VietQR code, and the counter that takes files of payments and answers them.

Each movement on the agency's accounts is told by a notice, signed by HMAC-SHA256, again and again until it is heard.
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader
from lxml import etree

from ansinh.counterparty.web import Answered, Asked
from ansinh.payments.pain import ANSWERS, ORDERS, REJECTED, SETTLED
from ansinh.payments.vietqr import decode
from ansinh.platform.errors import Invalid
from ansinh.platform.vietnamese import datetime_vi, money
from ansinh.platform.xml import default_namespace, parse

PATH: Final = "/ngan-hang"
_HERE: Final = Path(__file__).parent
_PAUSES: Final = (0.5, 1, 2, 5, 10, 30, 60)
_NAMES: Final = {"p": ORDERS}
_HTML: Final = "text/html; charset=utf-8"
log = logging.getLogger(__name__)
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Movement:
    """Money that moved, and whether the agency heard of it."""

    reference: str
    kind: str
    bank: str
    account: str
    amount: int
    content: str
    payer_name: str
    payer_bank: str
    payer_account: str
    at: str
    heard: bool = False

    def notice(self) -> bytes:
        """The bytes that are signed and sent."""
        return json.dumps({name: value for name, value in asdict(self).items() if name != "heard"}).encode()


class Bank:
    """Movements in memory and in one file; `url` empty: nobody is told."""

    def __init__(self, url: str, secret: str, folder: Path) -> None:
        self._url, self._secret, self._lock = url, secret, threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "bank.jsonl"
        self._movements: list[Movement] = []
        environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
        environment.filters["moment"] = lambda text: datetime_vi(datetime.fromisoformat(text))
        environment.filters["money"] = money
        self._page = environment.get_template("bank.html")

    def answer(self, asked: Asked) -> Answered | None:
        """One request below /ngan-hang; None for any other."""
        address = urlsplit(asked.path)
        if not address.path.startswith(PATH):
            return None
        given = {name: values[0] for name, values in parse_qs(address.query).items()}
        if asked.method == "POST":
            given |= {name: values[0] for name, values in parse_qs(asked.body.decode("utf-8", "replace")).items()}
        match asked.method, address.path.removeprefix(PATH):
            case "GET", "":
                return self._shown(given)
            case "POST", "/chuyen":
                return self._pay(given)
            case "POST", "/tra-lai":
                return self._return(given)
            case "POST", "/danh-sach-chi":
                return self._answer_file(given)
            case "GET", "/movements.json":
                with self._lock:
                    return _json([asdict(one) for one in self._movements])
        return Answered(404, "text/plain; charset=utf-8", "Không có trang này.".encode())

    def move(self, **facts: str | int) -> Movement:
        """Money moves now; the agency is told in the background."""
        movement = Movement(reference=f"FT{uuid4().hex[:14].upper()}", at=datetime.now(UTC).isoformat(), **facts)  # type: ignore[arg-type]
        with self._lock:
            self._movements.append(movement)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(movement), ensure_ascii=False) + "\n")
        threading.Thread(target=self._tell, args=[movement], daemon=True).start()
        return movement

    def _shown(self, given: Mapping[str, str], problem: str = "", status: int = 200) -> Answered:
        typed = {name: given.get(name, "") for name in ("qr", "bank", "account", "amount", "content", "payer")}
        if typed["qr"]:
            try:
                read = decode(typed["qr"].strip())
            except Invalid as refused:
                problem = str(refused)
            else:
                typed |= {"bank": read.bank, "account": read.account, "content": read.purpose}
                typed["amount"] = str(read.amount or "")
        with self._lock:
            newest = self._movements[:-51:-1]
        html = self._page.render(typed=typed, problem=problem, movements=newest)
        return Answered(status, _HTML, html.encode())

    def _pay(self, given: Mapping[str, str]) -> Answered:
        amount = "".join(sign for sign in given.get("amount", "") if sign.isdecimal())
        if not amount or int(amount[:14]) < 1 or not given.get("account") or not given.get("bank"):
            return self._shown(given, "Chưa đủ ngân hàng, số tài khoản và số tiền.", 422)
        self.move(
            kind="credit", bank=given["bank"][:6], account=given["account"][:19], amount=int(amount[:14]),
            content=f"MBVCB.{uuid4().int % 10**9:09d}.{given.get('content', '')[:200]}.CT tu 0900123456789",
            payer_name=(given.get("payer") or "NGUYEN VAN NGUOI NOP")[:100], payer_bank="970415",
            payer_account="0900123456789",
        )  # fmt: skip
        return Answered(303, "text/plain", b"", location=f"{PATH}#giao-dich")

    def _return(self, given: Mapping[str, str]) -> Answered:
        amount = "".join(sign for sign in given.get("amount", "") if sign.isdecimal())
        if not amount or not given.get("order"):
            return self._shown(given, "Chưa có mã lệnh chi và số tiền trả lại.", 422)
        self.move(
            kind="returned", bank=given.get("bank", "970405")[:6], account=given.get("account", "")[:19],
            amount=int(amount[:14]), content=given["order"].strip()[:60], payer_name="AC04 TAI KHOAN DA DONG",
            payer_bank="", payer_account="",
        )  # fmt: skip
        return Answered(303, "text/plain", b"", location=f"{PATH}#giao-dich")

    def _answer_file(self, given: Mapping[str, str]) -> Answered:
        """A pain.002 for the pasted pain.001: settled, but what `refuse` names (a part of an account's number)."""
        try:
            orders = parse(given.get("file", "").strip().encode())
        except Invalid as refused:
            return self._shown(given, str(refused), 422)
        number = orders.findtext(".//p:GrpHdr/p:MsgId", namespaces=_NAMES)
        if not number:
            return self._shown(given, "Tệp này không phải danh sách chi pain.001.", 422)
        return Answered(200, "application/xml", answered(orders, number, refuse=given.get("refuse", "").strip()))

    def _tell(self, movement: Movement) -> None:
        if not self._url:
            return
        body = movement.notice()
        signed = hmac.new(self._secret.encode(), body, sha256).hexdigest()
        for pause in _PAUSES:
            request = urllib.request.Request(  # noqa: S310
                self._url, data=body, headers={"Content-Type": "application/json", "X-Signature": signed}
            )
            try:
                with _direct.open(request, timeout=10):
                    movement.heard = True
                    return
            except OSError:
                threading.Event().wait(pause)
        log.warning("nobody heard of %s", movement.reference)


def answered(orders: etree._Element, number: str, *, refuse: str) -> bytes:
    """What the bank says of each payment of a file."""
    root = etree.Element(f"{{{ANSWERS}}}Document", nsmap=default_namespace(ANSWERS))
    report = etree.SubElement(root, f"{{{ANSWERS}}}CstmrPmtStsRpt")
    group = etree.SubElement(report, f"{{{ANSWERS}}}OrgnlGrpInfAndSts")
    etree.SubElement(group, f"{{{ANSWERS}}}OrgnlMsgId").text = number
    payments = etree.SubElement(report, f"{{{ANSWERS}}}OrgnlPmtInfAndSts")
    for order in orders.iterfind(".//p:CdtTrfTxInf", namespaces=_NAMES):
        account = order.findtext("p:CdtrAcct/p:Id/p:Othr/p:Id", namespaces=_NAMES) or ""
        row = etree.SubElement(payments, f"{{{ANSWERS}}}TxInfAndSts")
        name = order.findtext("p:PmtId/p:EndToEndId", namespaces=_NAMES)
        etree.SubElement(row, f"{{{ANSWERS}}}OrgnlEndToEndId").text = name
        is_refused = bool(refuse) and refuse in account
        etree.SubElement(row, f"{{{ANSWERS}}}TxSts").text = REJECTED if is_refused else SETTLED
        if is_refused:
            why = etree.SubElement(row, f"{{{ANSWERS}}}StsRsnInf")
            etree.SubElement(etree.SubElement(why, f"{{{ANSWERS}}}Rsn"), f"{{{ANSWERS}}}Cd").text = "AC04"
            etree.SubElement(why, f"{{{ANSWERS}}}AddtlInf").text = "Tai khoan da dong"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _json(value: object) -> Answered:
    return Answered(200, "application/json", json.dumps(value).encode())
