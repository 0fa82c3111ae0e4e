"""The gallery of components, served once for each module that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from playwright.sync_api import Browser

from ansinh.web.environment import environment
from tests.chromium import open_browser
from tests.walls_of import application_role_for
from tests.web import site


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the served gallery."""
    with site.served(tmp_path_factory.mktemp("static") / "files") as address:
        yield address


@pytest.fixture
def hashed(tmp_path: Path) -> Iterator[Path]:
    """A folder of collected static files with hashed names."""
    with site.collected(tmp_path / "static") as folder:
        yield folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def jinja() -> Environment:
    """The environment of all pages."""
    return environment()


@pytest.fixture(autouse=True)
def application(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages are tested as the role they have in earnest."""
    yield from application_role_for(request)
