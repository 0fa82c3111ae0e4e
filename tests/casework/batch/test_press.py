"""One press for many dossiers: each is done by itself, once, with one result."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from ansinh.casework.batch.press import begin, do_row, progress, the_press
from ansinh.casework.models import BatchPress, BatchRow, Outcome
from ansinh.dossiers.models import Dossier, State
from ansinh.people.models import Assignment
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.models import Job
from ansinh.platform.queue import drain, run_one
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_control, a_dossier_to_sign
from tests.world import World, a_submitted_dossier

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-111")]


def outcomes(press: BatchPress) -> list[tuple[str, str]]:
    return [(row.outcome, row.code) for row in press.rows.all()]


def worked(press: BatchPress) -> None:
    for row in press.rows.all():
        do_row(row.pk, at=MONDAY)


def test_each_dossier_is_accepted_by_a_job_of_its_own(world: World) -> None:
    dossiers = [a_submitted_dossier(world) for _ in range(3)]
    Job.objects.all().delete()
    press = begin([one.pk for one in dossiers], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    assert progress(press).waiting == 3
    assert Job.objects.filter(name="casework.batch_row").count() == 3
    drain(MONDAY, limit=3)
    assert outcomes(press) == [(Outcome.DONE, "")] * 3
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.IN_PROGRESS}


def test_one_that_cannot_be_done_says_why_and_holds_up_nobody(world: World) -> None:
    good, ready, not_ready = a_submitted_dossier(world), a_submitted_dossier(world), a_dossier_in_appraisal(world)
    press = begin([good.pk, not_ready.pk, ready.pk], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    worked(press)
    assert outcomes(press) == [(Outcome.DONE, ""), (Outcome.REFUSED, "not-your-stage"), (Outcome.DONE, "")]
    refused = press.rows.get(outcome=Outcome.REFUSED)
    assert refused.message.format(**refused.facts).startswith("Bước này thuộc")
    assert progress(press).refused == 1


def test_rows_share_a_job_and_when_one_breaks_it_each_is_done_by_itself(world: World) -> None:
    dossiers = [a_submitted_dossier(world) for _ in range(3)]
    broken = {"ground": "g", "days": "5", "number": "1", "document": "không phải ngày", "reason": "r"}
    Job.objects.all().delete()
    good = begin([one.pk for one in dossiers], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    bad = begin([dossiers[0].pk], actor=world["head"], act="extend", arguments=broken, at=MONDAY)
    assert run_one(MONDAY) == 4
    assert outcomes(good) == [(Outcome.WAITING, "")] * 3, "what they did together was undone together"
    drain(MONDAY)
    assert outcomes(good) == [(Outcome.DONE, "")] * 3
    assert outcomes(bad) == [(Outcome.WAITING, "")]
    assert [one.events.filter(kind="accepted").count() for one in dossiers] == [1, 1, 1]
    assert "không phải ngày" in Job.objects.get(name="casework.batch_row").last_error


def test_control_send_back_and_sign_are_the_single_acts(world: World) -> None:
    to_control, back, to_sign = a_dossier_to_control(world), a_dossier_to_control(world), a_dossier_to_sign(world)
    worked(begin([to_control.pk], actor=world["head"], act="control", arguments={"note": "Đúng"}, at=MONDAY))
    worked(begin([back.pk], actor=world["head"], act="send_back", arguments={"note": "Sửa ngày"}, at=MONDAY))
    press = begin([to_sign.pk, to_control.pk], actor=world["leader"], act="sign", arguments={}, at=MONDAY)
    worked(press)
    assert outcomes(press) == [(Outcome.DONE, ""), (Outcome.DONE, "")]
    stages = {one.pk: (one.stage, one.state) for one in Dossier.objects.all()}
    assert stages[back.pk][0] == "appraise"
    assert stages[to_sign.pk][1] == stages[to_control.pk][1] == State.GRANTED


def test_many_are_given_to_one_colleague(world: World) -> None:
    dossiers = [a_dossier_in_appraisal(world), a_dossier_to_control(world)]
    given = {"to": str(world["specialist"].officer_id), "reason": "Chia việc"}
    press = begin([one.pk for one in dossiers], actor=world["head"], act="assign", arguments=given, at=MONDAY)
    worked(press)
    assert outcomes(press) == [(Outcome.DONE, ""), (Outcome.REFUSED, "not-of-this-role")]


def test_a_row_is_done_once_whoever_comes_again(world: World) -> None:
    dossier = a_submitted_dossier(world)
    press = begin([dossier.pk], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    worked(press)
    do_row(press.rows.get().pk, at=MONDAY + timedelta(hours=1))
    assert press.rows.get().at == MONDAY
    assert dossier.events.filter(kind="accepted").count() == 1


def test_a_kill_before_the_commit_leaves_the_row_and_its_job(world: World) -> None:
    dossier = a_submitted_dossier(world)
    press = begin([dossier.pk], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    with transaction.atomic():
        do_row(press.rows.get().pk, at=MONDAY)
        transaction.set_rollback(True)
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED
    assert outcomes(press) == [(Outcome.WAITING, "")]
    drain(MONDAY)
    assert outcomes(press) == [(Outcome.DONE, "")]


def test_a_post_that_ended_since_the_press_is_ended_for_its_rows(world: World) -> None:
    dossier = a_submitted_dossier(world)
    press = begin([dossier.pk], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    Assignment.objects.filter(officer_id=world["counter"].officer_id).update(ended_at=MONDAY - timedelta(days=1))
    worked(press)
    assert outcomes(press) == [(Outcome.REFUSED, "no-post-now")]
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED


def test_too_many_none_and_what_is_missing_are_refused_before_anything_is_kept(world: World) -> None:
    with pytest.raises(Invalid, match="Chưa chọn hồ sơ"):
        begin([], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    with pytest.raises(Invalid) as many:
        begin([uuid4() for _ in range(501)], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    assert many.value.code == "too-many-chosen"
    for act, code in (("send_back", "batch-incomplete"), ("ask_for_more", "batch-act-unknown")):
        with pytest.raises(Invalid) as refused:
            begin([uuid4()], actor=world["head"], act=act, arguments={}, at=MONDAY)
        assert refused.value.code == code
    assert not BatchPress.objects.exists()


def test_dossiers_of_another_office_are_not_part_of_it(world: World) -> None:
    dossier = a_submitted_dossier(world)
    with pytest.raises(NotFound):
        begin([dossier.pk], actor=world["other_counter"], act="accept", arguments={}, at=MONDAY)


def test_a_press_is_its_officers_own(world: World) -> None:
    press = begin([a_submitted_dossier(world).pk], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    assert the_press(press.pk, actor=world["counter"]) == press
    with pytest.raises(NotFound):
        the_press(press.pk, actor=world["head"])


def test_sql_cannot_forget_what_was_pressed(world: World) -> None:
    begin([a_submitted_dossier(world).pk], actor=world["counter"], act="accept", arguments={}, at=MONDAY)
    for statement in (
        "DELETE FROM casework_batchrow",
        "UPDATE casework_batchrow SET position = 9",
        "UPDATE casework_batchpress SET act = 'sign'",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert BatchRow.objects.count() == 1
