"""Telephone numbers as the networks take them: E.164 without the plus, 84 and nine digits."""

from __future__ import annotations

import re
import unicodedata

from ansinh.platform.errors import Invalid

_MOBILE = re.compile(r"84[35789]\d{8}")


def international(typed: str) -> str:
    """`0912 345 678`, `+84912345678` or `84912345678` as `84912345678`. Refuses what is no Vietnamese mobile number."""
    digits = re.sub(r"[\s.\-()+]", "", unicodedata.normalize("NFKC", typed))
    if digits.startswith("0084"):
        digits = digits[2:]
    if digits.startswith("0"):
        digits = "84" + digits[1:]
    if not digits.isascii() or not _MOBILE.fullmatch(digits):
        raise Invalid(
            "phone-not-mobile",
            "Số điện thoại di động có 10 chữ số và bắt đầu bằng 03, 05, 07, 08 hoặc 09. Xin nhập lại số đang dùng.",
        )
    return digits


def masked(recipient: str) -> str:
    """What a page may show: `09•• ••• 678`, `m•••@thu.example`."""
    if "@" in recipient:
        name, _, domain = recipient.partition("@")
        return f"{name[:1]}•••@{domain}"
    local = "0" + recipient[2:] if recipient.startswith("84") else recipient
    return f"{local[:2]}•• ••• {local[-3:]}"
