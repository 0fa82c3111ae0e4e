"""Signed results: verified by a program of others (pdfsig), and by our own check against every change."""

import io
import shutil
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, PdfSignatureStatus, validate_pdf_signature
from pytest_django import Settings

from ansinh.documents.render import render
from ansinh.platform.errors import NotFound
from ansinh.signing import keystore
from ansinh.signing.check import MAX_BYTES, check_pdf
from ansinh.signing.keys import signing_key
from ansinh.signing.material import revoke
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.trust.folder import trust_list
from tests.signing.conftest import forget_keys
from tests.signing.papers import AT, LEADER, NAME, ORGANISATION, REFUSAL, paper, prepare_keys, signed, unstamped


def codes(pdf: bytes, *, at: datetime = AT) -> list[str]:
    return [finding.code for finding in check_pdf(pdf, at=at).findings]


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler's pdfsig says; the test is skipped, saying so, where there is none."""
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is missing: apt install poppler-utils")
    (folder / "signed.pdf").write_bytes(pdf)
    done = subprocess.run(["pdfsig", "-nocert", folder / "signed.pdf"], capture_output=True, text=True, check=False)
    return done.stdout


def updated(pdf: bytes) -> bytes:
    """A later version written behind the signed one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/ThemVao"] = pdf_string("một điều khoản mới")
    writer.update_root()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def resaved(pdf: bytes) -> bytes:
    """Opened and saved by a program that knows nothing of signatures."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.docinfo["/Title"] = "Bản khác"
        document.save(out)
    return out.getvalue()


def flipped(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


@pytest.mark.requirement("R-127")
def test_pdfsig_finds_the_signature_valid_and_covering_all(tmp_path: Path) -> None:
    said = pdfsig(signed(), tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert f"Signer Certificate Common Name: {NAME}" in said
    assert f"O={ORGANISATION}" in said


def test_pyhankos_own_program_finds_signature_time_stamp_and_chain_good(
    keys: Path, settings: Settings, tmp_path: Path
) -> None:
    today = datetime.now(UTC).replace(microsecond=0)  # as that program does: revocation lists hold for 36 hours
    settings.CLOCK = lambda: today
    (tmp_path / "signed.pdf").write_bytes(signed(at=today))
    command = [
        str(Path(sys.executable).with_name("pyhanko")), "sign", "validate", "--pretty-print",
        "--trust", str(keys / "root.cert.pem"), "--trust-replace", str(tmp_path / "signed.pdf"),
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "The signature is judged VALID." in said
    assert "This timestamp is backed by a time stamping authority." in said
    assert "The TSA certificate is trusted." in said
    assert "The signature covers the entire file." in said


def long_term_status(pdf: bytes) -> PdfSignatureStatus:
    """Validated at the stamped moment with what the file itself holds; a list is demanded for every certificate."""
    reader = PdfFileReader(io.BytesIO(pdf))
    signature = reader.embedded_signatures[0]
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(
        {
            "trust_roots": [one.root for one in trust_list().authorities],
            "allow_fetching": False,
            "moment": AT,
            "revocation_mode": "require",
        }
    )
    return validate_pdf_signature(signature, context, ts_validation_context=context)


def test_the_file_alone_proves_signer_and_stamp_however_late() -> None:
    status = long_term_status(signed())
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == AT


def test_a_revoked_signer_is_found_in_the_file_itself(fresh_keys: Path) -> None:
    prepare_keys()
    revoke(keystore.load_certificate(LEADER).serial_number, at=AT - timedelta(days=1))
    status = long_term_status(signed())
    assert status.revoked
    assert not status.bottom_line


def test_the_field_lies_over_the_block_and_speaks() -> None:
    with pikepdf.open(io.BytesIO(signed())) as document:
        field = document.Root.AcroForm.Fields[0]
        left, bottom, right, top = (float(edge) for edge in field.Rect)
        assert str(field.TU) == f"Chữ ký số của {NAME}, KT. Giám đốc, Phó Giám đốc"
        page = document.pages[0]
        assert page.Tabs == "/S"
        assert field.objgen in [annotation.objgen for annotation in page.Annots]
        tree = document.Root.StructTreeRoot
        assert int(tree.ParentTreeNextKey) == int(field.StructParent) + 1
        element = dict(zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True))[int(field.StructParent)]
        assert element.S == "/Form"
        assert element.K.Obj.objgen == field.objgen
        assert element.objgen in [child.objgen for child in element.P.K]
        assert bytes(field.AP.N.read_bytes()).strip() in (b"q Q", b"q\nQ")
    words = pypdfium2.PdfDocument(signed())[0].get_textpage()
    inside = words.get_text_bounded(left, bottom, right, top)
    for part in ("Ký số bởi: " + NAME, "Chức vụ: KT. Giám đốc, Phó Giám đốc", "Thời gian ký: 14:03:05"):
        assert part in unicodedata.normalize("NFC", inside)


def test_a_paper_without_a_block_has_a_field_without_size() -> None:
    plain = render("refusal", data=REFUSAL | {"signature": None}, at=AT)
    with pikepdf.open(io.BytesIO(signed(plain))) as document:
        assert [int(edge) for edge in document.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]


def test_pdfsig_finds_a_changed_byte(tmp_path: Path) -> None:
    assert "Digest Mismatch." in pdfsig(flipped(signed(), 3000), tmp_path)


def test_our_check_names_signer_moment_and_digest() -> None:
    pdf = signed()
    report = check_pdf(pdf, at=AT)
    assert report.valid
    assert report.findings == ()
    assert report.signer is not None
    assert (report.signer.common_name, report.signer.organisation, report.signed_at) == (NAME, ORGANISATION, AT)
    assert report.covers_whole_document
    assert len(report.digest) == 64


def test_the_papers_name_and_capacity_stand_in_the_signature() -> None:
    with pikepdf.open(io.BytesIO(signed())) as document:
        signature = document.Root.AcroForm.Fields[0].V
        assert str(signature.Name) == f"{NAME}, KT. Giám đốc, Phó Giám đốc"
        assert str(signature.Reason) == "Phê duyệt hồ sơ 04128/2026/04401"
        assert str(signature.M) == "D:20261126140305+07'00'"


def test_an_unsigned_paper_is_unsigned() -> None:
    assert codes(paper()) == ["unsigned"]


@pytest.mark.parametrize("part", range(1, 20))
def test_no_byte_before_the_signature_may_change(part: int) -> None:
    pdf = signed()
    at = pdf.index(b"/Contents <") * part // 20
    assert not check_pdf(flipped(pdf, at), at=AT).valid


def test_a_changed_byte_of_a_picture_stream_is_called_changed() -> None:
    assert codes(flipped(signed(), 3000)) == ["digest-broken"]


def test_a_changed_signature_is_broken() -> None:
    pdf = unstamped()
    start = pdf.index(b"/Contents <") + 11
    at = start + len(pdf[start : pdf.index(b">", start)].rstrip(b"0")) - 40
    assert codes(pdf[:at] + (b"1" if pdf[at : at + 1] != b"1" else b"2") + pdf[at + 1 :]) == ["signature-broken"]


@pytest.mark.parametrize("digit", [b"1", b" ", b"A"])
def test_the_room_left_behind_a_signature_stays_empty(digit: bytes) -> None:
    pdf = signed()
    end = pdf.index(b">", pdf.index(b"/Contents <"))
    assert codes(pdf[: end - 20] + digit + pdf[end - 19 :]) == ["signature-broken"]


def test_a_signature_of_zeros_is_broken() -> None:
    pdf = signed()
    start = pdf.index(b"/Contents <") + 11
    end = pdf.index(b">", start)
    assert not check_pdf(pdf[:start] + b"0" * (end - start) + pdf[end:], at=AT).valid


def test_a_later_version_behind_the_signature_is_found() -> None:
    report = check_pdf(updated(signed()), at=AT)
    assert [finding.code for finding in report.findings] == ["changed-after-signing"]
    assert not report.covers_whole_document
    assert report.signer is not None
    assert report.signer.common_name == NAME


def test_even_a_remark_behind_the_end_is_found() -> None:
    assert codes(signed() + b"\n% xin chao\n") == ["changed-after-signing"]


def test_a_saved_copy_is_changed() -> None:
    assert codes(resaved(signed())) == ["digest-broken"]


def signature_of(pdf: bytes) -> tuple[int, int]:
    """Where the signature's digits begin and end."""
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def test_the_signature_of_one_paper_does_not_serve_another() -> None:
    one, other = signed(), signed(render("refusal", data=REFUSAL | {"draft": True}, at=AT))
    (first, last), (begin, end) = signature_of(one), signature_of(other)
    assert codes(other[:begin] + one[first:last] + other[end:]) == ["digest-broken"]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_file_is_truncated(kept: float) -> None:
    pdf = signed()
    assert codes(pdf[: int(len(pdf) * kept)]) == ["truncated"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"\x89PNG\r\n\x1a\n", "unreadable"),
        ("Quyết định".encode(), "unreadable"),
        (b"%PDF-1.7\n%%EOF\n", "damaged"),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF\n", "damaged"),
        (b"%PDF-1.7" + b" " * MAX_BYTES, "too-large"),
    ],
)
def test_a_file_that_is_no_result_gets_a_sentence(content: bytes, code: str) -> None:
    assert codes(content) == [code]


def test_a_stranger_with_the_same_names_is_not_trusted(fresh_keys: Path, settings: Settings, keys: Path) -> None:
    prepare_keys()
    forged = signed()
    settings.SIGNING_DIR = keys
    forget_keys()
    report = check_pdf(forged, at=AT)
    assert [finding.code for finding in report.findings] == ["unknown-authority"]
    assert not report.valid


def test_a_signature_before_its_certificate_is_not_in_force() -> None:
    assert codes(signed(at=AT - timedelta(days=365 * 3))) == ["not-yet-valid"]


def test_a_signature_after_its_certificate_is_not_in_force() -> None:
    later = AT + timedelta(days=365 * 4)
    assert codes(signed(at=later), at=later) == ["expired"]


def test_a_signer_without_a_key_cannot_sign() -> None:
    with pytest.raises(NotFound, match="chưa có chứng thư số"):
        sign_pdf(paper(), key_name="nobody", signer_name="X", capacity="", reason="", at=AT, stamper=None)


@pytest.mark.parametrize("name", ["../root", "root", "issuing", "A B", "", "trusted-me"])
def test_a_key_name_is_not_a_path(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        signing_key(name)
