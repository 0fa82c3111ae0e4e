"""VietQR codes for transfers: EMVCo tag–length–value fields in the template of the inter-bank switch, with a CRC.

A tag has two digits, a length two digits (characters); the CRC (63) comes last and covers everything before it and
its own tag and length. The purpose is printed in capital letters without marks, as banks print it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ansinh.law.names import bank_form
from ansinh.platform.errors import Invalid

SWITCH: Final = "A000000727"
TO_ACCOUNT: Final = "QRIBFTTA"
TO_CARD: Final = "QRIBFTTC"
DONG: Final = "704"
LONGEST_PURPOSE: Final = 50
"""The text says 25; every bank takes more, and 62 as a whole may have 99."""
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_PURPOSE = re.compile(r"[A-Za-z0-9 ]{1,50}")


@dataclass(frozen=True)
class Transfer:
    """What a code asks for: `amount` đồng to an account (or card) at a bank, None for any amount."""

    bank: str
    account: str
    amount: int | None = None
    purpose: str = ""
    to_card: bool = False


def encode(wanted: Transfer) -> str:
    """The text of the code. Raises Invalid (`qr-bank`, `qr-account`, `qr-amount`, `qr-purpose`)."""
    _refuse_unprintable(wanted)
    receiver = _field("00", wanted.bank) + _field("01", wanted.account)
    kind = TO_CARD if wanted.to_card else TO_ACCOUNT
    text = "".join((
        _field("00", "01"),
        _field("01", "11" if wanted.amount is None else "12"),
        _field("38", _field("00", SWITCH) + _field("01", receiver) + _field("02", kind)),
        _field("53", DONG),
        "" if wanted.amount is None else _field("54", str(wanted.amount)),
        _field("58", "VN"),
        _field("62", _field("08", wanted.purpose)) if wanted.purpose else "",
        "6304",
    ))  # fmt: skip
    return text + f"{crc(text.encode('ascii')):04X}"


def decode(text: str) -> Transfer:
    """What a code of this form asks for. Raises Invalid (`qr-unreadable`: not such a code, or its CRC is wrong)."""
    if len(text) < 8 or not text.isascii() or text[-8:-4] != "6304":
        raise _unreadable()
    if f"{crc(text[:-4].encode('ascii')):04X}" != text[-4:]:
        raise _unreadable()
    fields = _fields(text[:-8])
    template = _fields(fields.get("38", ""))
    receiver = _fields(template.get("01", ""))
    if template.get("00") != SWITCH or not {"00", "01"} <= receiver.keys() or fields.get("53") != DONG:
        raise _unreadable()
    amount = fields.get("54")
    if amount is not None and not amount.isdecimal():
        raise _unreadable()
    return Transfer(
        bank=receiver["00"],
        account=receiver["01"],
        amount=int(amount) if amount is not None else None,
        purpose=_fields(fields.get("62", "")).get("08", ""),
        to_card=template.get("02") == TO_CARD,
    )


def crc(content: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begins with 0xFFFF, nothing reflected; 0x29B1 for `123456789`."""
    value = 0xFFFF
    for octet in content:
        value ^= octet << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def purpose_form(text: str) -> str:
    """A purpose as banks print it: capital letters without marks, digits and single spaces, cut to its length."""
    words = (word if word.isascii() and word.isalnum() else bank_form(word) for word in text.split())
    return " ".join(" ".join(words).upper().split())[:LONGEST_PURPOSE].rstrip()


def _refuse_unprintable(wanted: Transfer) -> None:
    if not _BIN.fullmatch(wanted.bank):
        raise Invalid("qr-bank", "Mã ngân hàng của VietQR có 6 chữ số. Xin chọn ngân hàng trong danh sách.")
    if not _ACCOUNT.fullmatch(wanted.account):
        raise Invalid("qr-account", "Số tài khoản của VietQR có không quá 19 chữ số hoặc chữ cái.")
    if wanted.amount is not None and not 0 < wanted.amount < 10**13:
        raise Invalid("qr-amount", "Số tiền của VietQR phải là số đồng nguyên lớn hơn 0.")
    if wanted.purpose and not _PURPOSE.fullmatch(wanted.purpose):
        raise Invalid("qr-purpose", "Nội dung chuyển khoản chỉ gồm chữ không dấu, chữ số, dấu cách, tối đa 50 ký tự.")


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag.isdecimal() and len(tag) == 2 and length.isdecimal() and len(length) == 2) or tag in found:
            raise _unreadable()
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) != int(length):
            raise _unreadable()
        found[tag] = value
        at += 4 + int(length)
    return found


def _unreadable() -> Invalid:
    return Invalid("qr-unreadable", "Mã này không phải VietQR chuyển khoản, hoặc đã hỏng. Xin quét lại.")
