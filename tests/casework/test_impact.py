"""Other figures: which open dossiers change, by how much, and nothing else happens."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ansinh.casework.impact import Impact, impact
from ansinh.casework.models import Decision
from ansinh.cli.main import main
from ansinh.dossiers.models import Dossier
from ansinh.law.figures import Figures, changed_figures
from ansinh.registry.models import ContributionPeriod
from tests.casework.moves import a_dossier_in_appraisal, a_dossier_to_control, an_accepted_dossier
from tests.world import World, a_submitted_dossier

ON = date(2026, 11, 9)
OLD = 8_600_000 * 6 + 2 * 2_340_000
NEW = 8_600_000 * 6 + 2 * 2_500_000
LEVELS = """
level.reference:
  name: Mức tham chiếu
  unit: đồng/tháng
  values:
  - {from: '2025-07-01', value: 2500000, reference: dự thảo, quality: recalled}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "levels.yaml"
    path.write_text(LEVELS, "utf-8")
    return path


def changes(figures: Figures) -> list[Impact]:
    return [found for found in impact(figures, on=ON) if found is not None]


def test_a_raised_level_shows_old_and_new_amount(world: World, file: Path) -> None:
    drafted, appraised = a_dossier_to_control(world), a_dossier_in_appraisal(world)
    found = {one.number: one for one in changes(changed_figures(file))}
    assert found.keys() == {drafted.number, appraised.number}
    assert {(one.old, one.new) for one in found.values()} == {(OLD, NEW)}
    assert (found[drafted.number].has_decision, found[appraised.number].has_decision) == (True, False)
    (line,) = found[drafted.number].lines
    assert (line.key, line.old, line.new) == ("allowance", OLD, NEW)


def test_dossiers_before_appraisal_are_not_looked_at(world: World, file: Path) -> None:
    a_submitted_dossier(world)
    an_accepted_dossier(world)
    assert list(impact(changed_figures(file), on=ON)) == []


def test_the_same_figures_change_nothing_and_nothing_is_written(world: World) -> None:
    a_dossier_to_control(world)
    before = list(Decision.objects.values()), list(Dossier.objects.values())
    assert list(impact(changed_figures(Path("ansinh/law/parameters")), on=ON)) == [None]
    assert (list(Decision.objects.values()), list(Dossier.objects.values())) == before


def test_an_amount_the_law_cannot_compute_is_not_a_change(world: World, file: Path) -> None:
    a_dossier_in_appraisal(world)
    ContributionPeriod.objects.all().delete()
    assert list(impact(changed_figures(file), on=ON)) == [None]


def test_the_command_lists_the_changes_and_says_so_by_its_status(
    world: World, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = a_dossier_to_control(world)
    assert main(["law", "impact", str(file)]) == 1
    first, _, last = capsys.readouterr().out.splitlines()
    assert first == f"{dossier.number} tro-cap-mau: 56.280.000 đ → 56.600.000 đ"
    assert last == "1 / 1 hồ sơ đổi số tiền / dossiers change"
    assert main(["law", "impact", str(file), "--json"]) == 1
    line: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["number"], line["old"], line["new"]) == (dossier.number, OLD, NEW)


def test_the_command_is_content_when_nothing_changes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    a_dossier_to_control(world)
    assert main(["law", "impact", "ansinh/law/parameters"]) == 0
    assert capsys.readouterr().out.startswith("0 / 1 ")


def test_a_wrong_file_is_said_before_the_database_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "impact", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err
