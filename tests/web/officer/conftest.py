"""The invented world at ten on Monday morning, and browsers of its people."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.people.models import Account
from tests.browsers import Client
from tests.world import World, a_moment, a_world

NOW = a_moment(date(2026, 11, 9), 10, 15)


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    """A storage of this test's own, plain names of static files, and a clock that stands still."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CLOCK = lambda: NOW
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.fixture
def browser(world: World) -> Callable[[str], Client]:
    """A signed-in browser of an officer (by name) or of the `citizen`."""

    def of(name: str) -> Client:
        account_id = world.citizen.account_id if name == "citizen" else world[name].account_id
        client = Client()
        client.force_login(Account.objects.get(pk=account_id))
        return client

    return of
