"""Migrations that render only what changes write the same statements as Django's own way, there and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext

import pytest
from django.db import connection, migrations, models, transaction
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.test.utils import CaptureQueriesContext

from ansinh.platform.migrating import rendering_what_changes, touches_only_its_models

pytestmark = pytest.mark.django_db
CASCADE = models.CASCADE


def refers_to(model: str, **more: str) -> models.ForeignKey[models.Model, models.Model]:
    """A foreign key that may be empty."""
    return models.ForeignKey(f"trial.{model}", CASCADE, related_name="+", null=True, **more)  # type: ignore[arg-type]


STEPS: tuple[tuple[str, list[Operation]], ...] = (
    ("tables", [
        migrations.CreateModel("Person", [
            ("id", models.BigAutoField(primary_key=True)), ("number", models.CharField(max_length=12, unique=True)),
        ], options={"indexes": [], "constraints": []}),
        migrations.CreateModel("Account", [
            ("id", models.BigAutoField(primary_key=True)), ("login", models.CharField(max_length=12)),
            ("person", refers_to("Person")), ("known_as", refers_to("Person", to_field="number")),
            ("helpers", models.ManyToManyField("trial.Person", related_name="+")),
        ], options={"indexes": [], "constraints": []}),
    ]),
    ("more", [
        migrations.AddField("Person", "main", refers_to("Account")),
        migrations.AddField("Account", "state", models.CharField(max_length=8, default="new")),
        migrations.AddIndex("Account", models.Index(fields=["state", "person"], name="trial_accounts_by_state")),
        migrations.AddConstraint("Account", models.UniqueConstraint(fields=["known_as", "person"], name="trial_one")),
        migrations.AlterField("Account", "login", models.CharField(max_length=40)),
        migrations.RenameField("Account", "login", "sign_in"),
        migrations.AlterField("Account", "sign_in", models.TextField()),
    ]),
    ("longer numbers", [migrations.AlterField("Person", "number", models.CharField(max_length=20, unique=True))]),
    ("other keys", [migrations.AlterField("Person", "id", models.CharField(max_length=20, primary_key=True))]),
    ("rows", [migrations.RunPython(lambda apps, _: _make_rows(apps), migrations.RunPython.noop)]),
    ("less", [
        migrations.RemoveConstraint("Account", "trial_one"),
        migrations.RemoveIndex("Account", "trial_accounts_by_state"),
        migrations.RemoveField("Account", "state"),
    ]),
    ("names", [migrations.RenameModel("Account", "Login"), migrations.RemoveField("Person", "main")]),
)  # fmt: skip


def _make_rows(apps: models.Model) -> None:
    person = apps.get_model("trial", "Person").objects.create(id="7", number="12")  # type: ignore[attr-defined]
    account = apps.get_model("trial", "Account").objects.create(person=person, known_as=person, sign_in="an")  # type: ignore[attr-defined]
    person.main = account
    person.save()
    assert type(account).objects.get(person__main=account, known_as__number="12").person == person


def steps() -> Iterator[Migration]:
    """The migrations."""
    for name, operations in STEPS:
        made = Migration(name, "trial")
        setattr(made, "operations", operations)  # noqa: B010  # for each instance its own
        yield made


def statements(way: Callable[[], AbstractContextManager[None]]) -> list[str]:
    """What all of it writes, forwards and then backwards; nothing of it stays."""
    state, before = ProjectState(), list[tuple[Migration, ProjectState]]()
    with way(), transaction.atomic(), CaptureQueriesContext(connection) as asked:
        _ = state.apps
        for step in steps():
            before.append((step, state.clone()))
            with connection.schema_editor(atomic=False) as editor:
                state = step.apply(state, editor)
            connection.check_constraints()
        for step, earlier in reversed(before):
            with connection.schema_editor(atomic=False) as editor:
                step.unapply(earlier, editor)
        transaction.set_rollback(True)
    return [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]


def test_both_ways_write_the_same() -> None:
    django, ours = statements(nullcontext), statements(rendering_what_changes)
    assert any('"known_as_id" TYPE varchar(20)' in one for one in django)
    assert any('"person_id" TYPE varchar(20)' in one for one in django)
    assert ours == django


def test_what_others_may_refer_to_is_left_to_django() -> None:
    state, near = ProjectState(), dict[str, bool]()
    for step in steps():
        near[step.name] = touches_only_its_models(step, state)
        state = step.mutate_state(state)
    assert near == {
        "tables": True, "more": True, "longer numbers": False, "other keys": False, "rows": True, "less": True,
        "names": False,
    }  # fmt: skip
