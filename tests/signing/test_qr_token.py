"""The code on a paper: it is believed only as it was made, says nothing personal, and ends."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
import segno
from pytest_django import Settings

from ansinh.platform.errors import Invalid
from ansinh.signing import keystore, qr_token, seal

AT = datetime(2026, 11, 26, 7, 3, 5, tzinfo=UTC)
ABOUT = UUID("0193a8a0-0000-7000-8000-00000000abcd")
DIGEST = "5a" * 32


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    """Keys of one test only."""
    settings.SIGNING_DIR = tmp_path / "signing"
    seal._key.cache_clear()


def a_code(kind: qr_token.Kind = qr_token.Kind.DECISION) -> str:
    return qr_token.issue(kind, about=ABOUT, digest=DIGEST, at=AT)


def test_what_was_put_in_comes_out() -> None:
    read = qr_token.read(a_code())
    assert (read.kind, read.about, read.digest, read.made_at) == (qr_token.Kind.DECISION, ABOUT, "5a" * 8, AT)
    assert read.key_id == seal.seal_key_id()


def test_a_paper_holds_for_decades_and_a_card_for_minutes() -> None:
    paper, card = (qr_token.read(a_code(kind)) for kind in (qr_token.Kind.DECISION, qr_token.Kind.CARD))
    assert not paper.expired(at=AT + timedelta(days=49 * 365))
    assert not card.expired(at=AT + timedelta(minutes=9))
    assert card.expired(at=AT + timedelta(minutes=10))


def test_ten_thousand_flipped_bits_are_all_refused() -> None:
    valid, random = a_code(), Random(4)
    accepted = 0
    for _ in range(10_000):
        octets = bytearray(valid.encode())
        octets[random.randrange(len(octets))] ^= 1 << random.randrange(8)
        try:
            qr_token.read(octets.decode("latin-1"))
        except Invalid:
            continue
        accepted += 1
    assert accepted == 0


def test_every_single_bit_of_the_octets_counts() -> None:
    raw = urlsafe_b64decode(a_code() + "=")
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Invalid):
            qr_token.read(urlsafe_b64encode(bytes(changed)).rstrip(b"=").decode())


@pytest.mark.parametrize("text", ["", "x", "é" * 135, "A" * 135, "=" * 135, " ", "A" * 100_000])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        qr_token.read(text)


def test_another_spelling_of_the_same_octets_is_refused() -> None:
    valid = a_code()
    for other in (valid + "=", valid + "\n", valid[:-1] + chr(ord(valid[-1]) + 1), valid.replace("_", "/") + "=="):
        with pytest.raises(Invalid):
            qr_token.read(other)


def test_a_code_of_a_replaced_key_still_holds_and_one_of_a_stranger_never_did() -> None:
    old = a_code()
    (keystore.folder() / "seal.key.pem").unlink()
    seal._key.cache_clear()
    new = a_code()
    assert qr_token.read(old).key_id != qr_token.read(new).key_id
    assert list(seal.seal_public_keys()) == [qr_token.read(new).key_id, qr_token.read(old).key_id]
    for public in keystore.folder().glob("seal-*.public"):
        public.unlink()
    with pytest.raises(Invalid):
        qr_token.read(old)


def test_nothing_else_that_the_key_seals_is_a_code() -> None:
    """A checkpoint or a record sealed with the same key can never be read as a code."""
    body = urlsafe_b64decode(a_code() + "=")[: -qr_token._SIGNATURE]
    forged = body + seal.seal_bytes(body)
    with pytest.raises(Invalid):
        qr_token.read(urlsafe_b64encode(forged).rstrip(b"=").decode())


def test_it_fits_a_modest_code_even_behind_a_long_address() -> None:
    made = segno.make(f"https://dichvucong.baohiemxahoi.gov.vn/minh-chung?q={a_code()}", error="m", micro=False)
    assert len(a_code()) == 135
    assert int(made.version) <= 10
