"""Every minute of a dossier has one holder; the database writes the ledger itself and lets nobody mend it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.accept import accept, originals_received
from ansinh.casework.hand_over import hand_over
from ansinh.casework.ledger import intervals, office_days
from ansinh.casework.ledger_rows import assigned, given_back, lent
from ansinh.casework.models import Holding
from ansinh.casework.reopening.reopen import Order, reopen
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.withdraw import withdraw
from ansinh.offices.queries import work_calendar
from ansinh.platform.errors import Conflict
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_sign, an_accepted_dossier, answered, asked
from tests.walls_of import application_role
from tests.world import FILED_AT, OTHER_OFFICE, World, a_moment, a_submitted_dossier

MIGRATION = import_module("ansinh.casework.migrations.0040_holdings")
THURSDAY, FRIDAY = a_moment(date(2026, 11, 12), 15, 20), a_moment(date(2026, 11, 13), 9)
NEXT_WEEK = a_moment(date(2026, 11, 19), 10)


def rows(dossier: Dossier) -> list[tuple[Any, ...]]:
    """Holder, stage, from, to, in order."""
    return list(Holding.objects.filter(dossier=dossier).values_list("holder", "stage", "begun_at", "ended_at"))


def test_a_filed_dossier_is_held_by_the_office_that_checks_it(world: World) -> None:
    dossier = a_submitted_dossier(world)
    assert rows(dossier) == [("checking", "intake", FILED_AT, None)]


def test_each_change_of_hands_ends_one_row_and_begins_the_next(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=THURSDAY)
    answered(world, dossier, at=NEXT_WEEK)
    assert rows(dossier) == [
        ("checking", "intake", FILED_AT, MONDAY),
        ("office", "match", MONDAY, MONDAY),
        ("office", "appraise", MONDAY, THURSDAY),
        ("applicant", "appraise", THURSDAY, NEXT_WEEK),
        ("office", "appraise", NEXT_WEEK, None),
    ]


def test_a_closed_dossier_is_held_by_nobody(world: World) -> None:
    dossier = an_accepted_dossier(world)
    withdraw(dossier.pk, actor=world.citizen, reason="", at=FRIDAY)
    assert rows(dossier)[-1] == ("office", "match", MONDAY, FRIDAY)
    with pytest.raises(Conflict):
        assigned(dossier, world["specialist"].officer_id, FRIDAY)


def test_the_time_a_result_stood_is_nobody_s_when_the_dossier_is_opened_again(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=THURSDAY)
    order = Order("mistake", "Cơ quan tính thiếu một năm đóng của ông/bà.")
    reopen(dossier.pk, actor=world["leader"], order=order, at=NEXT_WEEK)
    assert rows(dossier)[-2:] == [("ended", "sign", THURSDAY, NEXT_WEEK), ("office", "appraise", NEXT_WEEK, None)]


def test_post_and_payment_hold_a_dossier_too(world: World) -> None:
    dossier = a_submitted_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(state="waiting_for_payment")  # in the moment of filing
    Dossier.objects.filter(pk=dossier.pk).update(state="waiting_for_originals", last_event_at=MONDAY)
    originals_received(dossier.pk, actor=world["counter"], note="", at=THURSDAY)
    assert [row[0] for row in rows(dossier)] == ["checking", "payment", "post", "checking"]
    assert [span.owner for span in intervals(dossier, now=FRIDAY, calendar=work_calendar())] == [
        "payment", "post", "checking"
    ]  # fmt: skip


def test_a_hand_over_names_the_new_office_and_a_return_names_the_one_in_charge(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assigned(dossier, world["specialist"].officer_id, THURSDAY)
    assigned(dossier, world["specialist"].officer_id, THURSDAY)  # again: nothing changes
    asked(world, dossier, at=FRIDAY)
    dossier = answered(world, dossier, at=NEXT_WEEK)
    in_charge = Holding.objects.filter(dossier=dossier).values_list("holder", "officer__full_name")
    assert list(in_charge)[-3:] == [(who, "Lê Quang Huy") for who in ("office", "applicant", "office")]
    hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason="Chuyển nơi ở.", at=NEXT_WEEK)
    held = Holding.objects.filter(dossier=dossier).latest("id")
    assert (held.office_code, held.officer_id) == (OTHER_OFFICE, None)


def test_another_agency_holds_it_while_the_clock_runs_on(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    lent(dossier, "Công an xã", THURSDAY)
    spans = intervals(dossier, now=NEXT_WEEK, calendar=work_calendar())
    assert (spans[-1].owner, spans[-1].agency, office_days(spans)) == ("agency", "Công an xã", 8)
    given_back(dossier, "Công an xã", NEXT_WEEK)
    assert [row[0] for row in rows(dossier)][-2:] == ["agency", "office"]


RAW = {
    "an end set twice": "UPDATE casework_holding SET ended_at = now() WHERE ended_at IS NOT NULL",
    "another holder": "UPDATE casework_holding SET holder = 'applicant'",
    "a row taken away": "DELETE FROM casework_holding",
    "nobody after the open row": "UPDATE casework_holding SET ended_at = %(later)s WHERE ended_at IS NULL",
    "a row over another": "INSERT INTO casework_holding"
    " (dossier_id, holder, office_code, stage, role, agency, begun_at)"
    " SELECT id, 'office', office_code, stage, stage_role, '', submitted_at FROM dossiers_dossier",
    "an old row added": "INSERT INTO casework_holding"
    " (dossier_id, holder, office_code, stage, role, agency, begun_at, ended_at)"
    " SELECT id, 'post', office_code, stage, stage_role, '', submitted_at - interval '2 days',"
    " submitted_at - interval '1 day' FROM dossiers_dossier",
    "a row after the end of time": "INSERT INTO casework_holding"
    " (dossier_id, holder, office_code, stage, role, agency, begun_at)"
    " SELECT id, 'office', office_code, stage, stage_role, '', %(later)s FROM dossiers_dossier",
    "a state changed at no moment": "UPDATE dossiers_dossier SET state = 'waiting_for_originals'",
}


@pytest.mark.parametrize("statement", RAW.values(), ids=RAW.keys())
def test_the_database_refuses_to_mend_the_ledger(world: World, statement: str) -> None:
    dossier = an_accepted_dossier(world)
    before = rows(dossier)
    Dossier.objects.filter(pk=dossier.pk).update(last_event_at=THURSDAY, due_on=None)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(statement, {"later": NEXT_WEEK})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert rows(dossier) == before


def test_the_working_days_of_rows_add_up_to_those_of_the_whole(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assigned(dossier, world["specialist"].officer_id, THURSDAY)
    assigned(dossier, None, FRIDAY)
    assert office_days(intervals(dossier, now=NEXT_WEEK, calendar=work_calendar())) == 8  # 10 to 13 and 16 to 19


def test_old_dossiers_are_filled_in_from_their_history(world: World) -> None:
    """The fill makes of the history what the database would have written, but for the stage of earlier times."""
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=THURSDAY)
    answered(world, dossier, at=NEXT_WEEK)
    hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason="Chuyển nơi ở.", at=NEXT_WEEK)
    closed = an_accepted_dossier(world)
    withdraw(closed.pk, actor=world.citizen, reason="", at=THURSDAY)
    kept = {one.pk: _whose(one) for one in (dossier, closed)}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM casework_holding")
        cursor.execute(MIGRATION.FILL)
        cursor.execute(MIGRATION.FILL_UNTOLD)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert {one.pk: _whose(one) for one in (dossier, closed)} == kept
    dossier.refresh_from_db()
    newest = Holding.objects.filter(dossier=dossier).latest("id")
    assert (newest.stage, newest.role, newest.ended_at) == (dossier.stage, dossier.stage_role, None)


def test_a_dossier_without_a_history_is_filled_in_from_itself(world: World) -> None:
    dossier = a_submitted_dossier(world)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM casework_holding")
        cursor.execute("DELETE FROM dossiers_dossierevent")
        cursor.execute(MIGRATION.FILL)
        cursor.execute(MIGRATION.FILL_UNTOLD)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert rows(dossier) == [("checking", "intake", FILED_AT, None)]


def _whose(dossier: Dossier) -> list[tuple[Any, ...]]:
    """Holder and office with from and to, neighbours of one holder joined, rows of no time left out."""
    joined: list[tuple[str, str, datetime, datetime | None]] = []
    for row in Holding.objects.filter(dossier=dossier).order_by("id"):
        if row.begun_at == row.ended_at:
            continue
        if joined and joined[-1][:2] == (row.holder, row.office_code):
            joined[-1] = (*joined[-1][:3], row.ended_at)
        else:
            joined.append((row.holder, row.office_code, row.begun_at, row.ended_at))
    return joined


def test_a_supplement_asked_before_acceptance_stops_no_clock(world: World) -> None:
    dossier = a_submitted_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.WAITING_FOR_ORIGINALS, last_event_at=FILED_AT)
    originals_received(dossier.pk, actor=world["counter"], note="", at=MONDAY)
    dossier = accept(dossier.pk, actor=world["counter"], at=MONDAY + timedelta(minutes=5))
    assert dossier.due_on == date(2026, 11, 18)
