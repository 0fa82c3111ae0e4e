"""Many signatures in one press: each for itself."""

from uuid import uuid4

import pytest

from ansinh.casework.queues import to_sign
from ansinh.casework.sign_many import MOST, sign_many
from ansinh.counterparty.timestamps import Temper
from ansinh.dossiers.models import Dossier, State
from ansinh.platform.errors import Invalid
from tests.casework.moves import MONDAY, a_dossier_to_control, a_dossier_to_sign
from tests.world import World

pytestmark = pytest.mark.django_db


def test_one_that_cannot_be_signed_neither_stops_nor_undoes_the_others(world: World) -> None:
    first, last = a_dossier_to_sign(world), a_dossier_to_sign(world)
    not_ready, strange = a_dossier_to_control(world), uuid4()
    found = sign_many([first.pk, not_ready.pk, strange, last.pk], actor=world["leader"], at=MONDAY)
    assert [one.outcome for one in found] == ["signed", "refused", "refused", "signed"]
    assert [one.refusal.code if one.refusal else "" for one in found] == ["", "not-your-stage", "dossier-not-found", ""]
    assert {Dossier.objects.get(pk=pk).state for pk in (first.pk, last.pk)} == {State.GRANTED}
    assert Dossier.objects.get(pk=not_ready.pk).state == State.IN_PROGRESS


def test_a_letter_whose_template_is_broken_stops_only_itself(world: World) -> None:
    broken, good = a_dossier_to_sign(world), a_dossier_to_sign(world)
    unprintable = {
        "name_vi": "Thiếu giấy",
        "explanation": "Chưa nộp.",
        "clause_vi": 5,
        "code": "x",
        "target_kind": "field",
        "target": "x",
    }
    broken.decisions.update(kind="refuse", reasons=[unprintable])
    found = sign_many([broken.pk, good.pk], actor=world["leader"], at=MONDAY)
    assert [one.outcome for one in found] == ["refused", "signed"]
    assert found[0].refusal is not None
    assert found[0].refusal.code == "letter-fault"
    assert Dossier.objects.get(pk=broken.pk).state == State.IN_PROGRESS


def test_when_time_stamps_are_down_all_wait(world: World, timestamps: Temper) -> None:
    dossiers = [a_dossier_to_sign(world) for _ in range(2)]
    timestamps.now = "down"
    found = sign_many([one.pk for one in dossiers], actor=world["leader"], at=MONDAY)
    assert [one.outcome for one in found] == ["waits", "waits"]


def test_the_same_dossier_twice_is_signed_once(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    found = sign_many([dossier.pk, dossier.pk], actor=world["leader"], at=MONDAY)
    assert [one.outcome for one in found] == ["signed"]


@pytest.mark.parametrize(("count", "code"), [(0, "nothing-to-sign"), (MOST + 1, "too-many-to-sign")])
def test_none_and_too_many_are_refused(world: World, count: int, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        sign_many([uuid4() for _ in range(count)], actor=world["leader"], at=MONDAY)
    assert refused.value.code == code


def test_the_list_holds_what_this_leader_can_sign_now(world: World) -> None:
    ready = a_dossier_to_sign(world)
    a_dossier_to_control(world)
    found = to_sign(world["leader"], most=MOST)
    assert found == [ready]
    assert to_sign(world["head"], most=MOST) == []
    sign_many([ready.pk], actor=world["leader"], at=MONDAY)
    assert to_sign(world["leader"], most=MOST) == []
