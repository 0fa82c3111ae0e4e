"""A guard that is changed past the migrations is named, within a minute, and so is its return."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.walls.drift import differences, keep_blueprint, look
from ansinh.walls.models import Blueprint, Drift
from tests.walls_of import application_role
from tests.world import a_moment

NOW = a_moment(date(2026, 11, 9))
pytestmark = pytest.mark.django_db

DRIFTS = {
    "ALTER TABLE dossiers_dossier DISABLE ROW LEVEL SECURITY": "table dossiers_dossier",
    "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY": "table people_person",
    "DROP POLICY wall ON files_paper": "policy files_paper.wall",
    "ALTER POLICY wall ON files_paper USING (true)": "policy files_paper.wall",
    "CREATE POLICY second ON files_paper USING (true)": "policy files_paper.second",
    "GRANT UPDATE ON platform_auditevent TO ansinh_application": "table platform_auditevent",
    "ALTER TABLE people_account DISABLE TRIGGER people_account_audit_update": (
        "trigger people_account.people_account_audit_update"
    ),
    "DROP TRIGGER platform_auditevent_append_only ON platform_auditevent": (
        "trigger platform_auditevent.platform_auditevent_append_only"
    ),
    "CREATE OR REPLACE FUNCTION people_account_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'": (
        "trigger people_account.people_account_audit_insert"
    ),
    "CREATE TABLE beside (id int)": "table beside",
    # An owner who is no superuser gives a table only to who may make one.
    "GRANT CREATE ON SCHEMA public TO ansinh_application; ALTER TABLE dossiers_dossier OWNER TO ansinh_application": (
        "table dossiers_dossier"
    ),
}


@pytest.mark.parametrize(("statement", "named"), DRIFTS.items(), ids=DRIFTS)
def test_a_changed_guard_is_named(statement: str, named: str) -> None:
    keep_blueprint(at=NOW)
    assert differences() == []
    _run(statement)
    assert named in look(at=NOW)
    assert named in Drift.objects.latest("id").parts


def test_the_same_drift_is_told_once_and_its_end_too(caplog: pytest.LogCaptureFixture) -> None:
    keep_blueprint(at=NOW)
    assert look(at=NOW) == []
    _run("ALTER TABLE dossiers_dossier DISABLE ROW LEVEL SECURITY")
    look(at=NOW)
    look(at=NOW + timedelta(minutes=1))
    _run("ALTER TABLE dossiers_dossier ENABLE ROW LEVEL SECURITY")
    look(at=NOW + timedelta(minutes=2))
    assert [record.levelname for record in caplog.records] == ["CRITICAL", "CRITICAL"]
    assert list(Drift.objects.order_by("id").values_list("parts", flat=True)) == [["table dossiers_dossier"], []]


def test_a_migration_gives_the_next_blueprint_and_nothing_else_does() -> None:
    keep_blueprint(at=NOW)
    keep_blueprint(at=NOW)
    assert Blueprint.objects.count() == 1
    _run("CREATE TABLE by_a_migration (id int)")
    keep_blueprint(at=NOW)
    assert differences() == []
    with application_role(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Blueprint.objects.create(at=NOW, parts={})


def test_the_program_itself_can_look() -> None:
    keep_blueprint(at=NOW)
    with application_role():
        assert look(at=NOW) == []


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
