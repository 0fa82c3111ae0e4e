"""The invented world seen through a browser's requests."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.world import ID_NUMBER, PASSWORD, World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))


@pytest.fixture(autouse=True)
def settled(settings: Settings, tmp_path: Path) -> None:
    """Papers of one test only, plain addresses, and the clock on a Monday morning."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CLOCK = lambda: MONDAY


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser nobody signed in with."""
    return Client()


@pytest.fixture
def browser(world: World) -> Client:
    """A browser in which the citizen signed in through the form."""
    client = Client()
    sign_in(client)
    return client


def sign_in(client: Client) -> None:
    """The citizen, through the form."""
    answer = client.post("/dang-nhap", {"login": ID_NUMBER, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()


def on_a_later_day(settings: Settings, moment: datetime, browser: Client) -> None:
    """From now on it is `moment`; whoever was signed in signs in again, for a session lasts hours."""
    set_clock(settings, moment)
    sign_in(browser)


def set_clock(settings: Settings, moment: datetime) -> None:
    """From now on it is `moment`."""
    settings.CLOCK = lambda: moment
