"""Papers and bundles as the portal makes them, checked end to end by a plain Python."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import zxingcpp
from django.db import transaction
from pytest_django import Settings

from ansinh.casework.evidence.bundle import evidence_bundle
from ansinh.casework.evidence.reader import Reader
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.platform.queue import drain
from ansinh.platform.storage import open_file
from ansinh.proof.models import Checkpoint, CheckpointStamp
from ansinh.proof.seal_log import seal_all
from ansinh.signing import authority, seal
from ansinh.signing.trust.export import trusted_pem
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.documents.pages import picture
from tests.verifier import following
from tests.verifier.conftest import Verify
from tests.verifier.plain import loaded
from tests.world import World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    """People, offices and a storage of this test's own."""
    settings.FILES_DIR = tmp_path / "files"
    authority.ensure_authority(at=MONDAY - timedelta(days=30))
    return a_world()


@pytest.fixture
def decided(world: World) -> Dossier:
    """A dossier with a receipt and a signed decision."""
    dossier = a_dossier_to_sign(world)
    drain(MONDAY)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


@pytest.fixture
def trust(world: World, tmp_path: Path) -> Path:
    """The authorities to believe, as the portal publishes them."""
    file = tmp_path / "trust.pem"
    file.write_bytes(trusted_pem(at=MONDAY))
    return file


def key() -> str:
    return seal.seal_public_key(seal.seal_key_id()).hex()


def pdf_of(document: IssuedDocument) -> bytes:
    with open_file(document.sha256) as file:
        return file.read()


@pytest.mark.parametrize("kind", ["receipt", "decision"])
def test_a_paper_of_the_portal_is_right_with_its_proofs(
    kind: str, decided: Dossier, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    pdf = pdf_of(decided.documents.get(kind=kind))
    paper = tmp_path / f"{kind}.pdf"
    paper.write_bytes(pdf)
    told = verifies("paper", paper, "--trust", trust, "--key", key())
    assert told.status == 0, told.words
    assert f"dossiers_dossier {decided.pk} submitted" in told.words
    assert decided.papers.get().sha256 in told.words
    assert verifies("paper", paper, "--trust", trust, "--key", "00" * 32).status == 1
    statement = pdf.index(b"EmbeddedFile") + 200
    for place in (20, len(pdf) // 2, statement, len(pdf) - 10):
        paper.write_bytes(pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :])
        assert verifies("paper", paper, "--trust", trust).status != 0, place


def test_the_code_of_a_paper_belongs_to_that_paper_only(
    decided: Dossier, verifies: Verify, trust: Path, tmp_path: Path
) -> None:
    papers = {one.kind: pdf_of(one) for one in decided.documents.all()}
    for kind, pdf in papers.items():
        (tmp_path / f"{kind}.pdf").write_bytes(pdf)
    (code,) = zxingcpp.read_barcodes(picture(papers["receipt"]))
    told = verifies("qr", code.text, "--key", key(), "--paper", tmp_path / "receipt.pdf")
    assert told.status == 0, told.words
    assert "giấy tiếp nhận" in told.words
    other = verifies("qr", code.text, "--key", key(), "--paper", tmp_path / "decision.pdf")
    assert "không thuộc văn bản này" in other.words
    assert verifies("qr", code.text).status == 1
    assert verifies("qr", code.text[:-3] + "AAA", "--key", key()).status != 0


@pytest.mark.parametrize("reader", list(Reader))
def test_a_bundle_is_right_and_says_everything(
    reader: Reader, decided: Dossier, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    packed = tmp_path / "bundle.zip"
    packed.write_bytes(b"".join(evidence_bundle(decided, reader=reader, at=MONDAY)))
    told = verifies("bundle", packed, "--trust", trust, "--key", key())
    assert told.status == 0, told.words
    for words in ("signed/01-receipt.pdf: chữ ký đúng", "signed/02-decision.pdf", "granted", "mốc niêm phong"):
        assert words in told.words, told.words


def test_one_changed_octet_anywhere_in_a_bundle_is_refused_with_a_sentence(
    decided: Dossier, trust: Path, tmp_path: Path
) -> None:
    verifier = loaded()
    packed = b"".join(evidence_bundle(decided, reader=Reader.APPLICANT, at=MONDAY))
    believed = verifier._trusted(str(trust))
    keys = {seal.seal_key_id(): bytes.fromhex(key())}
    file, random = tmp_path / "bundle.zip", Random(4)
    central = packed.rindex(b"PK\x05\x06")
    heads = [packed.index(b"PK\x03\x04") + n for n in range(30)] + [central + n for n in range(22)]
    for place in [*heads, *(random.randrange(len(packed)) for _ in range(300))]:
        file.write_bytes(packed[:place] + bytes([packed[place] ^ 1 << random.randrange(8)]) + packed[place + 1 :])
        with pytest.raises(verifier.Bad):
            verifier.check_bundle(str(file), trust=believed, keys=keys)
    for wrong in (packed + b"x", packed[:-1], b"x" + packed, b""):
        file.write_bytes(wrong)
        with pytest.raises(verifier.Bad):
            verifier.check_bundle(str(file), trust=believed, keys=keys)


def test_a_bundle_packed_again_with_another_file_is_refused(decided: Dossier, trust: Path, tmp_path: Path) -> None:
    verifier = loaded()
    packed = b"".join(evidence_bundle(decided, reader=Reader.APPLICANT, at=MONDAY))
    files = verifier.files_of(packed)
    manifest = json.loads(files["manifest.json"])
    files["timeline.json"] = b"[]"
    manifest["files"]["timeline.json"] = hashlib.sha256(b"[]").hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    file = tmp_path / "bundle.zip"
    file.write_bytes(b"".join(verifier.archive(files.items())))
    with pytest.raises(verifier.Bad, match="niêm phong"):
        verifier.check_bundle(str(file), trust=verifier._trusted(str(trust)), keys={})


def test_other_programs_open_a_bundle(decided: Dossier) -> None:
    packed = b"".join(evidence_bundle(decided, reader=Reader.OFFICE, at=MONDAY))
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        timeline = json.loads(opened.read("timeline.json"))
        (paper,) = json.loads(opened.read("papers.json"))
        assert hashlib.sha256(opened.read(paper["file"])).hexdigest() == paper["sha256"]
    assert "ansinh_verify.py" in names
    assert timeline[-1]["kind"] == "granted"


def test_the_applicant_does_not_get_the_notes_of_the_office(decided: Dossier) -> None:
    for reader, there in ((Reader.APPLICANT, False), (Reader.OFFICE, True)):
        files = loaded().files_of(b"".join(evidence_bundle(decided, reader=reader, at=MONDAY)))
        (decision,) = json.loads(files["decisions.json"])
        assert ("proposed_by" in decision) is there
        public = decided.events.filter(public=True).count()
        assert len(json.loads(files["timeline.json"])) == (decided.events.count() if there else public)


def test_a_checkpoint_of_a_bundle_brings_its_time_stamp(
    decided: Dossier, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    newest = Checkpoint.objects.latest("size")
    CheckpointStamp.objects.create(checkpoint=newest, token=following.token_over(newest.note.encode()), at=MONDAY)
    both = following.trusting_the_stamper(trust, tmp_path)
    packed = tmp_path / "bundle.zip"
    packed.write_bytes(b"".join(evidence_bundle(decided, reader=Reader.OFFICE, at=MONDAY)))
    told = verifies("bundle", packed, "--trust", both, "--key", key())
    assert told.status == 0, told.words
    assert "dấu thời gian đúng" in told.words
    assert verifies("bundle", packed, "--trust", trust, "--key", key()).status == 1


def test_every_event_of_the_dossier_is_proved(decided: Dossier) -> None:
    with transaction.atomic():
        seal_all(at=MONDAY)
    files = loaded().files_of(b"".join(evidence_bundle(decided, reader=Reader.OFFICE, at=MONDAY)))
    lines = [json.loads(json.loads(files[name])["line"]) for name in files if name.endswith(".proof.json")]
    assert [one["to"] for one in lines if one["row"] == str(decided.pk)] == ["submitted", "in_progress", "granted"]
    assert {one["to"] for one in lines if one["row"] != str(decided.pk)} == {"proposed", "controlled", "signed"}
