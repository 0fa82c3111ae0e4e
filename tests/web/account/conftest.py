"""The invented world on a Monday morning, with a clock that the test moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.world import World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))


@dataclass
class Clock:
    """What time it is in the test."""

    at: datetime

    def pass_by(self, **span: int) -> None:
        """Time goes on."""
        self.at += timedelta(**span)


@pytest.fixture
def clock(settings: Settings) -> Clock:
    """The clock of the pages."""
    made = Clock(MONDAY)
    settings.CLOCK = lambda: made.at
    return made


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path, clock: Clock) -> World:
    """Offices, officers, a person."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return a_world()
