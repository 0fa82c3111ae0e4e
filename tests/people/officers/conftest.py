"""The invented world, and a province next to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.offices.models import Level, Office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from tests.world import World, a_world, an_officer

NEXT_PROVINCE = "91000"


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:
    """Offices, staff, a person."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    return a_world()


@pytest.fixture
def next_director(world: World) -> OfficerActor:
    """The director of another province."""
    Office.objects.create(
        code=NEXT_PROVINCE, name_vi="BHXH tỉnh Sông Mã", name_en="Social Insurance of Song Ma", level=Level.PROVINCE,
        province_code="91", address="1 đường Núi", phone="1900 9068", valid_from=date(2025, 7, 1),
    )  # fmt: skip
    return an_officer("tinh-ben", "Kiều Văn Sáng", "Giám đốc BHXH tỉnh", ((NEXT_PROVINCE, Role.PROVINCIAL_DIRECTOR),))
