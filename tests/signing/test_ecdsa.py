"""Certificates with keys on elliptic curves: P-256 and P-384 hold in both formats; weak curves, false forms never."""

import base64
import re
from pathlib import Path

import pytest
from asn1crypto import algos
from cryptography.hazmat.primitives.asymmetric import ec

from ansinh.signing.check import check_pdf
from ansinh.signing.report import ExpectedSigner
from ansinh.signing.xml.check import check_xml
from ansinh.signing.xml.sign import sign_xml
from tests.signing.applicants import signed_pdf
from tests.signing.forms import FILING, PATH, swapped
from tests.signing.papers import AT, paper
from tests.signing.pki import TAX_CODE, Holder, Pki
from tests.signing.test_xml_signature import xmlsec1

CURVES = {"sha256": ec.SECP256R1(), "sha384": ec.SECP384R1()}
COMPANY = ExpectedSigner("MST", TAX_CODE)


@pytest.fixture(params=CURVES)
def holder(request: pytest.FixtureRequest, pki: Pki) -> Holder:
    """A company's signer on each curve."""
    return pki.holder(key=ec.generate_private_key(CURVES[request.param]))


def xml_codes(content: bytes) -> list[str]:
    return [one.code for one in check_xml(content, at=AT, expected_uid=COMPANY, path=PATH).report.findings]


def pdf_codes(content: bytes) -> list[str]:
    return [one.code for one in check_pdf(content, at=AT, expected_uid=COMPANY).findings]


def with_value(signed: bytes, value: bytes) -> bytes:
    """The XML with another value of its signature."""
    put = b"<SignatureValue>" + base64.b64encode(value) + b"</SignatureValue>"
    return re.sub(rb"<SignatureValue>[^<]*</SignatureValue>", put, signed)


def value_of(signed: bytes) -> bytes:
    found = re.search(rb"<SignatureValue>([^<]*)</SignatureValue>", signed)
    assert found is not None
    return base64.b64decode(found[1])


def test_an_xml_file_holds_here_and_for_xmlsec1(holder: Holder, pki: Pki, tmp_path: Path) -> None:
    signed = sign_xml(FILING, signer=holder, at=AT, path=PATH)
    assert xml_codes(signed) == []
    assert xmlsec1(signed, pki, tmp_path).startswith("OK")


def test_a_pdf_holds(holder: Holder) -> None:
    assert pdf_codes(signed_pdf(paper(), holder, at=AT)) == []


def test_one_changed_figure_or_octet_is_found(holder: Holder) -> None:
    signed = sign_xml(FILING, signer=holder, at=AT, path=PATH)
    assert xml_codes(swapped(signed, "56280000", "96280000")) == ["digest-broken"]
    pdf = bytearray(signed_pdf(paper(), holder, at=AT))
    pdf[4000] ^= 1
    assert "digest-broken" in pdf_codes(bytes(pdf))


def test_a_false_value_of_any_form_is_broken(holder: Holder) -> None:
    signed = sign_xml(FILING, signer=holder, at=AT, path=PATH)
    right = value_of(signed)
    half = len(right) // 2
    wrongs = {
        "flipped": bytes([right[0] ^ 1]) + right[1:],
        "swapped": right[half:] + right[:half],
        "in DER": algos.DSASignature.from_p1363(right).dump(),
        "shorter": right[1:],
        "longer": b"\0" + right + b"\0",
        "zeros": bytes(len(right)),
        "empty": b"",
    }
    for what, value in wrongs.items():
        assert xml_codes(with_value(signed, value)) == ["signature-broken"], what


def test_another_key_on_the_same_curve_did_not_sign(holder: Holder, pki: Pki) -> None:
    assert isinstance(holder.key, ec.EllipticCurvePrivateKey)
    forged = Holder(holder.certificate, holder.chain, ec.generate_private_key(holder.key.curve))
    assert xml_codes(sign_xml(FILING, signer=forged, at=AT, path=PATH)) == ["signature-broken"]
    assert "signature-broken" in pdf_codes(signed_pdf(paper(), forged, at=AT))


@pytest.mark.parametrize("curve", [ec.SECP224R1(), ec.SECP256K1()])
def test_other_curves_are_weak(pki: Pki, curve: ec.EllipticCurve) -> None:
    weak = pki.holder(key=ec.generate_private_key(curve))
    assert "weak-algorithm" in pdf_codes(signed_pdf(paper(), weak, at=AT))
    with pytest.raises(ValueError, match="P-256"):
        sign_xml(FILING, signer=weak, at=AT, path=PATH)


def test_a_weak_hash_or_another_algorithm_named_is_refused(holder: Holder) -> None:
    signed = sign_xml(FILING, signer=holder, at=AT, path=PATH)
    for name, code in (("ecdsa-sha1", "weak-algorithm"), ("rsa-sha256", "signature-broken"),
                       ("hmac-sha256", "weak-algorithm"), ("ecdsa-sha512", "signature-broken")):  # fmt: skip
        other = re.sub(rb"xmldsig-more#ecdsa-sha\d+", f"xmldsig-more#{name}".encode(), signed)
        assert xml_codes(other) == [code], name
