"""A faulty folder stops the program and names file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.loader import canonical_content, content_digest, from_content, load_all

ROOT = Path(__file__).resolve().parents[2] / "procedures"
SLUG = "huong-bhxh-mot-lan/2025-07-01"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "shared", tmp_path / "shared")
    shutil.copytree(ROOT / SLUG, tmp_path / SLUG)
    return tmp_path


def change(path: Path, old: str, new: str) -> int:
    """Replace the first ``old`` and answer its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("form.yaml", "type: month", "type: moon", "unknown type"),
        ("form.yaml", "{field: book_sent_by_post, equals: 'yes'}", "{field: nothing, given: true}", "unknown field"),
        ("documents.yaml", "form: 14-HSB", "form: 99-XYZ", "99-XYZ"),
        ("stages.yaml", "role: intake_officer", "role: king", "king"),
        ("procedure.yaml", "benefit: bhxh_one_time", "benefit: gold", "gold"),
        ("procedure.yaml", "number: 158/2025/NĐ-CP", "number: 1/0000/QĐ", "shared/laws.yaml"),
        ("procedure.yaml", "unit: working_day", "unit: fortnight", "fortnight"),
        ("procedure.yaml", "field: total_months", "field: total_moons", "total_moons"),
        ("procedure.yaml", "result_of: support", "result_of: nothing", "nothing"),
        ("procedure.yaml", "    result: decision\n", "    result: decision\n    row_label: who\n", "who"),
    ],
)
def test_the_error_names_file_and_line(root: Path, file: str, old: str, new: str, says: str) -> None:
    line = change(root / SLUG / file, old, new)
    with pytest.raises(FolderError) as refusal:
        load_all(root)
    place, _, message = str(refusal.value).partition(": ")
    assert says in message
    assert place.startswith(f"procedures/{SLUG}/{file}:")
    assert 0 <= line - int(place.rpartition(":")[2]) <= 10  # the line of the part that holds the fault


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "decision.typ").unlink(), "decision.typ"),
        (lambda folder: (folder / "form.yaml").unlink(), "form.yaml"),
        (lambda folder: shutil.rmtree(folder / "examples"), "3 examples"),
        (lambda folder: (folder / "stages.yaml").write_text("stages: [", encoding="utf-8"), "stages.yaml"),
    ],
)
def test_a_complete_folder_has_all_its_files(root: Path, spoil: Callable[[Path], None], says: str) -> None:
    spoil(root / SLUG)
    with pytest.raises(FolderError, match=says):
        load_all(root)


def test_a_key_written_twice_is_refused(root: Path) -> None:
    path = root / SLUG / "stages.yaml"
    path.write_text("stages: []\nstages: []\n", encoding="utf-8")
    with pytest.raises(FolderError, match=r"stages.yaml:2: .*twice"):
        load_all(root)


def test_frozen_content_gives_the_same_folder_again() -> None:
    for folder in load_all(ROOT):
        again = from_content(canonical_content(folder))
        assert (again.procedure, again.papers, again.stages, again.form) == (
            folder.procedure,
            folder.papers,
            folder.stages,
            folder.form,
        )
        assert again.digest == content_digest(folder.content) == folder.digest


def test_every_entry_is_in_the_catalogue_complete_or_honest_about_it() -> None:
    folders = load_all(ROOT)
    assert len(folders) >= 43
    for folder in folders:
        assert folder.form is None or folder.procedure.online, folder.slug
        assert folder.procedure.online or folder.procedure.not_yet_vi
        assert folder.procedure.legal_basis
        assert all(law.title_vi for law in folder.procedure.legal_basis)
