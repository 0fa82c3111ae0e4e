"""Looking at the database as the program does: with the application's role, seeing what a viewer may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from ansinh.platform.row_security.roles import APPLICATION
from ansinh.platform.row_security.viewer import Viewer, viewing


@contextmanager
def application_role() -> Iterator[None]:
    """Statements of the block run as the role of the pages; tests themselves are the owner."""
    _run(f"SET ROLE {APPLICATION}")
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.connection is not None and not connection.connection.closed:
            _run("RESET ROLE")


@contextmanager
def owner_role() -> Iterator[None]:
    """Inside `application_role`: as the owner again, who may do what no page does."""
    _run("RESET ROLE")
    yield
    _run(f"SET ROLE {APPLICATION}")


@contextmanager
def seeing_all() -> Iterator[None]:
    """As the owner, in whichever role the test left: no wall hides a row, and none has to be planned."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        (is_owner,) = cursor.fetchone()
    if is_owner:
        yield
        return
    with owner_role():
        yield


@contextmanager
def seen_as(viewer: Viewer) -> Iterator[None]:
    """What the pages see for this viewer."""
    with application_role(), viewing(viewer):
        yield


def uses_database(request: pytest.FixtureRequest) -> bool:
    """Whether the test of this request has a database."""
    return bool({"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db"))


def application_role_for(request: pytest.FixtureRequest) -> Iterator[None]:
    """The body of a fixture: a test with a database runs as the application's role, one without runs as it is."""
    if not uses_database(request):
        yield
        return
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    with application_role():
        yield


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
