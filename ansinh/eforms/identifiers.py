"""Numbers that identify people in forms: which rule of ``ansinh.law.identifiers`` reads which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ansinh.eforms.problems import quoted
from ansinh.law.identifiers import (
    IdentifierError,
    parse_old_id_card,
    parse_passport,
    parse_personal_id,
    parse_phone,
    parse_si_number,
    parse_tax_code,
)


def parse_insurance_number(text: str) -> str:
    """Mã số BHXH: 10 digits, or the 12 of the personal number that is taking its place."""
    return parse_personal_id(text) if _digit_count(text) == 12 else parse_si_number(text)


def parse_identity_number(text: str) -> str:
    """A personal number (12 digits), an old identity card (9) or a passport."""
    if any(char.isalpha() for char in text):
        return parse_passport(text)
    return parse_old_id_card(text) if _digit_count(text) == 9 else parse_personal_id(text)


def parse_email(text: str) -> str:
    """An e-mail address in lower-case domain; raises :class:`IdentifierError`."""
    address = unicodedata.normalize("NFKC", text).strip()
    name, at, domain = address.rpartition("@")
    fits = re.fullmatch(r"[^\s@<>(),;:\"\\]{1,64}", name) and re.fullmatch(
        r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}", domain
    )
    if not at or not fits or len(address) > 254 or ".." in name:
        raise IdentifierError(
            "email-form",
            f"“{quoted(address)}” chưa đúng dạng thư điện tử, cần có tên, dấu @ và tên miền. "
            "Xin nhập lại, ví dụ lan.tran@example.vn.",
            f"“{quoted(address)}” is not an e-mail address: it needs a name, an @ and a domain. "
            "Please type it again, for example lan.tran@example.vn.",
        )
    return f"{name}@{domain.lower()}"


PARSERS: dict[str, Callable[[str], str]] = {
    "si_number": parse_insurance_number,
    "id_number": parse_identity_number,
    "tax_code": parse_tax_code,
    "phone": parse_phone,
    "email": parse_email,
}
"""Field type to the function that reads it; each raises :class:`IdentifierError`."""


def _digit_count(text: str) -> int:
    return sum(char.isdigit() for char in text)
