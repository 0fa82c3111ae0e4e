"""PDFs of others, time-stamps, validation material in the file, several signers: what the check makes of them."""

import io
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import ocsp as asn1_ocsp
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ansinh.signing import keystore
from ansinh.signing.certificates import YEAR
from ansinh.signing.check import check_pdf
from ansinh.signing.report import ExpectedSigner, SignatureReport
from tests.signing.issuer import ocsp_answer
from tests.signing.papers import AT, paper, signed
from tests.signing.pki import TAX_CODE, Holder, Pki, Wanted, parsed, pem, rsa_key

BEFORE = AT - timedelta(hours=2)


def signer_of(holder: Holder) -> SimpleSigner:
    der = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(holder.chain)
    key = asn1_keys.PrivateKeyInfo.load(der)
    return SimpleSigner(signing_cert=holder.certificate, signing_key=key, cert_registry=registry)


def stamper(pki: Pki) -> DummyTimeStamper:
    """A time-stamp authority of that issuer, at AT."""
    certificate = pki.certificate(Wanted(name="TSA", uid="", uses=(ExtendedKeyUsageOID.TIME_STAMPING,)), rsa_key(4))
    tsa = signer_of(Holder(parsed(certificate), (parsed(pki.issuing),), rsa_key(4)))
    return DummyTimeStamper(
        tsa_cert=tsa.signing_cert, tsa_key=tsa.signing_key, certs_to_embed=tsa.cert_registry, fixed_dt=AT
    )


def signed_by(holder: Holder, *, pdf: bytes | None = None, field: str = "K", **options: Any) -> bytes:
    """The paper signed by pyHanko with another's key; the signer's clock says AT."""
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf or paper()))
    made = _At(metadata, signer_of(holder), timestamper=options.get("stamper")).sign_pdf(writer)
    return bytes(made.getvalue())


class _At(PdfSigner):
    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = AT
        return session


def with_store(pdf: bytes, *answers: bytes) -> bytes:
    """With OCSP answers in its document security store."""
    out = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        out, sig_contents=None, certs=[], ocsps=[asn1_ocsp.OCSPResponse.load(one) for one in answers], crls=[]
    )
    return out.getvalue()


def codes(report: SignatureReport) -> list[str]:
    return [one.code for one in report.findings]


def warned(report: SignatureReport) -> list[str]:
    return [one.code for one in report.warnings]


def test_the_report_tells_of_signer_certificate_and_moment(pki: Pki) -> None:
    report = check_pdf(signed_by(pki.holder()), at=AT, expected_uid=ExpectedSigner("MST", TAX_CODE))
    assert report.valid
    assert report.signer is not None
    assert report.certificate is not None
    assert (report.signer.uid_kind, report.signer.uid_number) == ("MST", TAX_CODE)
    assert report.certificate.issuer == "CA thử cấp"
    assert warned(report) == ["no-time-stamp", "revocation-unknown"]


@pytest.mark.parametrize(("wanted", "expected"), [
    ({"uses": (ExtendedKeyUsageOID.SERVER_AUTH,)}, ["wrong-use"]),
    ({"signs": False}, ["wrong-use"]),
    ({"last": AT - timedelta(seconds=1)}, ["expired"]),
    ({"first": AT + timedelta(seconds=1)}, ["not-yet-valid"]),
    ({"uid": "MST:0309999999"}, ["other-subject"]),
])  # fmt: skip
def test_what_the_certificate_must_be(pki: Pki, wanted: dict[str, Any], expected: list[str]) -> None:
    assert (
        codes(check_pdf(signed_by(pki.holder(**wanted)), at=AT, expected_uid=ExpectedSigner("MST", TAX_CODE)))
        == expected
    )


def test_a_time_stamp_proves_that_it_was_signed_in_time(pki: Pki) -> None:
    """The certificate has run out since: with a believed time-stamp the paper stays good, without one it does not."""
    later = AT + 3 * YEAR
    stamped = check_pdf(signed_by(pki.holder(), stamper=stamper(pki)), at=later)
    assert codes(stamped) == []
    assert stamped.timestamp is not None
    assert (stamped.timestamp.at, stamped.timestamp.authority) == (AT, "TSA")
    assert codes(check_pdf(signed_by(pki.holder()), at=later)) == ["expired"]


def test_a_strangers_time_stamp_proves_nothing(pki: Pki) -> None:
    report = check_pdf(signed_by(pki.holder(), stamper=stamper(Pki("CA lạ"))), at=AT + 3 * YEAR)
    assert codes(report) == ["expired"]
    assert "time-stamp-not-trusted" in warned(report)
    assert report.timestamp is None


def test_validation_material_completes_a_paper_and_is_used(pki: Pki) -> None:
    certificate = pki.certificate(Wanted(), rsa_key())
    holder = Holder(parsed(certificate), (parsed(pki.issuing),), rsa_key())
    of_issuing = ocsp_answer(pki, pki.issuing, about=pki.issuing, issuer=pki.root, key=pki.root_key, responder=pki.root)
    pki.put_on_the_list(unknown="refuse")
    bare = signed_by(holder)
    assert codes(check_pdf(bare, at=AT)) == ["revocation-unknown"]
    report = check_pdf(with_store(bare, ocsp_answer(pki, certificate), of_issuing), at=AT)
    assert codes(report) == []
    assert report.covers_whole_document
    assert report.revocation is not None
    assert report.revocation.state == "good"
    revoked = check_pdf(with_store(bare, ocsp_answer(pki, certificate, revoked_at=BEFORE), of_issuing), at=AT)
    assert codes(revoked) == ["revoked"]


def test_material_completes_our_own_paper_that_permits_no_change(keys: Path) -> None:
    issued = keystore.load_certificate("issuing")
    answer = ocsp_answer(Pki(), issued, about=issued, issuer=keystore.load_certificate("root"))
    report = check_pdf(with_store(signed(), answer), at=AT)
    assert (codes(report), report.covers_whole_document) == ([], True)


def test_a_second_signer_is_a_warning_and_a_refusal_where_one_is_expected(pki: Pki) -> None:
    twice = signed_by(pki.holder(name="Người hai"), pdf=signed_by(pki.holder()), field="K2")
    report = check_pdf(twice, at=AT)
    assert codes(report) == []
    assert "several-signatures" in warned(report)
    assert codes(check_pdf(twice, at=AT, expected_uid=ExpectedSigner("MST", TAX_CODE))) == ["several-signatures"]


def test_a_bad_first_signature_spoils_a_good_last_one(pki: Pki) -> None:
    twice = signed_by(pki.holder(), pdf=signed_by(Pki("CA lạ").holder()), field="K2")
    assert codes(check_pdf(twice, at=AT)) == ["unknown-authority"]


def test_pyhankos_own_program_makes_what_we_accept(pki: Pki, tmp_path: Path) -> None:
    key, out = tmp_path / "key.pem", tmp_path / "out.pdf"
    (tmp_path / "in.pdf").write_bytes(paper())
    certificate = pki.certificate(Wanted(last=AT + 9 * YEAR), rsa_key())
    (tmp_path / "cert.pem").write_bytes(pem(certificate))
    (tmp_path / "chain.pem").write_bytes(pem(pki.issuing))
    key.write_bytes(
        rsa_key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    subprocess.run(
        [sys.executable, "-m", "pyhanko", "sign", "addsig", "--field", "K", "--use-pades", "pemder", "--no-pass",
         "--key", key, "--cert", tmp_path / "cert.pem", "--chain", tmp_path / "chain.pem", tmp_path / "in.pdf", out],
        check=True, capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    moment = check_pdf(out.read_bytes(), at=AT + 8 * YEAR).signed_at
    assert moment is not None
    assert codes(check_pdf(out.read_bytes(), at=moment)) == []


def test_pyhankos_own_program_accepts_what_we_make(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "ours.pdf").write_bytes(signed())
    done = subprocess.run(
        [sys.executable, "-m", "pyhanko", "sign", "validate", "--no-revocation-check", "--pretty-print", "--trust",
         keys / "root.cert.pem", "--trust-replace", "--validation-time", AT.isoformat(), tmp_path / "ours.pdf"],
        check=False, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert "The signature is judged VALID." in done.stdout, done.stdout + done.stderr
