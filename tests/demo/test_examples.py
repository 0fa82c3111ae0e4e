"""One dossier of each procedure that people file can be put before the desk, on any day; twice changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.catalogue.freeze import freeze_all
from ansinh.demo.examples import file_examples
from ansinh.demo.play.town import build_town
from tests.world import a_moment

DAY = a_moment(date(2026, 11, 26))


@pytest.mark.django_db
def test_the_examples_are_filed_and_filed_once(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    freeze_all(at=DAY)
    build_town(at=DAY)
    made = file_examples(at=DAY)
    assert len(made) >= 10
    assert len({one.procedure for one in made}) == len(made)
    assert {one.state for one in made} <= {"submitted", "waiting_for_originals", "waiting_for_payment"}
    assert all(one.answers.get("id_number", "099").startswith("099") for one in made)
    assert file_examples(at=DAY) == []
