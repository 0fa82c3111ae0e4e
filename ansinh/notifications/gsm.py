"""How long an SMS is: the GSM 7-bit default alphabet (3GPP TS 23.038) or UCS-2, and how many parts it takes."""

from __future__ import annotations

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "\u00a0": " ", "–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "…": "..."}
)
SINGLE_GSM, PART_GSM = 160, 153
SINGLE_UCS2, PART_UCS2 = 70, 67


def is_gsm(text: str) -> bool:
    """Whether every character is in the 7-bit alphabet."""
    return all(character in _BASIC or character in _EXTENDED for character in text)


def length(text: str) -> int:
    """Septets for a 7-bit text (extended characters take two), UTF-16 units otherwise."""
    return _septets(text) if is_gsm(text) else _units(text)


def parts(text: str) -> list[str]:
    """The text cut as it travels: one part where it fits, else pieces that leave room for the part header."""
    seven_bit = is_gsm(text)
    measure = _septets if seven_bit else _units
    if measure(text) <= (SINGLE_GSM if seven_bit else SINGLE_UCS2):
        return [text]
    room = PART_GSM if seven_bit else PART_UCS2
    cut, current = [], ""
    for character in text:
        if measure(current + character) > room:
            cut.append(current)
            current = ""
        current += character
    return [*cut, current]


def without_diacritics(text: str) -> str:
    """Vietnamese in plain letters: `Hồ sơ đã nộp` becomes `Ho so da nop`."""
    plain = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _septets(text: str) -> int:
    return sum(2 if character in _EXTENDED else 1 for character in text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2
