"""What the applicant does not put right in time: the office proposes to refuse, the request ends, the clock goes on."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.casework.ask_again import propose_again
from ansinh.casework.models import Decision, Holder, Holding
from ansinh.casework.pins import Pin
from ansinh.casework.propose import (
    RefusalReason,
    control,
    is_unanswered,
    propose_refusal,
    refuse_unanswered,
    send_back,
)
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.supplement import send
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from tests.casework.moves import BLURRED, a_dossier_in_appraisal, answered, asked
from tests.world import World, a_moment

THURSDAY = a_moment(date(2026, 11, 12))
LAST_DAY = date(2026, 12, 14)
AFTER = a_moment(date(2026, 12, 15))
WHY = RefusalReason("supplement-not-given", "Quá hạn chưa gửi giấy khai sinh rõ.", Pin("field", "bank_account"))


@pytest.fixture
def waiting(world: World) -> Dossier:
    """Asked on a Thursday, to be answered by Monday 14 December."""
    dossier = a_dossier_in_appraisal(world)
    assert asked(world, dossier, at=THURSDAY).answer_by == LAST_DAY
    dossier.refresh_from_db()
    return dossier


def test_it_is_refused_after_the_last_day_and_the_clock_goes_on(world: World, waiting: Dossier) -> None:
    refuse_unanswered(waiting.pk, actor=world["specialist"], reasons=[WHY], note="", at=AFTER)
    dossier = Dossier.objects.get(pk=waiting.pk)
    # Three of seven days were used up to the request; the fourth is the first working day after the office has it.
    assert (dossier.state, dossier.stage, dossier.due_on) == (State.IN_PROGRESS, "control", date(2026, 12, 21))
    assert dossier.supplement_requests.get().answered_at == AFTER
    assert Holding.objects.get(dossier=dossier, ended_at=None).holder == Holder.OFFICE
    control(dossier.pk, actor=world["head"], note="", at=AFTER)
    sign(dossier.pk, actor=world["leader"], at=AFTER)
    assert Dossier.objects.get(pk=dossier.pk).state == State.REFUSED


def test_while_there_is_time_nothing_is_refused(world: World, waiting: Dossier) -> None:
    assert not is_unanswered(waiting, on=LAST_DAY) and is_unanswered(waiting, on=date(2026, 12, 15))
    with pytest.raises(Conflict) as early:
        refuse_unanswered(waiting.pk, actor=world["specialist"], reasons=[WHY], note="", at=a_moment(LAST_DAY, 23, 59))
    assert early.value.code == "answer-still-possible"
    with pytest.raises(Conflict):
        propose_refusal(waiting.pk, actor=world["specialist"], reasons=[WHY], note="", at=AFTER)
    assert Dossier.objects.get(pk=waiting.pk).state == State.WAITING_FOR_APPLICANT


def test_an_answer_that_came_first_is_not_refused_as_missing(world: World, waiting: Dossier) -> None:
    answered(world, waiting, at=AFTER)
    with pytest.raises(Conflict):
        refuse_unanswered(waiting.pk, actor=world["specialist"], reasons=[WHY], note="", at=AFTER)
    assert not Decision.objects.exists()


def test_it_needs_whose_step_it_is_and_a_pinned_reason(world: World, waiting: Dossier) -> None:
    with pytest.raises(NotAllowed):
        refuse_unanswered(waiting.pk, actor=world["counter"], reasons=[WHY], note="", at=AFTER)
    with pytest.raises(Invalid):
        refuse_unanswered(waiting.pk, actor=world["specialist"], reasons=[], note="", at=AFTER)


def test_sent_back_it_may_be_asked_again_by_a_superior_and_the_old_request_opens_nothing(
    world: World, waiting: Dossier
) -> None:
    refuse_unanswered(waiting.pk, actor=world["specialist"], reasons=[WHY], note="", at=AFTER)
    send(waiting.pk, actor=world.citizen, at=AFTER)
    send_back(waiting.pk, actor=world["head"], note="Gọi lại cho người nộp.", at=AFTER)
    propose_again(waiting.pk, actor=world["specialist"], asks=[BLURRED], why="Người nộp ốm.", at=AFTER)
    assert Dossier.objects.get(pk=waiting.pk).state == State.IN_PROGRESS
