"""Files between two requests: there for an hour, then gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.platform import passing
from ansinh.platform.errors import NotFound

AT = datetime(2026, 11, 26, 7, 3, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    """Files of one test only."""
    settings.FILES_DIR = tmp_path


def test_a_file_is_there_for_an_hour() -> None:
    name = passing.keep(b"prepared", at=AT)
    assert passing.kept(name) == b"prepared"
    assert passing.forget_old(at=AT + timedelta(minutes=59)) == 0
    assert passing.forget_old(at=AT + timedelta(minutes=61)) == 1
    with pytest.raises(NotFound, match="Tệp tạm đã hết hạn"):
        passing.kept(name)


def test_kept_again_the_hour_begins_anew() -> None:
    passing.keep(b"prepared", at=AT)
    name = passing.keep(b"prepared", at=AT + timedelta(minutes=50))
    assert passing.forget_old(at=AT + timedelta(minutes=61)) == 0
    assert passing.kept(name) == b"prepared"


def test_a_name_is_no_path() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        passing.kept("../" + "a" * 61)


def test_nothing_is_forgotten_where_nothing_was_kept() -> None:
    assert passing.forget_old(at=AT) == 0
