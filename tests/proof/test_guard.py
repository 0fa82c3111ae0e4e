"""Without a sealed log officers decide nothing; people still file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from ansinh.casework.ask_for_more import ask_for_more
from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, control, propose_grant, propose_refusal
from ansinh.casework.registration import approve
from ansinh.casework.sign import sign
from ansinh.people.models import Account
from ansinh.people.recovery.decide import approve as approve_recovery
from ansinh.people.recovery.open_at_counter import add_photo, open_at_counter
from ansinh.platform.errors import Conflict
from ansinh.proof.guard import waiting
from ansinh.proof.seal_log import seal_pending
from tests.casework.moves import (
    BLURRED,
    MONDAY,
    a_dossier_in_appraisal,
    a_dossier_to_control,
    a_dossier_to_sign,
)
from tests.proof.conftest import AT
from tests.world import LOCAL_OFFICE, World, a_paper, a_registration, a_submitted_dossier, a_world, delegate


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


def _something_waits(span: timedelta, *, number: int | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO platform_auditevent (id, "at", "table", row_id, to_state, actor, proof, transaction)
            VALUES (coalesce(%s, nextval(pg_get_serial_sequence('platform_auditevent', 'id'))),
            now() - %s::interval, 'letters', gen_random_uuid(), 'x', '', '', 1)""",
            [number, str(span)],
        )


def _a_recovery(world: World) -> UUID:
    """Opened by one officer at the counter; another one may approve it."""
    delegate(world["province_counter"], by=world["leader"], office="90000", procedures=["khoi-phuc-tai-khoan"])
    account = Account.objects.get(pk=world.citizen.account_id)
    made = open_at_counter(
        account.pk, actor=world["counter"], office_code=LOCAL_OFFICE, reason="lost_phone", compared=["id_card"],
        at=MONDAY,
    )  # fmt: skip
    paper = a_paper(world.citizen, kind="recovery_id_card")
    add_photo(made.pk, actor=world["counter"], kind="id_card", paper_id=paper.pk, at=MONDAY)
    return made.pk


DECISIONS: dict[str, Callable[[World], Callable[[], object]]] = {
    "ask": lambda w: _call(ask_for_more, a_dossier_in_appraisal(w).pk, actor=w["specialist"], asks=[BLURRED]),
    "grant": lambda w: _call(
        propose_grant, a_dossier_in_appraisal(w).pk, actor=w["specialist"], amount=None, override_reason="", note=""
    ),
    "refuse": lambda w: _call(
        propose_refusal, a_dossier_in_appraisal(w).pk, actor=w["specialist"],
        reasons=[RefusalReason("not-eligible", "x", Pin("field", "full_name"))], note="",
    ),
    "control": lambda w: _call(control, a_dossier_to_control(w).pk, actor=w["head"], note=""),
    "sign": lambda w: _call(sign, a_dossier_to_sign(w).pk, actor=w["leader"]),
    "approve": lambda w: _call(approve, a_registration(w).pk, actor=w["counter"]),
    "recover": lambda w: _call(approve_recovery, _a_recovery(w), actor=w["province_counter"]),
}  # fmt: skip


def _call(action: Callable[..., object], *values: object, **named: object) -> Callable[[], object]:
    return lambda: action(*values, **named, at=MONDAY)


@pytest.mark.parametrize("name", DECISIONS)
def test_no_decision_is_made_when_something_waited_longer_than_four_hours(name: str, world: World) -> None:
    decide = DECISIONS[name](world)
    _something_waits(timedelta(hours=4, minutes=1))
    with pytest.raises(Conflict) as refusal:
        decide()
    assert refusal.value.code == "log-not-sealed"
    a_submitted_dossier(world)  # people still file


def test_sealing_lets_decisions_go_on(world: World) -> None:
    dossier = a_dossier_to_control(world)
    _something_waits(timedelta(days=2))
    with pytest.raises(Conflict):
        control(dossier.pk, actor=world["head"], note="", at=MONDAY)
    seal_pending(at=AT)
    assert control(dossier.pk, actor=world["head"], note="", at=MONDAY).state == "controlled"


@pytest.mark.parametrize(("hours", "found"), [(0, False), (3, True)])
def test_what_was_committed_late_is_looked_for_once_the_last_checkpoint_is_old(
    hours: int, found: bool, db: None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('platform_auditevent', 'id'))")
        reserved = cursor.fetchone()[0]
    _something_waits(timedelta(0))
    assert seal_pending(at=datetime.now(UTC) - timedelta(hours=hours))
    _something_waits(timedelta(hours=5), number=reserved)
    assert waiting().too_long is found


@pytest.mark.parametrize(("minutes", "near", "too_long"), [(110, False, False), (130, True, False), (250, True, True)])
def test_the_desk_is_told_in_time(minutes: int, near: bool, too_long: bool, db: None) -> None:
    _something_waits(timedelta(minutes=minutes))
    found = waiting()
    assert (found.near, found.too_long) == (near, too_long)
