"""What changed past the triggers, who was not who, and guards that are gone: all of it is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from ansinh.people.models import Account
from ansinh.platform.actor_context import acting_as, signed
from ansinh.platform.models import AuditEvent
from ansinh.proof.reconcile import actor_gaps, gaps, guard_gaps, transition_gaps
from tests.world import an_account

pytestmark = pytest.mark.django_db
AGAIN = "CREATE OR REPLACE FUNCTION"
NOTHING = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def account() -> Account:
    """An account made by a named actor."""
    with acting_as("officer:lan"):
        return an_account("lan", "Lê Thị Lan")


def test_a_database_nobody_meddled_with_has_no_gap(account: Account) -> None:
    with acting_as("officer:huy"):
        Account.objects.update(state="closed")
    assert list(gaps()) == []


@pytest.mark.tampers
def test_a_change_past_the_triggers_is_told(account: Account) -> None:
    _run("SET LOCAL session_replication_role = replica", "UPDATE people_account SET state = 'closed'")
    assert ("guards-switched-off", "this session") in [(gap.code, gap.where) for gap in guard_gaps()]
    _run("SET LOCAL session_replication_role = origin")
    assert [(gap.code, gap.where) for gap in transition_gaps()] == [
        ("change-without-event", f"people_account {account.pk}")
    ]
    with acting_as("officer:huy"):
        _run("UPDATE people_account SET state = 'active'")
    assert [gap.code for gap in transition_gaps()] == ["broken-chain"]


@pytest.mark.tampers
def test_a_row_that_is_gone_and_an_event_too_many_are_told(account: Account) -> None:
    _run("DELETE FROM people_account")
    assert [gap.code for gap in transition_gaps()] == ["change-without-event"]


def test_forged_unsigned_unnamed_and_replayed_actors_are_told(account: Account) -> None:
    told = signed("officer:lan")
    proof, label = told.split(" ")
    made = AuditEvent.objects.get()
    rows = [
        (label, "", 1), ("officer:huy", proof, 2), ("", "", 3), (label, proof, 4), (label, proof, 4), (label, proof, 5),
    ]  # fmt: skip
    AuditEvent.objects.bulk_create(
        AuditEvent(table="letters", row_id=made.row_id, to_state="x", actor=actor, proof=given, transaction=number)
        for actor, given, number in rows
    )
    AuditEvent.objects.create(
        table="letters", row_id=made.row_id, to_state="x", actor="job:a", proof=signed("job:a").split(" ")[0],
        transaction=9, at=made.at + timedelta(hours=3),
    )  # fmt: skip
    assert [gap.code for gap in actor_gaps()] == [
        "actor-unsigned", "actor-forged", "actor-unnamed", "actor-replayed", "actor-stale",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ("ALTER TABLE people_account DISABLE TRIGGER people_account_audit_update", "guard-switched-off",
         "people_account_audit_update"),
        ("ALTER TABLE casework_decision ENABLE REPLICA TRIGGER casework_decision_audit_insert", "guard-switched-off",
         "casework_decision_audit_insert"),
        ("DROP TRIGGER platform_auditevent_append_only ON platform_auditevent", "guard-missing",
         "platform_auditevent_append_only"),
        ("ALTER TABLE proof_leaf DISABLE TRIGGER ALL", "guard-switched-off", "proof_leaf_append_only"),
        (f"{AGAIN} dossiers_dossier_audit() {NOTHING}", "guard-changed", "dossiers_dossier_audit_insert"),
        (f"{AGAIN} ansinh_append_only() {NOTHING}", "guard-changed", "proof_checkpoint_append_only"),
    ],
)  # fmt: skip
def test_a_guard_that_is_gone_off_or_changed_is_told(change: str, code: str, where: str) -> None:
    assert list(guard_gaps()) == []
    with transaction.atomic():
        _run("SET CONSTRAINTS ALL IMMEDIATE", change)
        assert (code, where) in [(gap.code, gap.where) for gap in guard_gaps()]
        transaction.set_rollback(True)
