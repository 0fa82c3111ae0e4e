"""Files between the agency and its bank: ISO 20022 pain.001.001.09 out, pain.002.001.10 back.

Accounts have no IBAN here (`Othr/Id`); a bank is named by its number at the inter-bank switch; amounts are whole đồng;
names are in the form banks write them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from ansinh.law.names import bank_form
from ansinh.payments.vietqr import purpose_form
from ansinh.platform.errors import Invalid
from ansinh.platform.xml import default_namespace, parse
from ansinh.platform.zone import local
from ansinh.registry.bank_accounts.account import BankAccount

ORDERS: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
ANSWERS: Final = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
SETTLED, REJECTED = "ACSC", "RJCT"
_LONGEST_NAME = 140
_LARGEST: Final = 10**13
_ACCOUNT: Final = re.compile(r"[0-9A-Za-z]{1,19}")
_BANK: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Payment:
    """One payment of a file; `end_to_end` names it for good, also when the bank answers."""

    end_to_end: str
    amount: int
    to: BankAccount
    text: str


@dataclass(frozen=True)
class Answer:
    """What the bank says of one payment: settled, or rejected and why."""

    end_to_end: str
    status: str
    reason: str


def orders_file(number: str, payments: Sequence[Payment], *, source: BankAccount, at: datetime) -> bytes:
    """The file of a batch, the same bytes for the same batch. Raises Invalid (`bank-file`) for what no bank takes."""
    _refuse_unless_a_bank_takes_it(number, payments)
    root = etree.Element(f"{{{ORDERS}}}Document", nsmap=default_namespace(ORDERS))
    body = _sub(root, "CstmrCdtTrfInitn")
    total = str(sum(one.amount for one in payments))
    head = _sub(body, "GrpHdr")
    _text(head, "MsgId", number)
    _text(head, "CreDtTm", local(at).replace(microsecond=0).isoformat())
    _text(head, "NbOfTxs", str(len(payments)))
    _text(head, "CtrlSum", total)
    _text(_sub(head, "InitgPty"), "Nm", source.holder[:_LONGEST_NAME])
    group = _sub(body, "PmtInf")
    _text(group, "PmtInfId", number)
    _text(group, "PmtMtd", "TRF")
    _text(group, "NbOfTxs", str(len(payments)))
    _text(group, "CtrlSum", total)
    _text(_sub(group, "ReqdExctnDt"), "Dt", local(at).date().isoformat())
    _text(_sub(group, "Dbtr"), "Nm", source.holder[:_LONGEST_NAME])
    _account(group, "DbtrAcct", source)
    _bank(group, "DbtrAgt", source)
    for one in payments:
        row = _sub(group, "CdtTrfTxInf")
        _text(_sub(row, "PmtId"), "EndToEndId", one.end_to_end)
        amount = _text(_sub(row, "Amt"), "InstdAmt", str(one.amount))
        amount.set("Ccy", "VND")
        _bank(row, "CdtrAgt", one.to)
        _text(_sub(row, "Cdtr"), "Nm", bank_form(one.to.holder)[:_LONGEST_NAME])
        _account(row, "CdtrAcct", one.to)
        _text(_sub(row, "RmtInf"), "Ustrd", purpose_form(one.text) or purpose_form(one.end_to_end))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def faults_of_file(content: bytes) -> list[str]:
    """What is wrong with the sums of a file of ours, recounted from its payments; empty for a right one."""
    root, names = parse(content), {"p": ORDERS}
    amounts = [int(one.text or 0) for one in root.iterfind(".//p:InstdAmt", namespaces=names)]
    said = {"NbOfTxs": str(len(amounts)), "CtrlSum": str(sum(amounts))}
    return [
        f"{group}/{name}: {found}, counted {counted}"
        for group in ("GrpHdr", "PmtInf")
        for name, counted in said.items()
        if (found := root.findtext(f".//p:{group}/p:{name}", namespaces=names)) != counted
    ]


def _refuse_unless_a_bank_takes_it(number: str, payments: Sequence[Payment]) -> None:
    """Of the standard: lengths, one name for one payment; of the profile here: whole đồng, accounts without IBAN."""
    faults = [] if payments else ["no payment"]
    faults += [
        f"{name} is longer than 35" for name in (number, *(one.end_to_end for one in payments)) if len(name) > 35
    ]
    seen: set[str] = set()
    for one in payments:
        if one.end_to_end in seen:
            faults.append(f"{one.end_to_end} stands twice")
        seen.add(one.end_to_end)
        if not 1 <= one.amount <= _LARGEST:
            faults.append(f"{one.end_to_end} has no amount")
        if not _ACCOUNT.fullmatch(one.to.number):
            faults.append(f"{one.end_to_end}: account number")
        if not _BANK.fullmatch(one.to.bank):
            faults.append(f"{one.end_to_end}: bank")
        if not bank_form(one.to.holder):
            faults.append(f"{one.end_to_end}: holder")
    if faults:
        raise Invalid(
            "bank-file", "Tệp chi không lập được vì ngân hàng sẽ không nhận: {why}.", why="; ".join(faults[:5])
        )


def answers_in(content: bytes) -> tuple[str, tuple[Answer, ...]]:
    """The batch a bank's file answers and what it says of each payment. Raises Invalid."""
    root = parse(content)
    if root.tag != f"{{{ANSWERS}}}Document":
        raise Invalid(
            "bank-answer-kind", "Tệp này không phải thông báo trạng thái pain.002 của ngân hàng. Xin chọn đúng tệp."
        )
    names = {"p": ANSWERS}
    number = root.findtext(".//p:OrgnlGrpInfAndSts/p:OrgnlMsgId", namespaces=names) or ""
    found = []
    for row in root.iterfind(".//p:TxInfAndSts", namespaces=names):
        end_to_end = row.findtext("p:OrgnlEndToEndId", namespaces=names) or ""
        status = row.findtext("p:TxSts", namespaces=names) or ""
        code = row.findtext("p:StsRsnInf/p:Rsn/p:Cd", namespaces=names) or ""
        said = row.findtext("p:StsRsnInf/p:AddtlInf", namespaces=names) or ""
        found.append(Answer(end_to_end, status, " ".join(part for part in (code, said) if part)[:140]))
    if not number or not found:
        raise Invalid("bank-answer-empty", "Tệp của ngân hàng không nói về lệnh chi nào. Xin tải lại từ ngân hàng.")
    return number, tuple(found)


def _sub(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = _sub(parent, name)
    element.text = text
    return element


def _account(parent: etree._Element, name: str, account: BankAccount) -> None:
    _text(_sub(_sub(_sub(parent, name), "Id"), "Othr"), "Id", account.number)


def _bank(parent: etree._Element, name: str, account: BankAccount) -> None:
    member = _sub(_sub(_sub(parent, name), "FinInstnId"), "ClrSysMmbId")
    _text(member, "MmbId", account.bank)
