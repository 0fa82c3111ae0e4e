"""A signed paper and an inclusion proof, checked by a plain Python; one changed byte is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.platform.sealed_zip import archive, entry
from ansinh.proof import notes
from ansinh.proof.inclusion import KIND, InclusionProof
from ansinh.proof.merkle import Range, inclusion_path, leaf_hash, node_hash
from ansinh.signing import authority, keystore, seal
from tests.signing.papers import paper as unsigned_paper
from tests.signing.papers import prepare_keys
from tests.signing.papers import signed as signed_paper
from tests.verifier import following
from tests.verifier.conftest import AT, Verify, lines_of, write_log


@pytest.fixture
def signed(settings: Settings, tmp_path: Path) -> tuple[bytes, Path]:
    """A receipt signed by the portal, and the authority to believe."""
    settings.SIGNING_DIR = tmp_path / "signing"
    seal._key.cache_clear()
    prepare_keys()
    pdf = signed_paper()
    return pdf, keystore.folder() / f"{authority.ROOT}.cert.pem"


def _proof(index: int) -> InclusionProof:
    lines = lines_of(100)
    leaves = [leaf_hash(line.encode()) for line in lines]

    def subtree(start: int, end: int) -> bytes:
        if end - start == 1:
            return leaves[start]
        middle = start + (1 << ((end - start - 1).bit_length() - 1))
        return node_hash(subtree(start, middle), subtree(middle, end))

    grown = Range()
    for leaf in leaves:
        list(grown.append(leaf))
    note = notes.sign(notes.Note("an-sinh/test", 100, grown.root(), AT, notes.FIRST))
    path = tuple(one.hex() for one in inclusion_path(index, 100, subtree))
    key = seal.seal_public_key(seal.seal_key_id()).hex()
    return InclusionProof(KIND, lines[index], index, 100, path, note, key)


def test_a_signed_paper_is_right_and_one_changed_byte_is_refused(
    signed: tuple[bytes, Path], verifies: Verify, tmp_path: Path
) -> None:
    pdf, trust = signed
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(pdf)
    told = verifies("paper", paper, "--trust", trust)
    assert told.status == 0, told.words
    assert "chữ ký đúng / signature right" in told.words
    assert verifies("paper", paper).status == 1
    for place in (20, len(pdf) // 2, len(pdf) - 10):
        paper.write_bytes(pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :])
        assert verifies("paper", paper, "--trust", trust).status != 0
    paper.write_bytes(pdf + b"\n% more\n")
    assert "thêm vào sau chữ ký" in verifies("paper", paper, "--trust", trust).words
    paper.write_bytes(unsigned_paper())
    assert verifies("paper", paper, "--trust", trust).status == 1


@pytest.mark.parametrize("index", [0, 41, 99])
def test_a_proof_is_right_and_any_other_word_in_it_is_refused(index: int, verifies: Verify, tmp_path: Path) -> None:
    proof = _proof(index).to_json()
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof))
    assert verifies("proof", file).status == 0
    assert verifies("proof", file, "--key", "00" * 32).status == 1
    changes = {
        "line": proof["line"].replace("lan", "huy"), "index": (index + 1) % 100, "size": 99, "path": proof["path"][1:],
        "checkpoint": proof["checkpoint"].replace("\n100\n", "\n101\n"),
    }  # fmt: skip
    for name, value in changes.items():
        file.write_text(json.dumps({**proof, name: value}))
        assert verifies("proof", file).status == 1, name


def test_a_bundle_is_right_and_a_changed_missing_or_added_file_is_refused(
    signed: tuple[bytes, Path], verifies: Verify, tmp_path: Path
) -> None:
    pdf, trust = signed
    write_log(tmp_path / "log", lines=lines_of(1000), sizes=(10, 1000))
    files = {
        "signed/receipt.pdf": pdf,
        "events/submitted.proof.json": json.dumps(_proof(41).to_json()).encode(),
        "keys/seal.public": seal.seal_public_key(seal.seal_key_id()).hex().encode(),
        **{
            f"log/{path.relative_to(tmp_path / 'log')}": path.read_bytes()
            for path in (tmp_path / "log").rglob("*") if path.is_file() and path.name != ".lock"
        },
    }  # fmt: skip
    manifest = json.dumps({"files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}})
    wrong = {"signed/receipt.pdf": pdf + b"x"}
    told = verifies("bundle", _zip(tmp_path / "right.zip", files, manifest), "--trust", trust)
    assert told.status == 0, told.words
    assert "nhật ký trong gói đúng" in told.words
    for changed in (files | wrong, files | {"more.txt": b"x"}, {k: v for k, v in files.items() if "proof" not in k}):
        assert verifies("bundle", _zip(tmp_path / "wrong.zip", changed, manifest), "--trust", trust).status == 1


def _zip(path: Path, files: dict[str, bytes], manifest: str) -> Path:
    signature = seal.seal_bytes(b"ansinh-bundle-1\0" + manifest.encode()).hex().encode()
    named = {**files, "manifest.json": manifest.encode(), "manifest.sig": signature}
    path.write_bytes(b"".join(archive([entry(name, content) for name, content in named.items()])))
    return path


def test_validation_material_and_document_time_stamps_may_follow_a_signature_and_nothing_else(
    signed: tuple[bytes, Path], verifies: Verify, tmp_path: Path
) -> None:
    pdf, trust = signed
    paper = tmp_path / "paper.pdf"
    with_material = following.with_material(pdf)
    stamped = following.with_document_time_stamp(with_material)
    for right in (with_material, stamped, following.with_material(stamped)):
        assert right.startswith(pdf)
        paper.write_bytes(right)
        told = verifies("paper", paper, "--trust", following.trusting_the_stamper(trust, tmp_path))
        assert told.status == 0, told.words
    assert "dấu thời gian / time-stamp" in told.words
    for change in following.CHANGES:
        for base in (pdf, with_material):
            paper.write_bytes(following.with_document_time_stamp(change(base)))
            told = verifies("paper", paper, "--trust", following.trusting_the_stamper(trust, tmp_path))
            assert told.status == 1, change.__name__
            assert "thêm vào sau chữ ký" in told.words, (change.__name__, told.words)
