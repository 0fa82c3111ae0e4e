"""The world of the office with the real procedures that are paid for, and books that agree after each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from ansinh.catalogue.loader import content_digest, load_all
from ansinh.catalogue.models import ProcedureVersion
from ansinh.payments.reconcile import differences
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.registry.models import InsuredPerson
from ansinh.signing.authority import ensure_authority
from tests.world import FILED_AT, LOCAL_OFFICE, LONG_AGO, SI_NUMBER, World, a_world, an_officer

ROOT = Path(__file__).resolve().parents[3] / "procedures"
PAID_FOR = ("gia-han-the-bhyt", "bhxh-tu-nguyen", "dong-tiep-bhxh-tu-nguyen")


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    """Files and keys of one test only."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    ensure_authority(at=FILED_AT)


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, and a person with a card until the end of the year."""
    made = a_world()
    for folder in load_all(ROOT):
        if folder.slug in PAID_FOR:
            ProcedureVersion.objects.create(
                slug=folder.slug, in_force_from=date(2025, 7, 1), digest=content_digest(folder.content),
                content=folder.content, frozen_at=LONG_AGO,
            )  # fmt: skip
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=f"GD490{SI_NUMBER}", card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    return made


@pytest.fixture
def cashier(world: World) -> OfficerActor:
    """Who deals with what banks report."""
    return an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


@pytest.fixture(autouse=True)
def books_agree(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did, the books agree with the states afterwards."""
    yield
    if "world" in request.fixturenames and not connection.needs_rollback:
        assert differences() == []
