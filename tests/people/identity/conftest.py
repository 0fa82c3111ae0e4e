"""A provider under the test's hand, and the invented world."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.people.identity.issuer import Issuer, issuer
from tests.web.citizen.conftest import settled, stranger, world
from tests.world import a_moment

__all__ = ["settled", "stranger", "world"]
AT = a_moment(date(2026, 11, 9))


@pytest.fixture
def fake(settings: Settings, tmp_path: Path) -> Iterator[Issuer]:
    """An issuer that answers as the test says."""
    settings.SECRETS_DIR = tmp_path / "secrets"
    with issuer(AT) as made:
        yield made
