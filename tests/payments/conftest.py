"""Officers of the finance desk, and books that are looked at after each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from ansinh.payments.reconcile import differences
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from tests.world import LOCAL_OFFICE, World, a_world, an_officer


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Files of one test only."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.fixture
def cashier(world: World) -> OfficerActor:
    """Who prepares payments and looks after what the bank reports."""
    return an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


@pytest.fixture(autouse=True)
def books_agree(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did, the books agree with the states afterwards."""
    yield
    if (
        "world" in request.fixturenames
        and not connection.needs_rollback
        and not request.node.get_closest_marker("tampers")
    ):
        assert differences() == []
