"""Receipts and results carry digests and proofs; a receipt waits for the log, and none is forgotten."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from pytest_django import Settings

from ansinh.casework.receipt import AFTER_SUBMISSION, LATE_RECEIPT
from ansinh.casework.sign import sign
from ansinh.dossiers.models import IssuedDocument
from ansinh.platform.models import Job
from ansinh.platform.queue import drain
from ansinh.platform.storage import open_file
from ansinh.proof.copy import Copy
from ansinh.proof.models import Alarm, Checkpoint
from ansinh.proof.seal_log import seal_all
from ansinh.signing import qr_token
from ansinh.signing.authority import ensure_authority
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.documents.pages import picture, words
from tests.world import FILED_AT, World, a_submitted_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    """Keys of one test only."""
    settings.SIGNING_DIR = tmp_path / "signing"
    ensure_authority(at=FILED_AT)


def content_of(document: IssuedDocument) -> bytes:
    with open_file(document.sha256) as file:
        return file.read()


def statement_in(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (attached,) = document.attachments.values()
        found: dict[str, Any] = json.loads(attached.get_file().read_bytes())
    return found


def code_on(pdf: bytes) -> qr_token.QrToken:
    (code,) = zxingcpp.read_barcodes(picture(pdf))
    return qr_token.read(code.text.partition("/minh-chung?q=")[2])


def test_a_receipt_states_digests_of_every_file_and_that_the_submission_is_in_the_log(world: World) -> None:
    dossier = a_submitted_dossier(world)
    drain(FILED_AT)
    receipt = dossier.documents.get()
    pdf = content_of(receipt)
    stated = statement_in(pdf)
    paper = dossier.papers.get()
    assert stated["files"] == [{"name": paper.name, "size": paper.size, "sha256": paper.sha256}]
    assert (stated["document"], stated["dossier"]) == (str(receipt.pk), dossier.number)
    (proof,) = stated["proofs"]
    assert json.loads(proof["line"])["row"] == str(dossier.pk)
    assert proof["checkpoint"] == Checkpoint.objects.get(size=proof["size"]).note
    assert f"vị trí {proof['index']}, mốc {proof['size']}" in words(pdf)
    read = code_on(pdf)
    assert (read.kind, read.about) == (qr_token.Kind.RECEIPT, receipt.pk)


def test_a_receipt_waits_for_the_log_and_comes_when_it_is_sealed_again(world: World, settings: Settings) -> None:
    seal_all(at=FILED_AT)
    last = Checkpoint.objects.latest("id")
    strange = Copy(settings.PROOF_PLACES[0])
    with strange.held():
        strange.append_notes([last.note.replace(f"\n{last.size}\n", f"\n{last.size + 5}\n")])
    dossier = a_submitted_dossier(world)
    drain(FILED_AT)
    assert Alarm.objects.get().code == "older-database"
    assert not dossier.documents.exists()
    assert not Job.objects.filter(dead_at=None, name=AFTER_SUBMISSION).exists()
    for hours in range(1, 12):
        drain(FILED_AT + timedelta(hours=hours))
    assert Job.objects.get(name=LATE_RECEIPT).dead_at is None
    settings.PROOF_PLACES = settings.PROOF_PLACES[1:]
    drain(FILED_AT + timedelta(days=1))
    assert dossier.documents.get().kind == "receipt"
    assert not Job.objects.filter(name=LATE_RECEIPT).exists()


def test_a_result_proves_what_was_done_before_its_signature(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    issued = sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert issued is not None
    stated = statement_in(content_of(issued))
    told = [(line["table"], line["to"]) for line in (json.loads(proof["line"]) for proof in stated["proofs"])]
    assert told[0] == ("dossiers_dossier", "submitted")
    assert ("dossiers_dossier", "in_progress") in told
    assert ("casework_decision", "controlled") in told
    assert ("dossiers_dossier", "granted") not in told
    assert [one["sha256"] for one in stated["files"]] == [dossier.papers.get().sha256]
    assert stated["document"] == str(issued.pk)
    assert (stated["paper"], stated["number"]) == ("decision", issued.number)
