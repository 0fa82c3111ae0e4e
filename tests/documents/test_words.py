"""Amounts in words, as a Vietnamese reader says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.documents.words import DIGITS, money_words, number_words

WORTH = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "lăm": 5}


def read_aloud(text: str) -> int:
    """The number a listener writes down: a second way from words to figures, for checking the first."""
    total = part = group = 0
    for word in text.split():
        if word in WORTH:
            group += WORTH[word]
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group += group % 10 * 9
        elif word == "trăm":
            group *= 100
        elif word in ("nghìn", "triệu"):
            part += group * {"nghìn": 10**3, "triệu": 10**6}[word]
            group = 0
        elif word == "tỷ":
            total = (total + part + group) * 10**9
            part = group = 0
        else:
            assert word == "lẻ"
    return total + part + group


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (11, "Mười một đồng"),
        (25, "Hai mươi lăm đồng"),
        (24, "Hai mươi bốn đồng"),
        (101, "Một trăm lẻ một đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (115, "Một trăm mười lăm đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm lẻ năm đồng"),
        (10_050, "Mười nghìn không trăm năm mươi đồng"),
        (2_340_000, "Hai triệu ba trăm bốn mươi nghìn đồng"),
        (56_280_000, "Năm mươi sáu triệu hai trăm tám mươi nghìn đồng"),
        (45_123_457, "Bốn mươi lăm triệu một trăm hai mươi ba nghìn bốn trăm năm mươi bảy đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_001, "Một tỷ không trăm lẻ một đồng"),
        (2_000_500_000, "Hai tỷ năm trăm nghìn đồng"),
        (-8_000, "Âm tám nghìn đồng"),
    ],
)
def test_an_amount_is_written_in_words(amount: int, words: str) -> None:
    assert money_words(amount) == words


@given(st.integers(min_value=0, max_value=10**17))
def test_the_words_mean_the_number(number: int) -> None:
    assert read_aloud(number_words(number)) == number
