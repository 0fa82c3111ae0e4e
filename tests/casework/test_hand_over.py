"""A dossier changes hands; its number and its clock stay."""

from datetime import date
from itertools import pairwise

import pytest

from ansinh.casework.accept import accept
from ansinh.casework.access import the_dossier
from ansinh.casework.ask_for_more import ask_for_more
from ansinh.casework.hand_over import hand_over
from ansinh.casework.ledger import intervals
from ansinh.dossiers.models import State
from ansinh.offices.models import Office
from ansinh.offices.queries import work_calendar
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.casework.moves import BLURRED, MONDAY, a_dossier_in_appraisal, an_accepted_dossier, answered, asked
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_submitted_dossier
from tests.world_procedures import BY_POST

WHY = "Người nộp chuyển nơi ở về phường Cửa Lò."


def test_number_and_clock_stay(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    number, due = dossier.number, dossier.due_on
    dossier = hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)
    assert (dossier.number, dossier.due_on, dossier.state) == (number, due, State.IN_PROGRESS)
    assert (dossier.home_office, dossier.office_code) == (LOCAL_OFFICE, OTHER_OFFICE)


def test_the_old_office_no_longer_sees_it_the_new_one_works_on(world: World) -> None:
    dossier = a_submitted_dossier(world)
    hand_over(dossier.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)
    with pytest.raises(NotFound):
        the_dossier(dossier.pk, viewer=world["counter"])
    assert accept(dossier.pk, actor=world["other_counter"], at=MONDAY).due_on == date(2026, 11, 18)


def test_originals_are_still_awaited_after_the_hand_over(world: World) -> None:
    dossier = a_submitted_dossier(world, BY_POST)
    dossier = hand_over(dossier.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)
    assert dossier.state == State.WAITING_FOR_ORIGINALS


def test_a_pause_before_the_hand_over_still_counts_after_it(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=a_moment(date(2026, 11, 12)))
    dossier = answered(world, dossier, at=a_moment(date(2026, 11, 19)))
    dossier = hand_over(
        dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason=WHY, at=a_moment(date(2026, 11, 20))
    )
    assert dossier.due_on == date(2026, 11, 26)


@pytest.mark.requirement("R-120")
def test_the_ledger_goes_on_without_a_gap_and_later_pauses_count_at_the_new_office(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    moment = a_moment(date(2026, 11, 11))
    hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason=WHY, at=moment)
    ask_for_more(dossier.pk, actor=world["other_specialist"], asks=[BLURRED], at=a_moment(date(2026, 11, 12)))
    dossier = answered(world, dossier, at=a_moment(date(2026, 11, 19)))
    spans = intervals(dossier, now=a_moment(date(2026, 11, 20)), calendar=work_calendar())
    assert all(one.end == two.begin for one, two in pairwise(spans))
    assert (spans[0].office_code, spans[-1].office_code) == (LOCAL_OFFICE, OTHER_OFFICE)
    assert next(span.begin for span in spans if span.office_code == OTHER_OFFICE) == moment
    assert dossier.due_on == date(2026, 11, 26)  # as in the office it came from: 7 working days and the pause
    assert dossier.accepted_at == MONDAY


def test_the_applicant_reads_where_and_why(world: World) -> None:
    dossier = a_submitted_dossier(world)
    hand_over(dossier.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)
    event = dossier.events.get(kind="handed_over")
    assert event.public
    assert event.facts == {"from_office": "BHXH cơ sở Hàm Rồng", "to_office": "BHXH cơ sở Cửa Lò", "reason": WHY}


def test_a_hand_over_needs_a_reason_and_another_open_office(world: World) -> None:
    dossier = a_submitted_dossier(world)
    closed = Office.objects.get(pk=OTHER_OFFICE)
    closed.valid_to = date(2026, 10, 31)
    closed.save()
    for office, reason, sentence in (
        (OTHER_OFFICE, " ", "Chưa ghi vì sao"),
        (LOCAL_OFFICE, WHY, "chính cơ quan này"),
        (OTHER_OFFICE, WHY, "không còn hoạt động"),
    ):
        with pytest.raises(Invalid, match=sentence):
            hand_over(dossier.pk, actor=world["counter"], to_office=office, reason=reason, at=MONDAY)
    with pytest.raises(NotFound, match="00000"):
        hand_over(dossier.pk, actor=world["counter"], to_office="00000", reason=WHY, at=MONDAY)


def test_an_office_that_will_close_later_is_still_open(world: World) -> None:
    Office.objects.filter(pk=OTHER_OFFICE).update(valid_to=date(2027, 1, 1))
    dossier = a_submitted_dossier(world)
    dossier = hand_over(dossier.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)
    assert dossier.office_code == OTHER_OFFICE


def test_what_waits_for_its_applicant_is_not_handed_over(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    with pytest.raises(Conflict):
        hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)


def test_only_who_holds_the_stage_hands_over(world: World) -> None:
    dossier = an_accepted_dossier(world)
    with pytest.raises(NotAllowed):
        hand_over(dossier.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason=WHY, at=MONDAY)
