"""Where a case plays: the small invented world, a clock it sets, and browsers signed in through the form."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from django.test import override_settings

from ansinh.people.models import Account
from tests.browsers import Client
from tests.world import PASSWORD, World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class Scene:
    """A world of its own at a moment. `now` is the clock of pages and actions alike."""

    def __init__(self) -> None:
        self.now = MONDAY
        self.world: World = a_world()

    def set(self, moment: datetime) -> None:
        """From now on it is `moment`."""
        self.now = moment

    def pass_time(self, **span: float) -> None:
        """So much later (keywords of timedelta)."""
        self.now += timedelta(**span)

    def browser(self, login: str) -> Client:
        """A browser of the holder of this login: a citizen through the form, an officer by two factors."""
        client = Client()
        account = Account.objects.get(login=login)
        if account.person_id is None:
            client.enter(account, factor="totp")
            return client
        answer = client.post("/dang-nhap", {"login": login, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client


@contextmanager
def a_scene() -> Iterator[Scene]:
    """A scene with files, keys and a clock of its own, in the caller's database transaction."""
    with tempfile.TemporaryDirectory(prefix="ansinh-scene-") as folder:
        scene: list[Scene] = []
        with override_settings(
            FILES_DIR=Path(folder) / "files",
            SIGNING_DIR=Path(folder) / "signing",
            STORAGES=STORAGES,
            CLOCK=lambda: scene[0].now if scene else MONDAY,
        ):
            scene.append(Scene())
            yield scene[0]
