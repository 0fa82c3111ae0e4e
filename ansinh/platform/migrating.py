"""Migrations that render only the model they change.

After every operation Django renders anew all models that are related to the changed one, however far: here nearly all
of them, 20,000 renderings for an empty database, thirty times the work of the database itself. What these operations
write comes from their own model alone. So only that one is rendered, and the state is marked as `is_delayed`, which
Django does where it leaves relations out itself: before Python of a migration runs, everything is rendered whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.contrib.postgres.operations import AddIndexConcurrently, CreateExtension
from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveField,
    RemoveIndex,
    RenameField,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field

_FOR_THEMSELVES: Final = (
    CreateModel, AddIndex, AddIndexConcurrently, RemoveIndex, AddConstraint, RemoveConstraint, RunSQL, RunPython,
    CreateExtension,
)  # fmt: skip
_OF_ONE_FIELD: Final = (AddField, AlterField, RenameField, RemoveField)


@contextmanager
def rendering_what_changes() -> Iterator[None]:
    """Let migrations be applied and undone this way in the block, for the whole process."""
    with (
        _replaced(Migration, "apply", _near(Migration.apply)),
        _replaced(Migration, "unapply", _near(Migration.unapply)),
        _replaced(Migration, "mutate_state", _near(Migration.mutate_state)),
    ):
        yield


@contextmanager
def _replaced(owner: type, name: str, by: Callable[..., Any]) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        setattr(owner, name, before)


def touches_only_its_models(migration: Migration, state: ProjectState) -> bool:
    """Whether no operation needs to know who refers to a model; `state` is that before the migration."""
    return all(_is_near(operation, migration.app_label, state) for operation in migration.operations)


def _is_near(operation: Operation, app: str, state: ProjectState) -> bool:
    if not isinstance(operation, _OF_ONE_FIELD):
        return isinstance(operation, _FOR_THEMSELVES)
    model = state.models.get((app, operation.model_name.lower()))
    names = (getattr(operation, "name", None), getattr(operation, "old_name", None))
    before = [model.fields[name] for name in names if model is not None and name in model.fields]
    fields = [*before, *([operation.field] if isinstance(operation, AddField | AlterField) else [])]
    if isinstance(operation, AddField):
        return not any(field.many_to_many for field in fields)
    return not any(_others_may_refer_to(field) or field.is_relation for field in fields)


def _others_may_refer_to(field: Field[Any, Any]) -> bool:
    return bool(field.primary_key or field.unique)


def _near(original: Callable[..., Any]) -> Callable[..., Any]:
    """The method of a migration, with related models left alone where they do not matter."""

    def method(self: Migration, state: ProjectState, *arguments: Any, **options: Any) -> Any:
        if touches_only_its_models(self, state):
            with _replaced(ProjectState, "_find_reload_model", _only_the_changed):
                return original(self, state, *arguments, **options)
        if state.is_delayed and "apps" in state.__dict__:
            state.clear_delayed_apps_cache()
            state.apps  # noqa: B018  # rendered whole: later it would be asked too late
            state.is_delayed = False
        return original(self, state, *arguments, **options)

    return method


def _only_the_changed(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> set[tuple[str, str]]:
    state.is_delayed = True
    return {(app_label, model_name)}
