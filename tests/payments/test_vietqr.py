"""VietQR against published examples, another reader of the format, and every single changed character."""

from __future__ import annotations

import io
import string
from typing import Any

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ansinh.payments.vietqr import Transfer, crc, decode, encode, purpose_form
from ansinh.platform.errors import Invalid

PUBLISHED = {
    "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F": Transfer(
        "970403", "0011012345678"
    ),
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS6869"
    "0819thanh toan don hang63042E2E": Transfer("970403", "0011012345678", 180_000, "thanh toan don hang"),
    "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52": Transfer(
        "970403", "9704031101234567", to_card=True
    ),
    "00020101021138560010A0000007270126000697041501121133666688880208QRIBFTTA53037045802VN6304F443": Transfer(
        "970415", "113366668888"
    ),
    "00020101021238540010A00000072701240006970418011013598320990208QRIBFTTA5303704540715000005802VN62330829BHXH TZ000"
    "0A 07906 D02 11202663047783": Transfer("970418", "1359832099", 1_500_000, "BHXH TZ0000A 07906 D02 112026"),
}
WITH_BILL_NUMBER = "NPS6869"
LETTERS = string.ascii_uppercase + string.digits
orders = st.builds(
    Transfer,
    bank=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.text(LETTERS, min_size=1, max_size=19),
    amount=st.none() | st.integers(1, 10**13 - 1),
    purpose=st.text(LETTERS + " ", max_size=50).map(lambda text: text.strip()),
)


def test_the_checksum_of_the_catalogue() -> None:
    assert crc(b"123456789") == 0x29B1


@pytest.mark.parametrize("text", PUBLISHED)
def test_published_codes_are_read(text: str) -> None:
    assert decode(text) == PUBLISHED[text]


@pytest.mark.parametrize("text", [text for text in PUBLISHED if WITH_BILL_NUMBER not in text])
def test_published_codes_are_written_to_the_letter(text: str) -> None:
    assert encode(PUBLISHED[text]) == text


@pytest.mark.parametrize("text", PUBLISHED)
def test_no_changed_digit_is_believed(text: str) -> None:
    for at, sign in enumerate(text):
        if sign.isdecimal():
            changed = text[:at] + str((int(sign) + 1) % 10) + text[at + 1 :]
            with pytest.raises(Invalid):
                decode(changed)


@given(orders)
def test_what_is_written_is_read_by_another_reader(order: Transfer) -> None:
    text = encode(order)
    assert decode(text) == order
    read = _another_reader(text)
    assert read["38"]["01"] == {"00": order.bank, "01": order.account}
    assert read.get("54") == (None if order.amount is None else str(order.amount))
    assert read.get("62", {}).get("08", "") == order.purpose
    assert read["01"] == ("11" if order.amount is None else "12")


@given(st.text(max_size=120))
def test_strange_text_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(Invalid):
        decode(text)


def test_a_camera_reads_the_drawn_code() -> None:
    text = encode(Transfer("970418", "1359832099", 631_800, "BHXHABCDEFGHJKMN"))
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=4, border=4)
    (seen,) = zxingcpp.read_barcodes(Image.open(drawn))
    assert decode(seen.text).amount == 631_800


@pytest.mark.parametrize(
    ("code", "order"),
    [
        ("qr-bank", Transfer("97041", "1")),
        ("qr-account", Transfer("970418", "12345678901234567890")),
        ("qr-amount", Transfer("970418", "1", 0)),
        ("qr-purpose", Transfer("970418", "1", 1, "Đóng BHYT")),
    ],
)
def test_what_no_bank_can_print_is_refused(code: str, order: Transfer) -> None:
    with pytest.raises(Invalid) as refused:
        encode(order)
    assert refused.value.code == code


def test_a_purpose_is_written_as_banks_print_it() -> None:
    assert purpose_form("BHXHA1B2  Đóng BHYT 12 tháng – hộ") == "BHXHA1B2 DONG BHYT 12 THANG HO"
    assert len(purpose_form("a" * 80)) == 50


def _another_reader(text: str) -> dict[str, Any]:
    """Read by position with nothing of the module under test; templates 38 and 62 are opened one level, 38-01 two."""

    def opened(part: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while part:
            tag, length = part[:2], int(part[2:4])
            found[tag], part = part[4 : 4 + length], part[4 + length :]
        return found

    assert text[-8:-4] == "6304"
    assert int(text[-4:], 16) == _crc_by_division(text[:-4].encode())
    read = opened(text)
    for tag in ("38", "62"):
        if tag in read:
            read[tag] = opened(str(read[tag]))
    template = read["38"]
    assert isinstance(template, dict)
    template["01"] = opened(str(template["01"]))
    return read


def _crc_by_division(content: bytes) -> int:
    """The remainder of the message, as one large binary number, divided by x^16 + x^12 + x^5 + 1."""
    number = int.from_bytes(content, "big") << 16
    number ^= 0xFFFF << (8 * len(content))  # begins with ones: the first sixteen bits are inverted
    divisor = 0x11021
    for bit in range(number.bit_length() - 1, 15, -1):
        if number >> bit & 1:
            number ^= divisor << (bit - 16)
    return number
