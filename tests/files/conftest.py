"""An account that hands in papers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.people.models import Account

AT = datetime(2026, 11, 9, 13, 14, 37, tzinfo=UTC)


def account(login: str) -> Account:
    """An invented account."""
    return Account.objects.create(login=login, display_name="Trần Thị Mai Lan", created_at=AT, password="!")


@pytest.fixture
def owner(db: None) -> Account:
    """The person whose papers they are."""
    return account("001194000001")


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """A storage of this test's own."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"
