"""A log of the test's own: keys, two places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from ansinh.signing import seal

AT = datetime(2026, 11, 9, 9, 40, tzinfo=UTC)
EVENT = """
INSERT INTO platform_auditevent ("table", row_id, from_state, to_state, actor, proof, transaction)
SELECT 'letters', gen_random_uuid(), NULL, 'draft “' || number || '”', 'officer:lan', '', txid_current()
FROM generate_series(1, %s) number
"""
Happen = Callable[[int], None]


@pytest.fixture(autouse=True)
def own_log(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Keys and places of one test only."""
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.PROOF_PLACES = [tmp_path / "first", tmp_path / "second"]
    seal._key.cache_clear()
    yield tmp_path
    seal._key.cache_clear()


@pytest.fixture
def happen(db: None) -> Happen:
    """So many events happen."""

    def happen(count: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EVENT, [count])

    return happen
