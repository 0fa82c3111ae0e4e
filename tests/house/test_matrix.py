"""A sample of the authorisation matrix (`./bench authz` asks every cell), with row security standing behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.matrix.principals import everybody
from tests.matrix.run import run
from tests.matrix.things import MONDAY, given
from tests.walls_of import application_role

CELLS, SEED = 500, 20_261_109


@pytest.mark.django_db
def test_nothing_is_told_to_who_may_not_know(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.CLOCK = lambda: MONDAY
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    world = given()
    people = everybody(world)
    assert len(people) >= 12
    with application_role():
        outcome = run(world, people, sample=CELLS, seed=SEED)
    assert outcome.undeclared == []
    assert outcome.leaks == []
    assert outcome.cells == CELLS
