"""Fixtures of every test. The database and the rules of the run are set up in `tests/environment.py`."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as present
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker, Settings

from ansinh.counterparty.timestamps import Temper, TimestampAuthority, serve_timestamps
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.web.clock import now
from tests import authority_keys, emptying, kept_plans
from tests.prepared_database import PreparedDatabase, prepared_database
from tests.walls_of import seeing_all

emptying.quickly()
kept_plans.keep()
setattr(os, "fsync", lambda descriptor: None)  # noqa: B010  # nothing here outlives the machine; `tests/kills` waits

PURE = tuple(Path(__file__).parent / name for name in ("law", "eforms"))
"""Ten thousand tests of code that knows neither settings, database nor keys: nothing is prepared for them."""


def pytest_collection_finish() -> None:
    """Everything imported and collected stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_pure(request: pytest.FixtureRequest) -> bool:
    return any(request.path.is_relative_to(folder) for folder in PURE)


@pytest.fixture(autouse=True)
def looking_as_the_house() -> Iterator[None]:
    """A test makes and looks at what it needs; mouths say themselves who looks."""
    with as_the_house():
        yield


@pytest.fixture(scope="session")
def timestamp_authority() -> Iterator[tuple[str, Temper]]:
    """The demonstration's time-stamp authority, with the keys and the clock of whichever test runs."""
    temper = Temper()
    server = serve_timestamps(TimestampAuthority(lambda: Path(present.SIGNING_DIR), temper, now), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.server_port}", temper
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def timestamps(request: pytest.FixtureRequest) -> Temper | None:
    """Time-stamps can be had; a test changes the authority's temper."""
    if _is_pure(request):
        return None
    settings: Settings = request.getfixturevalue("settings")
    authority: tuple[str, Temper] = request.getfixturevalue("timestamp_authority")
    url, temper = authority
    settings.TIMESTAMP_URL, settings.TIMESTAMP_REST_SECONDS = f"{url}/{uuid4().hex}", 0.0
    settings.AUTHORITY_URL = f"{url}/"
    temper.now = "well"
    return temper


@pytest.fixture(autouse=True)
def keys_of_authorities(request: pytest.FixtureRequest) -> None:
    """An authority made by a test has the keys of the run."""
    if not _is_pure(request):
        authority_keys.lend(request.path, request.getfixturevalue("monkeypatch"))


@pytest.fixture(autouse=True)
def places_of_the_log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Copies of the log are one test's own: another one's would say that an older database came back."""
    if _is_pure(request):
        return
    settings: Settings = request.getfixturevalue("settings")
    own = tmp_path_factory.getbasetemp() / f"logs-{uuid4().hex}"  # made by the few that write there
    settings.PROOF_PLACES = [own / "log-first", own / "log-second"]


@pytest.fixture(scope="session")
def prepared() -> PreparedDatabase | None:
    """The migrated database an earlier run left."""
    return prepared_database()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(prepared: PreparedDatabase | None) -> None:
    """The test database is a copy of it, if there is one."""
    if prepared is not None:
        prepared.choose()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, prepared: PreparedDatabase | None, django_db_blocker: DjangoDbBlocker
) -> Generator[None]:
    """At the end nobody else holds the database: a browser's last connection may outlive the server it talked to."""
    if prepared is not None:
        with django_db_blocker.unblock():
            prepared.keep()
    yield
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """After every test of the database: each state of a watched table was reached by exactly one audit event."""
    wrong = _transitions_without_event() if _has_database(item) else []
    yield
    assert not wrong, f"transitions and audit events differ: {wrong[:5]}"


def _has_database(item: pytest.Item) -> bool:
    used = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(used or item.get_closest_marker("django_db")) and not item.get_closest_marker("tampers")


def _transitions_without_event() -> list[str]:
    from ansinh.proof.reconcile import transition_gaps

    if connection.needs_rollback or (connection.connection is not None and connection.connection.closed):
        return []  # the test broke its transaction on purpose: nothing of it stays
    with seeing_all():
        return [str(gap) for gap in transition_gaps()]
