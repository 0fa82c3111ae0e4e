"""The register is the whole truth: every table is in it, and the database has exactly the walls that it declares."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, transaction

from ansinh.platform.row_security.roles import APPLICATION
from ansinh.walls.build import POLICY, conditions_of, table_of
from ansinh.walls.register import REGISTER, walls
from ansinh.walls.rules import HOUSE

pytestmark = pytest.mark.django_db


def test_every_table_is_declared_and_no_declaration_outlives_its_table() -> None:
    assert {model._meta.label for model in apps.get_models()} == set(REGISTER)


def test_every_wall_stands_and_nothing_else_is_walled() -> None:
    standing = _rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relrowsecurity AND relforcerowsecurity"
    )
    policies = _rows("SELECT tablename || ' ' || policyname FROM pg_policies WHERE schemaname = 'public'")
    declared = {table_of(label) for label in walls()}
    assert standing == declared
    assert policies == {f"{table} {POLICY}" for table in declared}


def test_each_wall_says_what_the_register_says() -> None:
    """PostgreSQL keeps a condition in words of its own: the declared one is built beside it and must read the same."""
    wrong = []
    for label in walls():
        table, (seen_by, written_by) = table_of(label), conditions_of(label)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE POLICY declared ON {table} USING ({seen_by}) WITH CHECK ({written_by})")
            cursor.execute(
                "SELECT count(DISTINCT (qual, with_check, cmd, roles)) FROM pg_policies WHERE tablename = %s", [table]
            )
            (different,) = cursor.fetchone()
            if different != 1:
                wrong.append(f"{label}: write a migration of ansinh.walls that builds it again")
            transaction.set_rollback(True)
    assert wrong == []


def test_the_house_sees_every_row() -> None:
    assert [
        label for label, wall in walls().items() if HOUSE not in wall.seen_by and "'door'" not in wall.seen_by
    ] == []


def test_the_role_of_the_program_can_do_nothing_by_itself() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
            " EXISTS (SELECT FROM pg_class WHERE relowner = role.oid),"
            " EXISTS (SELECT FROM pg_auth_members WHERE member = role.oid) FROM pg_roles role WHERE rolname = %s",
            [APPLICATION],
        )
        assert cursor.fetchone() == (False,) * 7


def test_the_program_adds_to_what_only_grows_and_changes_nothing_there() -> None:
    may = _rows(
        "SELECT DISTINCT tgrelid::regclass || ' ' || privilege FROM pg_trigger,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) privilege"
        " WHERE tgfoid = 'ansinh_append_only'::regproc AND has_table_privilege(%s, tgrelid, privilege)",
        APPLICATION,
    )
    tables = {one.split()[0] for one in may}
    assert {"platform_auditevent", "dossiers_dossierevent", "proof_leaf", "signing_evidencerecord"} <= tables
    adding = {f"{table} {privilege}" for table in tables for privilege in ("SELECT", "INSERT")}
    assert may == adding - {"walls_blueprint INSERT"}  # what must stand is said by migrations alone


def test_tables_of_later_migrations_are_granted_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE made_later (id int)")
        cursor.execute("SELECT has_table_privilege(%s, 'made_later', 'INSERT')", [APPLICATION])
        assert cursor.fetchone() == (True,)


def _rows(query: str, *values: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {one for (one,) in cursor.fetchall()}
