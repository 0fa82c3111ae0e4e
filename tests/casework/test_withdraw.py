"""A person takes a dossier back at any stage before its result; nobody goes on working on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.supplement import send
from ansinh.dossiers.withdraw import withdraw
from ansinh.platform.errors import Conflict
from tests.casework.moves import (
    MONDAY,
    a_dossier_in_appraisal,
    a_dossier_to_control,
    a_dossier_to_sign,
    an_accepted_dossier,
    asked,
)
from tests.world import World, a_submitted_dossier


def one_asked(world: World) -> Dossier:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    return dossier


def goes_on(world: World, dossier: Dossier) -> list[Callable[[], object]]:
    """Every act somebody may have had the page open for."""
    pk = dossier.pk
    return [
        lambda: accept(pk, actor=world["counter"], at=MONDAY),
        lambda: confirm_check(pk, actor=world["collector"], note="", at=MONDAY),
        lambda: asked(world, dossier, at=MONDAY),
        lambda: propose_grant(pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY),
        lambda: control(pk, actor=world["head"], note="", at=MONDAY),
        lambda: sign(pk, actor=world["leader"], at=MONDAY),
    ]


@pytest.mark.parametrize(
    "at_stage",
    [
        a_submitted_dossier,
        an_accepted_dossier,
        a_dossier_in_appraisal,
        one_asked,
        a_dossier_to_control,
        a_dossier_to_sign,
    ],
)
def test_a_withdrawn_dossier_stays_as_it_is(world: World, at_stage: Callable[[World], Dossier]) -> None:
    dossier = at_stage(world)
    withdraw(dossier.pk, actor=world.citizen, reason="nộp nhầm", at=MONDAY)
    for act in goes_on(world, dossier):
        with pytest.raises(Conflict, match="đã kết thúc, trạng thái “Đã rút”"):
            act()
    send(dossier.pk, actor=world.citizen, at=MONDAY)
    withdraw(dossier.pk, actor=world.citizen, reason="bấm lần nữa", at=MONDAY)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.stage_role, dossier.due_on) == (State.WITHDRAWN, "", None)
    assert list(dossier.events.filter(kind="withdrawn").values_list("facts__reason", flat=True)) == ["nộp nhầm"]
    assert not dossier.documents.filter(kind="result").exists()
