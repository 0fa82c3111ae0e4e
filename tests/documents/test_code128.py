"""Bar codes: the vectors of the standard's own arithmetic, and a reader that is not ours reads them back."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from ansinh.documents.code128 import QUIET, WIDTHS, code128_svg, modules, symbols


def test_published_vectors() -> None:
    # The often printed example PJJ123C: 54 in set A (Wikipedia, “Code 128”), so 55 with the start of set B.
    assert symbols("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]
    # ISO/IEC 15417, pairs of digits in set C: start C, 12, 34, 56, check (105 + 12 + 2·34 + 3·56) mod 103 = 44.
    assert symbols("123456") == [105, 12, 34, 56, 44, 106]


def test_every_symbol_is_eleven_modules_wide_and_the_stop_thirteen() -> None:
    assert len(WIDTHS) == 107 and len(set(WIDTHS)) == 107
    assert {sum(map(int, one)) for one in WIDTHS[:-1]} == {11} and sum(map(int, WIDTHS[-1])) == 13


@pytest.mark.parametrize("text", ["BG2600000001", "EE123456789VN", "00001/2026/90001", "A1", "12345", "a b~"])
def test_another_reader_reads_it_back(text: str) -> None:
    white = "0" * QUIET
    bits = f"{white}{modules(text)}{white}"
    picture = Image.new("L", (len(bits), 30), 255)
    picture.putdata([0 if one == "1" else 255 for one in bits] * 30)
    [found] = zxingcpp.read_barcodes(picture.resize((len(bits) * 3, 90), Image.Resampling.NEAREST))
    assert (found.text, found.format) == (text, zxingcpp.BarcodeFormat.Code128)


def test_the_picture_has_its_quiet_zones() -> None:
    svg = code128_svg("BG2600000001")
    whole = len(modules("BG2600000001")) + 2 * QUIET
    assert f'viewBox="0 0 {whole} 40"' in svg and f'd="M{QUIET} 0h' in svg


@pytest.mark.parametrize("text", ["", "Hàm Rồng", "a\n"])
def test_what_it_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="printable"):
        symbols(text)
