"""The boxes of the composite answers: address, bank account, person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ansinh.eforms.definition import Field
from ansinh.eforms.errors import FormError

ADDRESS = (
    Field("province", "choice", "Tỉnh, thành phố", "Province or city", catalogue="provinces"),
    Field("commune", "choice", "Xã, phường, đặc khu", "Commune or ward", catalogue="communes"),
    Field(
        "detail", "text", "Số nhà, đường, thôn, tổ", "House, street, hamlet",
        required=False, max_length=200,
    ),
)  # fmt: skip

BANK_ACCOUNT = (
    Field("bank", "choice", "Ngân hàng", "Bank", catalogue="banks"),
    Field(
        "number", "text", "Số tài khoản", "Account number", pattern=r"[0-9A-Za-z]{6,19}",
        pattern_hint_vi="Số tài khoản có 6 đến 19 chữ số hoặc chữ cái, không có dấu",
        pattern_hint_en="An account number has 6 to 19 digits or letters",
        max_length=30, source_vi="ứng dụng ngân hàng",
        source_en="the bank’s app",
    ),
    Field(
        "holder", "text", "Tên chủ tài khoản", "Account holder", max_length=100,
        hint_vi="Như ngân hàng ghi, ví dụ TRAN THI MAI LAN",
        hint_en="As the bank writes it, e.g. TRAN THI MAI LAN",
    ),
)  # fmt: skip

_PERSON = {
    "full_name": Field("full_name", "text", "Họ và tên", "Full name", max_length=100),
    "date_of_birth": Field(
        "date_of_birth", "date", "Ngày sinh", "Date of birth", year_only=True,
        earliest="1900-01-01", latest="today", source_vi="giấy tờ tùy thân",
        source_en="the identity paper",
    ),
    "gender": Field(
        "gender", "choice", "Giới tính", "Gender", catalogue="genders", required=False
    ),
    "id_number": Field(
        "id_number", "id_number", "Số định danh cá nhân (số căn cước) hoặc hộ chiếu",
        "Identity number or passport",
    ),
    "phone": Field("phone", "phone", "Số điện thoại", "Telephone"),
    "relationship": Field(
        "relationship", "text", "Quan hệ", "Relationship", max_length=60, pattern=r".*[A-Za-zÀ-ỹ].*",
        pattern_hint_vi="Quan hệ viết bằng chữ, ví dụ: vợ, con trai",
        pattern_hint_en="The relationship is a word, for example: wife, son",
    ),
}  # fmt: skip
_PERSON_USUAL = ("full_name", "date_of_birth", "id_number")


def parts_for(kind: str, wanted: object, *, where: str) -> tuple[Field, ...]:
    """The boxes of a composite type.

    A person has the boxes named in ``wanted``: a list of names, ``phone?`` for one that may stay
    empty. Raises :class:`FormError` on an unknown name.
    """
    if kind == "address":
        return ADDRESS
    if kind == "bank_account":
        return BANK_ACCOUNT
    names = _PERSON_USUAL if wanted is None else wanted
    if isinstance(names, (str, Mapping)) or not isinstance(names, Sequence):
        raise FormError(where, "“parts” is a list of names")
    return tuple(_person_part(str(name), where) for name in names)


def _person_part(name: str, where: str) -> Field:
    part = _PERSON.get(name.rstrip("?"))
    if part is None:
        raise FormError(where, f"a person has no part “{name}”; known: {', '.join(_PERSON)}")
    return _optional(part) if name.endswith("?") else part


def _optional(part: Field) -> Field:
    return replace(part, required=False)
