"""Certificates with keys on P-256 and P-384: listed, signed by the hash of their curve, and no other kind."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import algos
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ansinh_token.cards import Cards
from ansinh_token.refusals import Refused
from token_world.certificates import Authority
from token_world.papers import DOCUMENT, offer, signed_info
from token_world.program import Running, running
from token_world.second_opinions import pdfsig, pyhanko_finds_valid
from token_world.soft_token import PIN, SoftToken

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
CURVES: dict[str, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    "sha256": (ec.SECP256R1(), hashes.SHA256()),
    "sha384": (ec.SECP384R1(), hashes.SHA384()),
}


@pytest.fixture(params=CURVES)
def hash_name(request: pytest.FixtureRequest) -> str:
    """The hash of a curve."""
    return str(request.param)


@pytest.fixture
def ec_key(hash_name: str) -> ec.EllipticCurvePrivateKey:
    """A key on that curve."""
    return ec.generate_private_key(CURVES[hash_name][0])


@pytest.fixture
def program(
    empty_token: SoftToken, authority: Authority, ec_key: ec.EllipticCurvePrivateKey
) -> Iterator[Running]:  # fmt: skip
    """The program with such a certificate in the token, paired."""
    empty_token.keep(key=ec_key, certificate=authority.issue(key=ec_key))
    with running(empty_token.module) as started:
        started.pair()
        yield started


def pressed(program: Running, kind: str, document: bytes, **more: bytes) -> dict[str, str]:
    """What the portal gets when the person has pressed; the refusal when it could not ask."""
    (certificate,) = program.ask("certificates").json["certificates"]
    values = {"document": document} | more
    asked = program.ask("sign", {
        "certificate": certificate["id"], "kind": kind, "title": "Tờ khai", "dossier_number": "–",
        **{name: base64.b64encode(value).decode() for name, value in values.items()},
    }).json  # fmt: skip
    if "request" not in asked:
        return dict(asked)
    assert program.press(f"sign/{asked['request']}", {"pin": PIN, "do": "sign"}).status == 303
    return dict(program.ask("sign/result", {"request": asked["request"]}).json)


def test_a_pdf_is_signed_as_pyhanko_and_poppler_want_it(
    program: Running, authority: Authority, hash_name: str, tmp_path: Path
) -> None:
    (certificate,) = program.ask("certificates").json["certificates"]
    offered = offer(base64.b64decode(certificate["der"]))
    made = base64.b64decode(pressed(program, "pdf", offered.pdf)["cms"])
    signed = offered.finish(made)
    assert pyhanko_finds_valid(signed, authority)
    said = pdfsig(signed, tmp_path)
    assert "Signature is Valid." in said
    assert f"Hash Algorithm: SHA-{hash_name[3:]}" in said


def test_an_xml_is_signed_with_the_numbers_side_by_side(
    program: Running, ec_key: ec.EllipticCurvePrivateKey, hash_name: str
) -> None:
    info = signed_info(signature=f"{MORE}ecdsa-{hash_name}")
    value = base64.b64decode(pressed(program, "xml", DOCUMENT, signed_info=info)["signature"])
    assert len(value) == 2 * ec_key.key_size // 8
    der = algos.DSASignature.from_p1363(value).dump()
    ec_key.public_key().verify(der, info, ec.ECDSA(CURVES[hash_name][1]))


def test_a_signed_info_of_another_algorithm_is_refused(program: Running, hash_name: str) -> None:
    other = "sha384" if hash_name == "sha256" else "sha256"
    for method in (f"ecdsa-{other}", "rsa-sha256", "ecdsa-sha1"):
        told = pressed(program, "xml", DOCUMENT, signed_info=signed_info(signature=f"{MORE}{method}"))
        assert told["code"] == "not-a-signable-xml"


def test_the_person_sees_the_whole_digest(program: Running, hash_name: str) -> None:
    (certificate,) = program.ask("certificates").json["certificates"]
    offered = offer(base64.b64decode(certificate["der"]))
    asked = program.ask("sign", {
        "certificate": certificate["id"], "kind": "pdf", "title": "Tờ khai", "dossier_number": "–",
        "document": base64.b64encode(offered.pdf).decode(),
    }).json  # fmt: skip
    at = offered.pdf.index(b"<" + b"0" * 4096)
    bound = offered.pdf[:at] + offered.pdf[offered.pdf.index(b">", at) + 1 :]
    digest = hashlib.new(hash_name, bound).hexdigest()
    assert asked["digest"] == digest
    page = program.open(f"sign/{asked['request']}").text
    assert " ".join(digest[at : at + 8] for at in range(0, len(digest), 8)) in page


def test_keys_on_other_curves_are_not_listed(empty_token: SoftToken, cards: Cards, authority: Authority) -> None:
    for number, curve in enumerate((ec.SECP192R1(), ec.SECP521R1(), ec.SECP256K1())):
        key = ec.generate_private_key(curve)
        empty_token.keep(key=None, certificate=authority.issue(key=key), key_id=bytes([number]))
    with pytest.raises(Refused) as refused:
        cards.certificates()
    assert refused.value.code == "no-certificate"


def test_a_key_of_another_certificate_signs_nothing(
    empty_token: SoftToken, cards: Cards, authority: Authority, ec_key: ec.EllipticCurvePrivateKey,
    key: rsa.RSAPrivateKey,
) -> None:  # fmt: skip
    other = ec.generate_private_key(ec_key.curve)
    empty_token.keep(key=other, certificate=authority.issue(key=ec_key))
    with pytest.raises(Refused) as refused:
        cards.sign(cards.certificates()[0], pin=PIN, data=b"paper")
    assert refused.value.code == "no-key"
