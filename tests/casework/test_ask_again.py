"""A second round is proposed with why, sent when a superior agrees, and counted."""

from datetime import date

import pytest

from ansinh.casework.ask_again import approve_again, decline_again, open_proposal, propose_again
from ansinh.dossiers.models import Dossier, State, SupplementRequest
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from tests.casework.moves import BLURRED, a_dossier_in_appraisal, answered, asked
from tests.world import World, a_moment

THURSDAY, FRIDAY = a_moment(date(2026, 11, 12)), a_moment(date(2026, 11, 13))
NEXT_MONDAY = a_moment(date(2026, 11, 16))
WHY = "Ảnh mới mở ra thấy thiếu trang hai."


@pytest.fixture
def back(world: World) -> Dossier:
    """A dossier that was asked for a photograph, and answered."""
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=THURSDAY)
    return answered(world, dossier, at=FRIDAY)


def proposed(world: World, dossier: Dossier, *, why: str = WHY) -> None:
    propose_again(dossier.pk, actor=world["specialist"], asks=[BLURRED], why=why, at=NEXT_MONDAY)


def test_nobody_asks_twice_alone(world: World, back: Dossier) -> None:
    with pytest.raises(Conflict) as refused:
        asked(world, back, at=NEXT_MONDAY)
    assert refused.value.code == "asked-before"


def test_a_superior_sends_the_second_round_and_both_names_are_kept(world: World, back: Dossier) -> None:
    proposed(world, back)
    assert Dossier.objects.get(pk=back.pk).state == State.IN_PROGRESS  # the clock runs on until somebody agrees
    request = approve_again(back.pk, actor=world["head"], at=NEXT_MONDAY)
    dossier = answered(world, back, at=a_moment(date(2026, 11, 17)))
    assert (request.round, request.asked_by_id, request.approved_by_id, request.why_again) == (
        2, world["specialist"].officer_id, world["head"].officer_id, WHY,
    )  # fmt: skip
    assert list(dossier.papers.order_by("round").values_list("round", flat=True)) == [1, 2, 3]
    assert SupplementRequest.objects.filter(round__gt=1).count() == 1


def test_a_superior_who_does_not_agree_says_why(world: World, back: Dossier) -> None:
    proposed(world, back)
    with pytest.raises(Invalid):
        decline_again(back.pk, actor=world["head"], note=" ", at=NEXT_MONDAY)
    decline_again(back.pk, actor=world["head"], note="Có thể tra trong sổ.", at=NEXT_MONDAY)
    assert open_proposal(back) is None
    proposed(world, back)  # with better grounds, once more


def test_a_second_round_needs_why_and_a_first_one(world: World, back: Dossier) -> None:
    with pytest.raises(Invalid, match="vì sao"):
        proposed(world, back, why="  ")
    fresh = a_dossier_in_appraisal(world)
    with pytest.raises(Conflict, match="lần nào"):
        proposed(world, fresh)
    proposed(world, back)
    with pytest.raises(Conflict, match="chờ lãnh đạo"):
        proposed(world, back)


def test_only_a_superior_at_the_office_agrees(world: World, back: Dossier) -> None:
    proposed(world, back)
    for name in ("specialist", "counter"):
        with pytest.raises(NotAllowed):
            approve_again(back.pk, actor=world[name], at=NEXT_MONDAY)
