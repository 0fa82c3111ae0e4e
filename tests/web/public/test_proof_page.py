"""The proof page: receipts and their proofs, own files, scanned codes, bundles, and what works without the page."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from pytest_django import Settings

from ansinh.casework.evidence.bundle import evidence_bundle
from ansinh.casework.evidence.reader import Reader
from ansinh.casework.evidence.tools import verifier_source
from ansinh.dossiers.models import Dossier
from ansinh.platform.queue import drain
from ansinh.platform.storage import open_file
from ansinh.proof.models import Checkpoint
from ansinh.signing import qr_token, seal
from ansinh.signing.authority import ensure_authority
from tests.documents.pages import picture, words
from tests.walls_of import owner_role
from tests.web.public.conftest import NOW
from tests.world import FILED_AT, World, a_submitted_dossier


@pytest.fixture
def filed(world: World, settings: Settings, tmp_path: Path) -> Dossier:
    """A dossier with its receipt."""
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    ensure_authority(at=FILED_AT - timedelta(days=1))
    dossier = a_submitted_dossier(world)
    drain(FILED_AT)
    return dossier


def receipt_of(dossier: Dossier) -> bytes:
    with open_file(dossier.documents.get(kind="receipt").sha256) as file:
        return file.read()


def page(reader: Client, content: bytes, name: str = "giay.pdf", *, own: bytes | None = None) -> str:
    given = {"van_ban": SimpleUploadedFile(name, content)}
    if own is not None:
        given["tep"] = SimpleUploadedFile("anh.jpg", own)
    answer = reader.post("/minh-chung", given)
    assert answer.status_code == 200
    return answer.content.decode()


def code_on(pdf: bytes) -> str:
    (code,) = zxingcpp.read_barcodes(picture(pdf))
    return str(code.text).partition("?q=")[2]


def test_a_receipt_is_genuine_and_fits_the_log_of_today(reader: Client, filed: Dossier) -> None:
    shown = page(reader, receipt_of(filed))
    assert "đúng do cơ quan BHXH phát hành, chưa bị sửa" in shown
    assert "Khớp: vẫn giữ nguyên mọi điều văn bản này chứng minh" in shown
    assert filed.applicant_name not in shown


def test_a_file_of_ones_own_is_recognised_by_who_holds_the_receipt(reader: Client, filed: Dossier) -> None:
    paper = filed.papers.get()
    with open_file(paper.sha256) as file:
        own = file.read()
    assert f"tệp số 1 ({paper.name}) của hồ sơ {filed.number}" in page(reader, receipt_of(filed), own=own)
    assert "không trùng với tệp nào" in page(reader, receipt_of(filed), own=own + b"x")
    assert filed.number not in page(reader, own, "anh.jpg", own=own)


@pytest.mark.tampers
def test_a_log_that_was_rewritten_is_told_and_the_paper_stays_right(reader: Client, filed: Dossier) -> None:
    with owner_role(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE proof_leaf SET hash = sha256(hash) WHERE index = 0")
    shown = page(reader, receipt_of(filed))
    assert "đúng do cơ quan BHXH phát hành" in shown
    assert "Không khớp: nhật ký hiện nay không còn mốc này" in shown


def test_a_scanned_code_names_the_paper_and_nobody(reader: Client, filed: Dossier) -> None:
    pdf = receipt_of(filed)
    answer = reader.get("/minh-chung", {"q": code_on(pdf)})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Mã đúng: văn bản này do cơ quan BHXH phát hành" in shown
    assert filed.number in shown
    assert hashlib.sha256(pdf).hexdigest()[:4] in shown
    assert filed.applicant_name not in shown
    assert filed.si_number not in shown
    assert "minh-chung" in words(pdf)


def test_codes_that_are_changed_old_or_of_no_paper_are_told_apart(reader: Client, filed: Dossier) -> None:
    code = code_on(receipt_of(filed))
    assert "không phải của cổng này" in reader.get("/minh-chung", {"q": code[:-2] + "AA"}).content.decode()
    card = qr_token.issue(qr_token.Kind.CARD, about=filed.pk, digest="5a" * 32, at=NOW)
    with override_settings(CLOCK=lambda: NOW + timedelta(minutes=11)):
        assert "Mã đã hết hạn" in reader.get("/minh-chung", {"q": card}).content.decode()
    receipt = filed.documents.get(kind="receipt")
    other = qr_token.issue(qr_token.Kind.RECEIPT, about=receipt.pk, digest="5a" * 32, at=NOW)
    assert "Không tìm thấy văn bản của mã này" in reader.get("/minh-chung", {"q": other}).content.decode()


def test_a_bundle_is_checked_and_a_changed_one_refused(reader: Client, filed: Dossier) -> None:
    packed = b"".join(evidence_bundle(filed, reader=Reader.APPLICANT, at=NOW))
    shown = page(reader, packed, "bang-chung.zip")
    assert "Gói bằng chứng đúng, chưa bị sửa" in shown
    assert "receipt.pdf: chữ ký đúng" in shown
    assert "/tmp" not in shown
    place = len(packed) // 2
    changed = packed[:place] + bytes([packed[place] ^ 1]) + packed[place + 1 :]
    shown = page(reader, changed, "bang-chung.zip")
    assert "Gói này không đúng" in shown
    assert "gói đã bị sửa hoặc hỏng" in shown


def test_what_is_needed_without_this_page_can_be_taken_home(reader: Client, filed: Dossier) -> None:
    shown = reader.get("/minh-chung").content.decode()
    key = seal.seal_public_key(seal.seal_key_id()).hex()
    assert key in shown
    digest = hashlib.sha256(reader.get("/minh-chung/ansinh_verify.py").content).hexdigest()
    assert digest == hashlib.sha256(verifier_source()).hexdigest()
    assert digest[:4] + " " + digest[4:8] in shown
    assert b"BEGIN CERTIFICATE" in reader.get("/minh-chung/trust.pem").content
    assert reader.get("/minh-chung/moc-niem-phong.txt").content.decode() == Checkpoint.objects.latest("size").note
    keys = re.sub(r"\s", "", reader.get("/minh-chung/khoa").content.decode())
    assert key in keys


def test_the_first_address_leads_here(reader: Client) -> None:
    assert reader.get("/kiem-tra-van-ban").headers["Location"] == "/minh-chung"
