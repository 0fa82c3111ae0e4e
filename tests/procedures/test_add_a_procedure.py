"""The folder that docs/guides/add-a-procedure.md writes works: from those files alone to the result."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.loader import load_all
from ansinh.catalogue.queries import ROOT
from ansinh.cli.main import main
from ansinh.demo.play.compare import differences
from ansinh.demo.play.play import play
from ansinh.demo.play.town import build_town

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "add-a-procedure.md"
FILE = re.compile(r"^File `([^`]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OUTCOMES = {"sinh-mot-con": "granted", "sinh-doi-bo-sung": "granted", "khong-du-dieu-kien": "refused"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of procedures that holds only what the guide says."""
    shutil.copytree(ROOT / "shared", tmp_path / "shared")
    for name, text in FILE.findall(GUIDE.read_text(encoding="utf-8")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def folder(root: Path) -> ProcedureFolder:
    (found,) = load_all(root)
    return found


def test_the_folder_of_the_guide_passes_the_check(root: Path) -> None:
    assert main(["procedures", "check", "--root", str(root)]) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("key", [*OUTCOMES, "ngay-sinh-trong-tuong-lai"])
def test_what_the_guide_adds_is_filed_and_decided(folder: ProcedureFolder, key: str) -> None:
    build_town(at=datetime.now(UTC))
    example = next(one for one in folder.examples if one.key == key)
    played = play(folder, example)
    assert not differences(folder, example, played)
    assert played.state == OUTCOMES.get(key, "")
    assert ("supplement_received" in played.events) == bool(example.course.supplement)
