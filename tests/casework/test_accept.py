"""Intake: the clock starts with the acceptance of a full dossier, at the office that decides it."""

from datetime import date

import pytest

from ansinh.casework.accept import accept, confirm_check, originals_received
from ansinh.dossiers.models import State
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World, a_moment, a_submitted_dossier
from tests.world_procedures import BY_POST, PROVINCIAL

MONDAY = a_moment(date(2026, 11, 9))


def test_a_filed_dossier_has_a_number_and_no_due_date(world: World) -> None:
    dossier = a_submitted_dossier(world)
    assert dossier.number == f"00001/2026/{LOCAL_OFFICE}"
    assert (dossier.state, dossier.due_on, dossier.results_due) == (State.SUBMITTED, None, [])


def test_the_clock_starts_with_acceptance_not_with_filing(world: World) -> None:
    dossier = accept(a_submitted_dossier(world).pk, actor=world["counter"], at=MONDAY)
    assert dossier.accepted_at == MONDAY
    assert dossier.due_on == date(2026, 11, 18)  # example 3: Monday 9 November and seven working days
    assert dossier.results_due[0]["on"] == "2026-11-18"


def test_the_holiday_of_24_november_is_not_counted(world: World) -> None:
    dossier = accept(a_submitted_dossier(world).pk, actor=world["counter"], at=a_moment(date(2026, 11, 20)))
    assert dossier.due_on == date(2026, 12, 2)


def test_acceptance_leads_to_the_next_stage_and_is_in_the_history(world: World) -> None:
    dossier = accept(a_submitted_dossier(world).pk, actor=world["counter"], at=MONDAY)
    assert (dossier.stage, dossier.stage_role, dossier.state) == ("match", "collection_officer", State.IN_PROGRESS)
    event = dossier.events.get(kind="accepted")
    assert (event.actor_name, event.facts["due_on"]) == ("Nguyễn Thị Hoa", "2026-11-18")


def test_only_the_counter_accepts(world: World) -> None:
    dossier = a_submitted_dossier(world)
    with pytest.raises(NotAllowed, match="không thuộc nhiệm vụ"):
        accept(dossier.pk, actor=world["specialist"], at=MONDAY)


def test_a_colleague_of_another_office_sees_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        accept(a_submitted_dossier(world).pk, actor=world["other_counter"], at=MONDAY)


def test_accepting_twice_says_that_somebody_was_quicker(world: World) -> None:
    dossier = a_submitted_dossier(world)
    accept(dossier.pk, actor=world["counter"], at=MONDAY)
    with pytest.raises(NotAllowed):
        accept(dossier.pk, actor=world["counter"], at=MONDAY)


def test_a_check_that_is_confirmed_leads_to_appraisal(world: World) -> None:
    dossier = accept(a_submitted_dossier(world).pk, actor=world["counter"], at=MONDAY)
    dossier = confirm_check(dossier.pk, actor=world["collector"], note="Khớp 28 tháng.", at=MONDAY)
    assert (dossier.stage, dossier.due_on) == ("appraise", date(2026, 11, 18))
    assert dossier.events.get(kind="checked").facts["note"] == "Khớp 28 tháng."


@pytest.mark.requirement("R-089")
@pytest.mark.requirement("R-091")
def test_originals_by_post_come_before_the_clock(world: World) -> None:
    dossier = a_submitted_dossier(world, BY_POST)
    assert dossier.state == State.WAITING_FOR_ORIGINALS
    with pytest.raises(Conflict, match="bản chính"):
        accept(dossier.pk, actor=world["counter"], at=MONDAY)
    arrived = originals_received(dossier.pk, actor=world["counter"], note="EQ 204 118 736 VN", at=MONDAY)
    assert (arrived.state, arrived.due_on) == (State.SUBMITTED, None)
    assert arrived.events.get(kind="originals_received").facts["note"] == "EQ 204 118 736 VN"
    started = accept(dossier.pk, actor=world["counter"], at=a_moment(date(2026, 11, 10)))
    assert started.due_on == date(2026, 11, 19)


def test_originals_cannot_arrive_where_none_are_awaited(world: World) -> None:
    with pytest.raises(Conflict, match="không làm việc này được"):
        originals_received(a_submitted_dossier(world).pk, actor=world["counter"], note="", at=MONDAY)


def test_a_procedure_of_the_province_goes_up_and_keeps_its_number(world: World) -> None:
    dossier = accept(a_submitted_dossier(world, PROVINCIAL).pk, actor=world["counter"], at=MONDAY)
    assert dossier.office_code == PROVINCE_OFFICE
    assert (dossier.home_office, dossier.number[-5:]) == (LOCAL_OFFICE, LOCAL_OFFICE)
    assert dossier.events.get(kind="routed").facts["to_office"] == "BHXH tỉnh Sông Lam"
    assert dossier.due_on == date(2026, 11, 18)


def test_a_procedure_that_both_levels_decide_stays_where_it_came(world: World) -> None:
    dossier = accept(a_submitted_dossier(world).pk, actor=world["counter"], at=MONDAY)
    assert dossier.office_code == LOCAL_OFFICE
