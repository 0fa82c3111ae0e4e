"""A fixed day and an invented world for the public pages; services come from the real procedure folders."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import override_settings

from ansinh.offices.models import SupportLine
from ansinh.platform.zone import VIETNAM
from tests.browsers import Client
from tests.web import site
from tests.world import World, a_world

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """It is Monday 23 November 2026, the day before a holiday."""
    with override_settings(CLOCK=lambda: NOW):
        yield


@pytest.fixture
def world(db: None) -> World:
    """Offices, staff and a person with an account."""
    SupportLine.objects.create(
        label_vi="Tổng đài", label_en="Hotline", phone="1900 9068", valid_from=NOW.date().replace(year=2020)
    )
    return a_world()


@pytest.fixture
def reader(world: World) -> Iterator[Client]:
    """Somebody who has not signed in."""
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=PLAIN):
        yield Client()


PLAIN = site.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
