"""The invented world, and a storage of this test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.world import World, a_world


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Papers of one test only."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()
