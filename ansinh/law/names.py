"""Names of people: how they are written, found and given to a bank."""

from __future__ import annotations

import unicodedata

from ansinh.law.errors import LawError

_PUNCTUATION = frozenset(" '’-.,")
_MAX_LENGTH = 100


class NameRefused(LawError):
    """A name cannot be accepted as written."""


def parse_name(text: str) -> str:
    """A name in NFC with single spaces.

    Raises ``NameRefused`` (a sentence saying what to do) for an empty or overlong name, hidden
    or direction-changing characters, digits and signs, and letters of another script.
    """
    composed = unicodedata.normalize("NFC", text)
    for char in composed:
        if char not in "\t\n\r" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn"):
            raise NameRefused(
                "name-hidden-character",
                "Họ tên có ký tự ẩn. Hãy xóa đi và gõ lại họ tên.",
                "The name holds a hidden character. Delete it and type the name again.",
            )
    name = " ".join(composed.split())
    if not any(char.isalpha() for char in name):
        raise NameRefused("name-missing", "Hãy nhập họ và tên.", "Enter the full name.")
    if len(name) > _MAX_LENGTH:
        raise NameRefused(
            "name-too-long",
            f"Họ tên dài quá {_MAX_LENGTH} ký tự. Hãy kiểm tra lại.",
            f"The name is longer than {_MAX_LENGTH} characters. Check it again.",
        )
    for char in name:
        _check_letter(char)
    return name


def search_key(name: str) -> str:
    """Lower-case letters without marks: “Nguyễn Hoà” and “nguyen hòa” give the same key."""
    return " ".join(_without_marks(name).casefold().split())


def bank_form(name: str) -> str:
    """The name as Vietnamese banks write it: TRAN THI MAI LAN."""
    letters = "".join(c if c.isascii() and c.isalpha() else " " for c in _without_marks(name))
    return " ".join(letters.upper().split())


def _check_letter(char: str) -> None:
    if char in _PUNCTUATION:
        return
    if unicodedata.category(char) == "Mn":
        raise NameRefused(
            "name-stray-mark",
            "Họ tên có dấu đứng rời. Hãy gõ lại họ tên bằng bộ gõ Unicode.",
            "The name has a mark standing alone. Type it again in Unicode.",
        )
    if not char.isalpha():
        raise NameRefused(
            "name-unexpected-sign",
            f"Họ tên chỉ gồm chữ cái. Hãy bỏ ký tự “{char}”.",
            f"A name has letters only. Remove “{char}”.",
            sign=char,
        )
    if not unicodedata.name(char, "").startswith("LATIN") or char in "ªº":
        raise NameRefused(
            "name-other-script",
            f"Ký tự “{char}” không thuộc chữ Việt. Hãy gõ lại họ tên bằng chữ cái Latinh.",
            f"“{char}” is not a Latin letter. Type the name again in Latin letters.",
            sign=char,
        )


def _without_marks(text: str) -> str:
    plain = text.replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in unicodedata.normalize("NFD", plain) if unicodedata.category(char) != "Mn")
