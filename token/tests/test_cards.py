"""A real PKCS#11 module: what is listed, what is signed, and what each failure says."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ansinh_token.cards import Cards
from ansinh_token.refusals import Refused
from token_world.certificates import NOW, Authority, name, new_key
from token_world.soft_token import PIN, SoftToken


def refusal(cards: Cards, *, pin: str = PIN) -> str:
    with pytest.raises(Refused) as refused:
        cards.sign(cards.certificates()[0], pin=pin, data=b"paper")
    return refused.value.code


def test_a_certificate_for_signing_is_listed_with_its_owner(token: SoftToken, cards: Cards) -> None:
    (found,) = cards.certificates()
    assert found.parsed.subject.native["common_name"] == "Nguyễn Thị Hoa"
    assert found.token_label == token.label
    assert found.is_in_force(NOW)
    assert not found.is_in_force(NOW + timedelta(days=366))


def test_certificates_for_other_uses_are_not_listed(token: SoftToken, cards: Cards, authority: Authority) -> None:
    key, weak = new_key(), new_key(1024)
    token.keep(key=key, certificate=authority.issue(key=key, allowed=("key_encipherment",)), key_id=b"\x02")
    token.keep(key=key, certificate=authority.issue(key=key, ca=True, allowed=("digital_signature",)), key_id=b"\x03")
    token.keep(key=weak, certificate=authority.issue(key=weak), key_id=b"\x04")
    assert [one.key_id for one in cards.certificates()] == [b"\x01"]


def test_an_organisation_and_its_person_stand_on_one_token(
    token: SoftToken, cards: Cards, authority: Authority
) -> None:
    key = new_key()
    company = name("Công ty TNHH May Bình Minh", "Công ty TNHH May Bình Minh", "MST:0319999999")
    token.keep(key=key, certificate=authority.issue(key=key, subject=company), key_id=b"\x02")
    assert {one.parsed.subject.native.get("user_id") for one in cards.certificates()} == {
        "CCCD:999123456789",
        "MST:0319999999",
    }


def test_the_signature_is_of_the_key_in_the_token(token: SoftToken, cards: Cards, key: rsa.RSAPrivateKey) -> None:
    signature = cards.sign(cards.certificates()[0], pin=PIN, data=b"paper")
    key.public_key().verify(signature, b"paper", padding.PKCS1v15(), hashes.SHA256())


def test_a_wrong_pin_says_so_and_the_right_one_still_signs(token: SoftToken, cards: Cards) -> None:
    assert refusal(cards, pin="000000") == "wrong-pin"
    assert refusal(cards, pin="1") == "wrong-pin"
    assert cards.sign(cards.certificates()[0], pin=PIN, data=b"paper")


def test_a_token_taken_away_is_missed(token: SoftToken, cards: Cards) -> None:
    chosen = cards.certificates()[0]
    token.unplug()
    with pytest.raises(Refused) as nothing:
        cards.certificates()
    assert nothing.value.code == "no-certificate"  # SoftHSM leaves an empty slot behind
    with pytest.raises(Refused) as refused:
        cards.sign(chosen, pin=PIN, data=b"paper")
    assert refused.value.code == "token-removed"


def test_a_token_taken_away_between_choice_and_press_is_missed(token: SoftToken, cards: Cards) -> None:
    chosen = cards.certificates()[0]
    token.unplug()
    with pytest.raises(Refused) as refused:
        cards.sign(chosen, pin=PIN, data=b"paper")
    assert refused.value.code == "token-removed"
    token.plug_in()
    assert cards.sign(chosen, pin=PIN, data=b"paper")


def test_a_certificate_without_its_key_signs_nothing(
    empty_token: SoftToken, cards: Cards, authority: Authority, key: rsa.RSAPrivateKey
) -> None:
    empty_token.keep(key=None, certificate=authority.issue(key=key))
    assert refusal(cards) == "no-key"


def test_a_key_of_another_certificate_signs_nothing(
    empty_token: SoftToken, cards: Cards, authority: Authority, key: rsa.RSAPrivateKey
) -> None:
    empty_token.keep(key=new_key(), certificate=authority.issue(key=key))
    assert refusal(cards) == "no-key"


def test_no_software_no_token_and_no_certificate_are_different_sentences(
    empty_token: SoftToken, cards: Cards, tmp_path: Path
) -> None:
    def code(of: Cards) -> str:
        with pytest.raises(Refused) as refused:
            of.certificates()
        return refused.value.code

    broken = tmp_path / "broken.so"
    broken.write_bytes(b"no module")
    assert code(Cards(list)) == "no-module"
    assert code(Cards(lambda: [broken])) == "no-token"
    assert code(cards) == "no-certificate"


def test_a_broken_module_does_not_hide_a_good_one(token: SoftToken, tmp_path: Path) -> None:
    broken = tmp_path / "broken.so"
    broken.write_bytes(b"no module")
    assert len(Cards(lambda: [broken, token.module]).certificates()) == 1
