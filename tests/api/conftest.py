"""A client of the interface: a program with a token."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.walls_of import application_role_for
from tests.world import ID_NUMBER, PASSWORD, World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))


@dataclass(frozen=True)
class Answer:
    """A JSON answer."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """The stable code of a refusal."""
        return str(self.body["code"])


@dataclass(frozen=True)
class Program:
    """Sends JSON with a token."""

    token: str = ""

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request; a `bytes` body travels as it is."""
        given = {"authorization": f"Bearer {self.token}"} if self.token else {}
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        found = Client().generic(
            method, f"/api/v1/{path}", content, content_type="application/json",
            headers={**given, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )  # fmt: skip
        return Answer(found.status_code, json.loads(found.content), found.headers)


@pytest.fixture(autouse=True)
def settled(settings: Settings, tmp_path: Path) -> None:
    """Papers of one test only, and the clock on a Monday morning."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CLOCK = lambda: MONDAY


@pytest.fixture
def signed_in() -> Callable[[], Program]:
    """A program that signed in as the citizen of the world, through the interface."""

    def sign_in() -> Program:
        answer = Program().send("POST", "tokens", {"login": ID_NUMBER, "password": PASSWORD})
        assert answer.status == 201, answer.body
        return Program(answer.body["token"])

    return sign_in


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.fixture
def program(world: World, signed_in: Callable[[], Program]) -> Program:
    """A signed-in program."""
    return signed_in()


@pytest.fixture(autouse=True)
def application(request: pytest.FixtureRequest) -> Iterator[None]:
    """The interface is tested as the role it has in earnest."""
    yield from application_role_for(request)
