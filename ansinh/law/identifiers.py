"""Numbers that identify people, cards and payers: read as people type them, refused with advice.

Spaces, dots, dashes and full-width digits are accepted everywhere. Sources: QĐ 1351/QĐ-BHXH
(cards), TT 59/2021/TT-BCA (personal numbers), tax administration rules (check digit).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ansinh.law.errors import LawError

Sex = Literal["male", "female"]

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212_/]+")
_MOBILE = re.compile(r"[35789]\d{8}")
_CARD = re.compile(r"[A-Z]{2}[1-5]\d{12}")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class IdentifierError(LawError):
    """A number cannot be accepted; the message says what to check."""


@dataclass(frozen=True)
class PersonalNumberFacts:
    """What the digits of a personal identification number say."""

    birthplace_code: str
    sex: Sex
    birth_year: int


@dataclass(frozen=True)
class IdentifierWarning:
    """Something to look at again that does not stop the dossier."""

    code: str
    message_vi: str
    message_en: str


def parse_si_number(text: str) -> str:
    """Mã số BHXH: 10 digits, no public check digit."""
    return _digits(text, (10,), "si-number", "Mã số BHXH", "The social insurance number")


def parse_personal_id(text: str) -> str:
    """Số định danh cá nhân (CCCD): 12 digits."""
    return _digits(text, (12,), "personal-id", "Số định danh cá nhân", "The personal number")


def parse_old_id_card(text: str) -> str:
    """Số CMND cũ: 9 digits."""
    return _digits(text, (9,), "old-id-card", "Số chứng minh nhân dân", "The old identity number")


def parse_passport(text: str) -> str:
    """Vietnamese passport number: one or two letters and six to eight digits."""
    number = _squeezed(text)
    if not _PASSPORT.fullmatch(number):
        raise IdentifierError(
            "passport-form",
            "Số hộ chiếu gồm 1 hoặc 2 chữ cái và 6 đến 8 chữ số, ví dụ C1234567. "
            "Hãy xem lại trang thông tin của hộ chiếu.",
            "A passport number has 1 or 2 letters and 6 to 8 digits, such as C1234567.",
        )
    return number


def parse_phone(text: str) -> str:
    """A Vietnamese mobile number as E.164 digits without the plus: 84912345278."""
    number = _squeezed(text).replace("(", "").replace(")", "")
    national = re.sub(r"^(?:\+84|0084|84(?=\d{9}$|0\d{9}$))", "0", number)
    national = national.removeprefix("0").removeprefix("0")
    if not number.lstrip("+").isdigit() or not _MOBILE.fullmatch(national):
        raise IdentifierError(
            "phone-form",
            "Số điện thoại di động gồm 10 chữ số và bắt đầu bằng 03, 05, 07, 08 hoặc 09. Hãy kiểm tra lại.",
            "A mobile number has 10 digits and begins with 03, 05, 07, 08 or 09. Check it again.",
        )
    return f"84{national}"


def mask_phone(phone: str) -> str:
    """A stored number with only its ends: 84912345278 → 09•• ••• 278."""
    local = "0" + phone.removeprefix("84")
    return f"{local[:2]}•• ••• {local[-3:]}"


def show_phone(phone: str) -> str:
    """A stored number as people read it: 84912345278 → 0912 345 278."""
    local = "0" + phone.removeprefix("84")
    return f"{local[:4]} {local[4:7]} {local[7:]}"


def parse_health_card(text: str) -> str:
    """Số thẻ BHYT: 15 characters; a scan of 20 loses the facility code at its end."""
    number = _squeezed(text)
    if len(number) == 20 and re.fullmatch(r"\d{2}[0-9A-Z]{3}", number[15:]):
        number = number[:15]
    if not _CARD.fullmatch(number):
        raise IdentifierError(
            "health-card-form",
            "Số thẻ BHYT gồm 15 ký tự: 2 chữ cái, 1 số mức hưởng từ 1 đến 5 và 12 chữ số, "
            "ví dụ DN4 01 0123456789. Nếu thẻ chỉ in 10 chữ số, hãy nhập vào ô mã số BHXH.",
            "A health card number has 15 characters: 2 letters, a level 1 to 5 and 12 digits. "
            "If the card shows only 10 digits, enter them as the social insurance number.",
        )
    return number


def parse_tax_code(text: str) -> str:
    """Mã số thuế: 10 digits with a check digit, 10-3 for a branch, or a 12-digit personal number."""
    number = _squeezed(text)
    if not (number.isascii() and number.isdigit()) or len(number) not in (10, 12, 13):
        raise IdentifierError(
            "tax-code-form",
            "Mã số thuế gồm 10 chữ số, 10 chữ số kèm 3 số của chi nhánh, hoặc 12 chữ số của "
            "số định danh cá nhân. Hãy kiểm tra lại.",
            "A tax code has 10 digits, 10 and 3 for a branch, or the 12 of a personal number.",
        )
    if len(number) == 12:
        return number
    if 10 - _weighted(number) % 11 != int(number[9]):
        raise IdentifierError(
            "tax-code-check-digit",
            "Mã số thuế không đúng: chữ số kiểm tra không khớp. Hãy đối chiếu từng chữ số.",
            "The tax code is wrong: its check digit does not fit. Compare it digit by digit.",
        )
    if len(number) == 10:
        return number
    if number[10:] == "000":
        raise IdentifierError(
            "tax-code-branch",
            "Ba số cuối của mã số thuế chi nhánh từ 001 đến 999. Hãy kiểm tra lại.",
            "The last three digits of a branch's tax code run from 001 to 999.",
        )
    return f"{number[:10]}-{number[10:]}"


def personal_id_facts(number: str) -> PersonalNumberFacts:
    """What a parsed personal number says of birthplace, sex and year of birth."""
    century = int(number[3])
    return PersonalNumberFacts(
        birthplace_code=number[:3],
        sex="female" if century % 2 else "male",
        birth_year=1900 + 100 * (century // 2) + int(number[4:6]),
    )


def personal_id_warnings(number: str, *, sex: Sex | None, birth_year: int | None) -> tuple[IdentifierWarning, ...]:
    """Where a personal number disagrees with the declared sex or year: warnings, not refusals."""
    facts = personal_id_facts(number)
    warnings: list[IdentifierWarning] = []
    if sex is not None and facts.sex != sex:
        warnings.append(
            IdentifierWarning(
                "personal-id-sex",
                "Giới tính không khớp với số định danh cá nhân. Hãy kiểm tra lại.",
                "The sex does not agree with the personal number. Check it again.",
            )
        )
    if birth_year is not None and facts.birth_year != birth_year:
        warnings.append(
            IdentifierWarning(
                "personal-id-birth-year",
                "Năm sinh không khớp với số định danh cá nhân. Hãy kiểm tra lại.",
                "The year of birth does not agree with the personal number. Check it again.",
            )
        )
    return tuple(warnings)


def _digits(text: str, lengths: tuple[int, ...], code: str, vi: str, en: str) -> str:
    number = _squeezed(text)
    wanted = " hoặc ".join(map(str, lengths))
    if not number:
        raise IdentifierError(f"{code}-missing", f"Hãy nhập {vi[0].lower()}{vi[1:]}.", f"Enter it: {en}.")
    if not (number.isascii() and number.isdigit()):
        raise IdentifierError(
            f"{code}-not-digits",
            f"{vi} chỉ gồm chữ số. Hãy bỏ các ký tự khác.",
            f"{en} has digits only. Remove the other characters.",
        )
    if len(number) not in lengths:
        raise IdentifierError(
            f"{code}-length",
            f"{vi} có {wanted} chữ số, số vừa nhập có {len(number)}. Hãy kiểm tra lại.",
            f"{en} has {wanted} digits, this one has {len(number)}. Check it again.",
            length=len(number),
        )
    if set(number) == {"0"}:
        raise IdentifierError(
            f"{code}-zero",
            f"{vi} không thể toàn số 0. Hãy nhập đúng số ghi trên giấy tờ.",
            f"{en} cannot be all zeros. Enter the number on the paper.",
        )
    return number


def _squeezed(text: str) -> str:
    """Compatibility form (full-width digits become plain), upper case, separators removed."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _weighted(number: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, number, strict=False))
