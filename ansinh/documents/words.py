"""Whole numbers in Vietnamese words, as papers write an amount beside its figures."""

from typing import Final

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES: Final = ("", "nghìn", "triệu", "tỷ")
BILLION: Final = 1_000_000_000


def _units(digit: int, *, tens: int) -> str:
    """The last digit of a pair: một becomes mốt after hai mươi, năm becomes lăm after any ten."""
    if digit == 1 and tens >= 2:
        return "mốt"
    if digit == 5 and tens >= 1:
        return "lăm"
    return DIGITS[digit]


def _group(number: int, *, full: bool) -> list[str]:
    """Words of 0..999; full says "không trăm" and "lẻ" because higher groups came before."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words: list[str] = []
    if hundreds or full:
        words += [DIGITS[hundreds], "trăm"]
    if tens == 0:
        if units:
            words += ["lẻ", DIGITS[units]] if words else [DIGITS[units]]
        return words
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if units:
        words.append(_units(units, tens=tens))
    return words


def _below_billion(number: int, *, full: bool) -> list[str]:
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group == 0:
            continue
        words += _group(group, full=full or bool(words))
        if power:
            words.append(SCALES[power])
    return words


def number_words(number: int) -> str:
    """A whole number in lower-case words, southern "nghìn" for thousands; "âm" before a negative one."""
    if number < 0:
        return f"âm {number_words(-number)}"
    if number == 0:
        return DIGITS[0]
    billions, rest = divmod(number, BILLION)
    words: list[str] = []
    if billions:
        words += [number_words(billions), SCALES[3]]
    if rest:
        words += _below_billion(rest, full=bool(billions))
    return " ".join(words)


def money_words(amount: int) -> str:
    """An amount of whole đồng in words with a capital letter: "Năm mươi sáu triệu … nghìn đồng"."""
    words = f"{number_words(amount)} đồng"
    return words[0].upper() + words[1:]
