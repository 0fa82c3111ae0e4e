"""A contract that both sides sign: the clinic first, the leader on the same file; every check holds both."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pytest_django import Settings

from ansinh.casework.joint.applicant import content_of, decline, hand_in, offer_to_sign, paper_to_sign
from ansinh.casework.joint.offer import OFFER_PAPER, offer_paper, standing_paper
from ansinh.casework.models import Decision, JointPaper
from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, control, propose_grant, propose_refusal, send_back
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.dossiers.withdraw import withdraw
from ansinh.people.models import OrganisationCertificate
from ansinh.people.organisations.certificates import withdraw_certificate
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.models import Job
from ansinh.platform.storage import open_file
from ansinh.signing import seal
from ansinh.signing.check import check_pdf
from ansinh.signing.evidence import verify
from ansinh.signing.models import EvidenceRecord, Way
from ansinh.signing.offers.accept import SignatureRefused
from ansinh.signing.report import ExpectedSigner
from tests.casework.letters import text_of
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Pki
from tests.world import World
from tests.world_facilities import AT, Clinic, a_clinic, controlled, filed, proposed, signed_by_clinic
from tests.world_organisations import FACILITY, OTHER

pytestmark = pytest.mark.django_db
YEARLY = "ky-hop-dong-kcb-hang-nam"
ANSWERS: dict[str, Any] = {
    "valid_from": "2027-01-01",
    "valid_to": "2027-12-31",
    "has_changes": "no",
    "truth_commitment": True,
}


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files and keys of one test."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    seal._key.cache_clear()
    yield
    seal._key.cache_clear()


@pytest.fixture
def clinic(places: None, world: World) -> Clinic:
    """A clinic whose contract ends this year."""
    return a_clinic(world, YEARLY)


def to_sign(clinic: Clinic) -> Dossier:
    """A contract that waits for the clinic's signature."""
    return controlled(clinic, filed(clinic, YEARLY, **ANSWERS))


def content(sha256: str) -> bytes:
    with open_file(sha256) as file:
        return file.read()


def contract_of(dossier: Dossier) -> bytes:
    return content(IssuedDocument.objects.get(dossier=dossier, kind="decision").sha256)


@pytest.mark.requirement("R-054")
def test_both_sign_the_same_file_and_each_signature_holds(clinic: Clinic, tmp_path: Path) -> None:
    dossier = signed_by_clinic(clinic, to_sign(clinic))
    assert (dossier.stage, dossier.stage_role) == ("sign", "leader")
    paper = JointPaper.objects.get()
    issued = sign(dossier.pk, actor=clinic.world["leader"], at=AT + timedelta(minutes=20))
    assert issued is not None and issued.pk == paper.pk
    both = contract_of(dossier)
    assert both.startswith(content(paper.signed_sha256)) and content(paper.signed_sha256).startswith(
        content(paper.sha256)
    )
    first = check_pdf(content(paper.signed_sha256), at=AT, expected_uid=ExpectedSigner("MST", FACILITY))
    assert first.valid and first.signer is not None and first.signer.common_name == "Phòng khám Sao Mai"
    report = check_pdf(both, at=AT + timedelta(minutes=20))
    assert report.valid, report.findings
    assert "several-signatures" in [one.code for one in report.warnings]
    assert report.signer is not None and report.signer.common_name == "Võ Đình Nam"
    assert report.covers_whole_document
    assert paper.evidence_id is not None and verify(EvidenceRecord.objects.get(pk=paper.evidence_id))
    (tmp_path / "hop-dong.pdf").write_bytes(both)
    assert told_by_another_program(tmp_path / "hop-dong.pdf") == (2, 2)


def told_by_another_program(path: Path) -> tuple[int, int]:
    """Signatures that poppler finds in the file, and how many it says are valid."""
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("poppler's pdfsig is not installed")
    told = subprocess.run([program, "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    return told.count("Signature #"), told.count("Signature is Valid")


def test_the_contract_names_sides_days_and_number_and_stands_in_the_history(clinic: Clinic) -> None:
    dossier = to_sign(clinic)
    paper = paper_to_sign(dossier.pk, actor=clinic.clerk)
    text = text_of(content_of(paper))
    number = Decision.objects.get().number
    assert number.endswith("/HĐKCB-BHYT") and f"Số: {number}" in text
    for words in (
        "Bên A: BHXH cơ sở Hàm Rồng", "Bên B: Phòng khám Sao Mai", "từ ngày 01/01/2027 đến hết ngày 31/12/2027",
        "nối tiếp hợp đồng số 2026/HĐKCB-BHYT", "Chữ ký số của Bên B", "cấp chuyên môn kỹ thuật: Cơ bản",
    ):  # fmt: skip
        assert words in text, words
    assert "DỰ THẢO" not in text
    signed_by_clinic(clinic, dossier)
    assert "paper_signed" in list(dossier.events.filter(public=True).values_list("kind", flat=True))
    assert OrganisationCertificate.objects.filter(organisation=clinic.facility).count() == 1


def test_the_paper_is_made_once_by_a_job(clinic: Clinic) -> None:
    dossier = proposed(clinic, filed(clinic, YEARLY, **ANSWERS))
    assert offer_paper(dossier.pk, at=AT) is None
    control(dossier.pk, actor=clinic.world["head"], note="", at=AT)
    assert Job.objects.filter(name=OFFER_PAPER, arguments={"dossier_id": str(dossier.pk)}).exists()
    with pytest.raises(Conflict, match="không có văn bản nào chờ"):
        paper_to_sign(dossier.pk, actor=clinic.chief)
    assert offer_paper(dossier.pk, at=AT) is not None
    assert offer_paper(dossier.pk, at=AT) is None


def test_another_certificate_another_file_and_a_colleague_without_the_right_are_refused(clinic: Clinic) -> None:
    dossier = to_sign(clinic)
    offer = offer_to_sign(dossier.pk, actor=clinic.chief, at=AT)
    paper = content_of(paper_to_sign(dossier.pk, actor=clinic.chief))
    pki = Pki()
    pki.put_on_the_list()
    stranger = pki.holder(uid=f"MST:{OTHER}", name="Công ty khác")
    own = pki.holder(uid=f"MST:{FACILITY}", name="Phòng khám Sao Mai", serial=99)

    def send(signed: bytes, actor: object = clinic.chief) -> None:
        hand_in(
            dossier.pk, actor=actor, offer_id=offer.pk, signed=signed, way=Way.UPLOAD, device="x", at=AT,  # type: ignore[arg-type]
        )  # fmt: skip

    with pytest.raises(SignatureRefused) as refusal:
        send(signed_pdf(paper, stranger, at=AT))
    assert [one.code for one in refusal.value.report.findings] == ["other-subject"]
    with pytest.raises(Invalid) as other:
        send(signed_pdf(paper, own, at=AT, change=another_text))
    assert other.value.code == "not-the-offered"
    with pytest.raises(NotAllowed):
        send(signed_pdf(paper, own, at=AT), clinic.clerk)
    with pytest.raises(NotFound):
        paper_to_sign(dossier.pk, actor=clinic.world.citizen)
    assert JointPaper.objects.get().state == "offered"


def another_text(writer: Any) -> None:
    """Another first page is slipped in with the signature."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def test_a_certificate_the_clinic_withdrew_signs_no_contract(clinic: Clinic) -> None:
    dossier = to_sign(clinic)
    withdraw_certificate(OrganisationCertificate.objects.get().pk, actor=clinic.chief, at=AT)
    with pytest.raises(Invalid) as refusal:
        signed_by_clinic(clinic, dossier)
    assert refusal.value.code == "certificate-withdrawn"


def test_the_leader_cannot_sign_before_the_clinic(clinic: Clinic) -> None:
    dossier = to_sign(clinic)
    with pytest.raises((Conflict, NotAllowed)):
        sign(dossier.pk, actor=clinic.world["leader"], at=AT)
    assert not IssuedDocument.objects.filter(kind="decision").exists()


def test_the_clinic_asks_for_a_change_and_gets_a_new_paper(clinic: Clinic) -> None:
    dossier = to_sign(clinic)
    with pytest.raises(Invalid, match="điều gì cần sửa"):
        decline(dossier.pk, actor=clinic.chief, why=" ", at=AT)
    decline(dossier.pk, actor=clinic.chief, why="Sai số tài khoản.", at=AT)
    dossier.refresh_from_db()
    assert dossier.stage == "negotiate" and standing_paper(dossier) is None
    assert Decision.objects.get().sent_back_note == "Sai số tài khoản."
    propose_grant(dossier.pk, actor=clinic.assessor, amount=None, override_reason="", note="", at=AT)
    control(dossier.pk, actor=clinic.world["head"], note="", at=AT)
    assert offer_paper(dossier.pk, at=AT) is not None
    assert JointPaper.objects.filter(state="taken_back").count() == 1
    signed_by_clinic(clinic, dossier)
    assert sign(dossier.pk, actor=clinic.world["leader"], at=AT + timedelta(minutes=20))


@pytest.mark.parametrize("signed", [False, True])
def test_head_and_leader_send_it_back_and_what_was_signed_counts_no_more(clinic: Clinic, signed: bool) -> None:
    dossier = to_sign(clinic)
    if signed:
        signed_by_clinic(clinic, dossier)
    by = clinic.world["leader" if signed else "head"]
    send_back(dossier.pk, actor=by, note="Sửa phạm vi", at=AT)
    assert JointPaper.objects.get().state == "taken_back"
    with pytest.raises(Conflict):
        paper_to_sign(dossier.pk, actor=clinic.chief)


def test_a_refusal_and_a_withdrawn_dossier_ask_for_no_signature(clinic: Clinic) -> None:
    withdrawn = to_sign(clinic)
    withdraw(withdrawn.pk, actor=clinic.chief, reason="", at=AT)
    with pytest.raises(Conflict):
        paper_to_sign(withdrawn.pk, actor=clinic.chief)
    dossier = filed(clinic, YEARLY, at=AT + timedelta(hours=1), **ANSWERS)
    proposed(clinic, dossier)
    send_back(dossier.pk, actor=clinic.world["head"], note="Từ chối", at=AT)
    why = RefusalReason("condition-not-met", "Chưa kết nối dữ liệu.", Pin("field", "valid_from"))
    propose_refusal(dossier.pk, actor=clinic.assessor, reasons=[why], note="", at=AT)
    control(dossier.pk, actor=clinic.world["head"], note="", at=AT)
    dossier.refresh_from_db()
    assert dossier.stage == "sign" and offer_paper(dossier.pk, at=AT) is None
    issued = sign(dossier.pk, actor=clinic.world["leader"], at=AT)
    assert issued is not None and issued.kind == "refusal"
