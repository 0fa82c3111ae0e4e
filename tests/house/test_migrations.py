"""Migrations can be undone, or say why not; and they tell the whole truth about the models."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation


def _operations() -> list[tuple[str, Operation]]:
    loader = MigrationLoader(None)
    return [
        (f"{app}.{name}", operation)
        for (app, name), migration in loader.disk_migrations.items()
        if migration.__module__.startswith("ansinh.") and not getattr(migration, "cannot_be_undone_because", "")
        for operation in migration.operations
    ]


def test_every_migration_can_be_undone_or_says_why_not() -> None:
    operations = _operations()
    assert operations
    assert [f"{where}: {operation}" for where, operation in operations if not operation.reversible] == []


def test_migrations_are_linear() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
