"""The invented world for tests of dossiers."""

from __future__ import annotations

import pytest

from tests.world import World, a_world


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()
