"""The database itself records who changed a state, and guards what only grows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.platform.actor_context import Standing, acting_as, standing
from ansinh.platform.audit import append_only, watch
from ansinh.platform.errors import DomainError
from ansinh.platform.identifiers import uuid7
from ansinh.platform.models import AuditEvent


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def watched(db: None) -> Iterator[str]:
    """A table whose column `state` is watched."""
    operation = watch("letters", "state")
    _run("CREATE TABLE letters (id uuid PRIMARY KEY, state text NOT NULL, note text)", str(operation.sql))
    yield "letters"
    _run("SET CONSTRAINTS ALL IMMEDIATE", str(operation.reverse_sql), "DROP TABLE letters")


def test_each_new_state_is_recorded_with_actor_and_both_values(watched: str) -> None:
    row = uuid7()
    with acting_as("officer:lan"):
        _run(f"INSERT INTO letters VALUES ('{row}', 'draft')")
        _run(f"UPDATE letters SET state = 'sent' WHERE id = '{row}'")
    events = AuditEvent.objects.order_by("id")
    assert [(e.table, e.row_id, e.from_state, e.to_state, e.actor) for e in events] == [
        ("letters", row, None, "draft", "officer:lan"),
        ("letters", row, "draft", "sent", "officer:lan"),
    ]


def test_a_change_of_something_else_is_not_recorded(watched: str) -> None:
    _run(f"INSERT INTO letters VALUES ('{uuid7()}', 'draft')")
    _run("UPDATE letters SET note = 'x'", "UPDATE letters SET state = 'draft'")
    assert AuditEvent.objects.count() == 1


def test_an_unnamed_actor_is_recorded_as_empty_after_a_named_one(watched: str) -> None:
    with acting_as("job:a"), acting_as("job:b"):
        _run(f"INSERT INTO letters VALUES ('{uuid7()}', 'draft')")
    _run("UPDATE letters SET state = 'sent'")
    assert list(AuditEvent.objects.order_by("id").values_list("actor", flat=True)) == ["job:b", ""]


@pytest.mark.django_db(transaction=True)
def test_an_actor_needs_a_transaction() -> None:
    with pytest.raises(DomainError), acting_as("anybody"):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET n = 2", "DELETE FROM {}", "TRUNCATE {}"])
def test_an_append_only_table_refuses_every_change(change: str) -> None:
    _run("CREATE TABLE ledger (n int)", str(append_only("ledger").sql), "INSERT INTO ledger VALUES (1)")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        _run(change.format("ledger"))
    _run(str(append_only("ledger").reverse_sql), change.format("ledger"), "DROP TABLE ledger")


def test_the_audit_trail_is_append_only(watched: str) -> None:
    _run(f"INSERT INTO letters VALUES ('{uuid7()}', 'draft')")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(actor="somebody else")


def test_what_the_program_named_is_signed_and_nothing_else_passes_for_it(watched: str) -> None:
    row = uuid7()
    with acting_as("officer:lan"):
        _run(f"INSERT INTO letters VALUES ('{row}', 'draft')")
    _run("UPDATE letters SET state = 'sent'")
    _run("SET LOCAL ansinh.actor = 'officer:lan'", "UPDATE letters SET state = 'lost'")
    first, unnamed, unsigned = AuditEvent.objects.order_by("id")
    assert standing(first.actor, first.proof, at=first.at) is Standing.SIGNED
    assert standing("officer:huy", first.proof, at=first.at) is Standing.FORGED
    assert standing(first.actor, first.proof[:-1] + "!", at=first.at) is Standing.FORGED
    assert standing(first.actor, first.proof, at=first.at + timedelta(hours=2)) is Standing.STALE
    assert standing(unnamed.actor, unnamed.proof, at=unnamed.at) is Standing.UNNAMED
    assert standing(unsigned.actor, unsigned.proof, at=unsigned.at) is Standing.UNSIGNED


def test_each_block_has_a_proof_of_its_own(watched: str) -> None:
    for name in ("draft", "other"):
        with acting_as("officer:lan"):
            _run(f"INSERT INTO letters VALUES ('{uuid7()}', '{name}')")
    first, second = AuditEvent.objects.order_by("id").values_list("proof", flat=True)
    assert first != second
