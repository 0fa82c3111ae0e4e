"""Effects are declared, done by something, and take inputs of the right kind; a faulty folder names file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ansinh.casework.effects.table import FUNCTIONS
from ansinh.catalogue.effects import NAMED, OWN_ACTION, declarations
from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.loader import from_content, load_all

ROOT = Path(__file__).resolve().parents[2] / "procedures"
SLUG = "luong-huu-tu-nguyen-bao-luu/2025-07-01"
FIRST = "  - key: pension\n    does: benefit_started\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "shared", tmp_path / "shared")
    shutil.copytree(ROOT / SLUG, tmp_path / SLUG)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("does: benefit_started", "does: gold_given", "gold_given"),
        ("benefit_type: {value: pension}", "benefit_type: {value: gold}", "“gold” is no word"),
        ("benefit_type: {value: pension}", "benefit_kind: {value: pension}", "takes no “benefit_kind”"),
        ("      start_month: {field: retire_from}\n", "", "needs “start_month”"),
        ("start_month: {field: retire_from}", "start_month: {field: nothing}", "unknown field “nothing”"),
        ("start_month: {field: retire_from}", "start_month: {field: full_name}", "cannot be the text field"),
        ("start_month: {field: retire_from}", "start_month: {decided: amount}", "cannot be “start_month”"),
        (
            "account: {field: bank_account}",
            "account: {account: {bank: nothing, number: si_number, holder: full_name}}",
            "unknown field “nothing”",
        ),
        (
            "start_month: {field: retire_from}",
            "start_month: {account: {bank: full_name, number: si_number, holder: full_name}}",
            "is no bank account",
        ),
        ("start_month: {field: retire_from}", "start_month: {value: soon}", "'soon' is no month"),
        ("amount_of: [pension, pension_early", "amount_of: [pension, right", "“right” decides an amount"),
        (FIRST, FIRST + "    when: {field: nothing, given: true}\n", "nothing"),
        (FIRST, FIRST + "    for_each: full_name\n", "not a table"),
        (FIRST, FIRST.replace("pension", "lump", 1) + FIRST, "needs “benefit_type”"),
    ],
)
def test_a_faulty_effect_is_refused_with_file_and_line(root: Path, old: str, new: str, says: str) -> None:
    path = root / SLUG / "procedure.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FolderError) as refusal:
        load_all(root)
    place, _, message = str(refusal.value).partition(": ")
    assert says in message
    assert place.startswith(f"procedures/{SLUG}/procedure.yaml:")


@pytest.mark.parametrize("word", sorted(declarations()))
def test_an_effect_as_a_plain_word_is_refused(root: Path, word: str) -> None:
    path = root / SLUG / "procedure.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(FIRST, f"  - {word}\n{FIRST}", 1), encoding="utf-8")
    with pytest.raises(FolderError, match="as a plain word does nothing"):
        load_all(root)


def test_every_declared_effect_is_done() -> None:
    assert set(FUNCTIONS) == set(declarations())
    assert not OWN_ACTION & set(declarations())


def test_every_sentence_names_only_inputs_and_says_what_is_required() -> None:
    for one in declarations().values():
        for text in (one.says_vi, one.says_en):
            named = set(NAMED.findall(text))
            assert named <= set(one.inputs), one.name
        for given in one.inputs.values():
            assert bool(given.vi) == bool(given.en), f"{one.name}.{given.name}"
            assert given.optional or not given.vi, f"{one.name}.{given.name} is always said"
            for text in (given.vi, given.en):
                assert set(NAMED.findall(text)) <= set(one.inputs)
            assert (given.type == "word") == (given.words is not None)


def test_frozen_versions_with_plain_words_still_load() -> None:
    folder = next(one for one in load_all(ROOT) if f"{one.slug}/{one.in_force_on}" == SLUG)
    content = {**folder.content, "procedure": {**folder.content["procedure"], "effects": ["benefit_started", "none"]}}
    effects = from_content(content).procedure.effects
    assert [(one.does, one.is_done) for one in effects] == [("benefit_started", False), ("none", False)]
