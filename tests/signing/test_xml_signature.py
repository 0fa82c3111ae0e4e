"""XML signatures: ours by the programs of others, those of others and their habits by ours."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

from ansinh.platform.errors import Invalid
from ansinh.signing.report import ExpectedSigner
from ansinh.signing.xml.check import check_xml
from ansinh.signing.xml.sign import sign_xml
from tests.signing.crafted import C14N, MORE, Habits, crafted
from tests.signing.forms import FILING, PATH, filing, swapped
from tests.signing.papers import AT
from tests.signing.pki import COMPANY, TAX_CODE, Holder, Pki, pem


def codes(content: bytes, *, path: str = "", at: datetime = AT) -> list[str]:
    return [one.code for one in check_xml(content, at=at, path=path).report.findings]


def xmlsec1(content: bytes, pki: Pki, folder: Path) -> str:
    """What xmlsec1 says; the test is skipped, saying so, where there is none."""
    if shutil.which("xmlsec1") is None:
        pytest.skip("xmlsec1 is missing: apt install xmlsec1")
    (folder / "signed.xml").write_bytes(content)
    (folder / "root.pem").write_bytes(pem(pki.root))
    (folder / "issuing.pem").write_bytes(pem(pki.issuing))
    done = subprocess.run(
        ["xmlsec1", "--verify", "--enabled-key-data", "x509", "--verification-time", "2026-11-26 07:03:05",
         "--trusted-pem", folder / "root.pem", "--untrusted-pem", folder / "issuing.pem", folder / "signed.xml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def test_xmlsec1_accepts_what_we_sign(pki: Pki, tmp_path: Path) -> None:
    said = xmlsec1(filing(pki.holder()), pki, tmp_path)
    assert "SignedInfo References (ok/all): 1/1" in said
    assert said.startswith("OK")


def test_xmlsec1_refuses_it_with_one_figure_changed(pki: Pki, tmp_path: Path) -> None:
    assert "FAIL" in xmlsec1(swapped(filing(pki.holder()), "56280000", "96280000"), pki, tmp_path)


def test_the_report_names_company_certificate_and_moment(pki: Pki) -> None:
    checked = check_xml(filing(pki.holder()), at=AT, expected_uid=ExpectedSigner("MST", TAX_CODE), path=PATH)
    report = checked.report
    assert report.valid
    assert report.signer is not None
    assert report.certificate is not None
    assert (report.signer.common_name, report.signer.uid_kind, report.signer.uid_number) == (COMPANY, "MST", TAX_CODE)
    assert report.certificate.issuer == "CA thử cấp"
    assert report.signed_at == AT
    assert report.covers_whole_document
    assert [one.code for one in report.warnings] == ["no-time-stamp", "revocation-unknown"]


def test_what_is_read_is_what_was_signed_and_nothing_else(pki: Pki) -> None:
    signed = check_xml(filing(pki.holder()), at=AT, path=PATH).signed
    assert signed is not None
    assert signed.findtext("QuyTrinhISO/TenDonVi") == "Công ty TNHH Minh Hoạ & Bạn"
    assert signed.find(".//{http://www.w3.org/2000/09/xmldsig#}Signature") is None
    assert signed.find("CKy_Dvi") is not None


def test_nothing_is_read_of_a_file_that_is_not_valid(pki: Pki) -> None:
    assert check_xml(swapped(filing(pki.holder()), "56280000", "1"), at=AT).signed is None
    assert check_xml(filing(Pki("CA lạ").holder()), at=AT).signed is None
    stranger = Holder(pki.holder().certificate, (), pki.holder().key)
    pki.put_on_the_list(last_day=(AT - timedelta(days=1)).date())
    assert check_xml(filing(stranger), at=AT).signed is None


def test_another_company_is_named(pki: Pki) -> None:
    other = check_xml(filing(pki.holder()), at=AT, expected_uid=ExpectedSigner("MST", "0309999999"))
    assert [one.code for one in other.report.findings] == ["other-subject"]
    assert other.signed is None


@pytest.mark.parametrize(("uid", "expected"), [
    ("MST:0301234567-001", ExpectedSigner("MST", "0301234567001")),
    ("mst: 0301234567", ExpectedSigner("MST", "0301234567")),
    ("CCCD:999123456789", ExpectedSigner("CCCD", "999123456789")),
])  # fmt: skip
def test_the_same_number_may_be_written_otherwise(pki: Pki, uid: str, expected: ExpectedSigner) -> None:
    assert check_xml(filing(pki.holder(uid=uid)), at=AT, expected_uid=expected).report.valid


@pytest.mark.parametrize("uid", ["CMND:0301234567", "MST:0301234567-001", "0301234567", "", "XMST:0301234567"])
def test_a_number_of_another_kind_is_another(pki: Pki, uid: str) -> None:
    checked = check_xml(filing(pki.holder(uid=uid)), at=AT, expected_uid=ExpectedSigner("MST", TAX_CODE))
    assert [one.code for one in checked.report.findings] == ["other-subject"]


@pytest.mark.parametrize("content", [
    FILING.replace(b"<Hoso>", b"<Khac>").replace(b"</Hoso>", b"</Khac>"),
    FILING.replace(b"<CKy_Dvi/>", b"<CKy_Dvi>x</CKy_Dvi>"),
    FILING.replace(b"<CKy_Dvi/>", b"<!-- x --><CKy_Dvi/>"),
])  # fmt: skip
def test_what_could_not_be_checked_is_not_signed(pki: Pki, content: bytes) -> None:
    with pytest.raises(Invalid):
        sign_xml(content, signer=pki.holder(), at=AT, path=PATH)


def test_a_signed_file_is_not_signed_again(pki: Pki) -> None:
    with pytest.raises(Invalid, match="đã có chữ ký số"):
        sign_xml(filing(pki.holder()), signer=pki.holder(), at=AT, path=PATH)


def test_a_missing_place_for_the_signature_is_made(pki: Pki) -> None:
    assert codes(sign_xml(b"<Hoso><a>1</a></Hoso>", signer=pki.holder(), at=AT, path=PATH), path=PATH) == []


# Habits of other programs


def test_an_object_in_no_namespace_is_tolerated(pki: Pki) -> None:
    assert codes(crafted(pki.holder(), Habits(objects='<Object xmlns=""><x>1</x></Object>'))) == []


def test_an_id_that_is_no_xml_name_is_tolerated(pki: Pki) -> None:
    assert codes(crafted(pki.holder(), Habits(identifier="1c9d4a52-03c1-4b44-9f51-6d1ad86b0d3e"))) == []


def test_a_signing_time_digested_in_another_context_is_a_warning(pki: Pki) -> None:
    wrong = (
        f'<Reference URI="#time"><DigestMethod Algorithm="{Habits.digest_method}"/>'
        "<DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</DigestValue></Reference>"
    )
    objects = (
        '<Object><SignatureProperties><SignatureProperty Id="time" Target="#sig">'
        '<SigningTime xmlns="http://example.org/#signatureProperties">2026-11-26T14:00:00</SigningTime>'
        "</SignatureProperty></SignatureProperties></Object>"
    )
    report = check_xml(crafted(pki.holder(), Habits(more_references=wrong, objects=objects)), at=AT).report
    assert report.valid
    assert "signing-time-broken" in [one.code for one in report.warnings]
    assert report.signed_at == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("serial", [0, -1, -5_000_000_000])
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_old_serial_numbers_are_read(pki: Pki, serial: int) -> None:
    report = check_xml(filing(pki.with_serial(pki.holder(), serial)), at=AT).report
    assert report.valid
    assert report.certificate is not None
    assert report.certificate.serial == str(serial)


def test_the_id_of_the_root_names_the_whole(pki: Pki) -> None:
    document = b'<Hoso Id="h1"><MaSoThue>0301234567</MaSoThue><CKy_Dvi>@</CKy_Dvi></Hoso>'
    assert codes(crafted(pki.holder(), Habits(uri="#h1", document=document))) == []


@pytest.mark.parametrize("transform", [C14N, "http://www.w3.org/2001/10/xml-exc-c14n#"])
def test_the_canonical_form_may_be_named(pki: Pki, transform: str) -> None:
    named = (*Habits.transforms, f'<Transform Algorithm="{transform}"/>')
    assert codes(crafted(pki.holder(), Habits(transforms=named))) == []


@pytest.mark.parametrize("method", ["http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", f"{MORE}ecdsa-sha256"])
def test_pss_and_elliptic_curves_are_accepted(pki: Pki, method: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1()) if "ecdsa" in method else None
    assert codes(crafted(pki.holder(key=key), Habits(method=method))) == []


def test_signxml_makes_what_we_accept(pki: Pki) -> None:
    holder = pki.holder()
    key = holder.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    tree = etree.fromstring(FILING)
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0)
    certificate = (
        "-----BEGIN CERTIFICATE-----\n"
        + base64.encodebytes(holder.certificate.dump()).decode()
        + "-----END CERTIFICATE-----\n"
    )
    signed = signer.sign(tree, key=key, cert=certificate)
    assert codes(etree.tostring(signed)) == []
