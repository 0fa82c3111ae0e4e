"""`ansinh procedures check` tells every fault of every folder with its file and line."""

import re
import shutil
from pathlib import Path

import pytest

from ansinh.catalogue.queries import ROOT
from ansinh.cli.main import main

SLUG, OTHER = "huong-bhxh-mot-lan", "thay-doi-hinh-thuc-linh"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two real procedures, to be spoilt."""
    for name in ("shared", SLUG, OTHER):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def test_folders_that_are_right_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "check"]) == 0
    assert ", 0 lỗi" in capsys.readouterr().out


def test_every_fault_is_told_with_file_and_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root / SLUG, "procedure.yaml", "benefit: bhxh_one_time", "benefit: no_such_rule")
    spoil(root / OTHER, "stages.yaml", "kind: sign", "kind: dance")
    assert main(["procedures", "check", "--root", str(root)]) == 1
    told = capsys.readouterr().out
    assert re.search(rf"procedures/{SLUG}/2025-07-01/procedure\.yaml:\d+: .*no_such_rule", told)
    assert re.search(rf"procedures/{OTHER}/2025-07-01/stages\.yaml:\d+: ", told)


def test_a_reason_that_no_officer_has_is_a_fault(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = next((root / SLUG).rglob("examples/*.yaml"))
    course = "course:\n  refused: [{reason: paper-unreadable, field: full_name, explanation_vi: Không đọc được}]\n"
    example.write_text(example.read_text(encoding="utf-8") + course, encoding="utf-8")
    assert main(["procedures", "check", SLUG, "--root", str(root)]) == 1
    assert "is no reason for a refusal" in capsys.readouterr().out


def test_a_course_that_asks_for_an_unknown_paper_is_a_fault(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = next((root / SLUG).rglob("examples/*.yaml"))
    course = "course:\n  supplement: [{paper: no_such_paper, reason: paper-unreadable, wrong_vi: Mờ}]\n"
    example.write_text(example.read_text(encoding="utf-8") + course, encoding="utf-8")
    assert main(["procedures", "check", "--root", str(root)]) == 1
    assert f"examples/{example.name}: the unknown paper “no_such_paper”" in capsys.readouterr().out


def test_an_unknown_procedure_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "check", "no-such-procedure"]) == 1
    assert "no-such-procedure" in capsys.readouterr().err


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    (path,) = folder.glob(f"*/{file}")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
