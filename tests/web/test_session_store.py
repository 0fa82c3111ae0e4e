"""A browser's session is found while it lasts; a key that names none is forgotten, as Django does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.contrib.sessions.models import Session

from ansinh.web.session_store import SessionStore

pytestmark = pytest.mark.django_db


def a_session() -> str:
    kept = SessionStore()
    kept["draft"] = "Hồ sơ"
    kept.save()
    assert kept.session_key is not None
    return kept.session_key


def test_a_session_is_found_by_its_key_and_reads_as_djangos_own() -> None:
    key = a_session()
    assert SessionStore(key)["draft"] == DjangosOwn(key)["draft"] == "Hồ sơ"


def test_a_session_that_is_over_and_one_that_never_was_are_forgotten() -> None:
    key = a_session()
    Session.objects.update(expire_date=datetime(2026, 1, 1, tzinfo=UTC))
    for gone in (key, "0" * 32):
        found = SessionStore(gone)
        assert dict(found.items()) == {}
        assert found.session_key is None
