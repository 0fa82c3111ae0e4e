"""Every QR code has the same mask, and a reader reads whatever it says."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode

import pytest
import zxingcpp

from ansinh.documents.render import render
from tests.documents.pages import picture
from tests.documents.papers import AT, REFUSAL

ADDRESS = "https://dichvu.ansinh.example/minh-chung?q="
TEXTS = [
    *(ADDRESS + urlsafe_b64encode(hashlib.sha512(bytes([n])).digest() + bytes([n] * 37)).decode() for n in range(6)),
    ADDRESS + "A" * 135,
    ADDRESS + "0" * 300,
    ADDRESS,
]
"""As signed codes look; and what a mask could make patterns of."""


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_printed_code_is_read(text: str) -> None:
    pdf = render("refusal", data=REFUSAL | {"qr_address": text, "check_address": "dichvu.ansinh.example"}, at=AT)
    assert [one.text for one in zxingcpp.read_barcodes(picture(pdf))] == [text]
