"""Opening again what was paid for first, and who else hears of the new result."""

from __future__ import annotations

import pytest

from ansinh.casework.money.waiting import key_of
from ansinh.casework.named import code_for_named
from ansinh.dossiers.models import State
from ansinh.payments.moves import the_order
from ansinh.payments.orders import Purpose, Whose, order_in, received
from ansinh.people.actors import System
from ansinh.platform.errors import Conflict
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_undoing import FRIDAY, opened
from tests.world import LOCAL_OFFICE, World


def test_what_was_paid_for_before_is_not_opened_again(world: World) -> None:
    a_procedure()
    dossier = granted(world)
    order = order_in(
        key_of(dossier.pk), 1_000_000, purpose=Purpose("health", "Đóng BHYT", "Contribution"),
        whose=Whose(dossier.owner_id, dossier.applicant_name, LOCAL_OFFICE, dossier.pk), actor=System(), at=FRIDAY,
    )  # fmt: skip
    received(the_order(order.pk), actor=System(), at=FRIDAY, reference="x")
    with pytest.raises(Conflict) as refusal:
        opened(world, dossier, at=FRIDAY)
    assert refusal.value.code == "paid-first"
    assert "hoàn trả tiền" in str(refusal.value)


@pytest.mark.parametrize(("granted_anew", "told"), [(True, "decided_about_you"), (False, "refused_about_you")])
def test_the_people_named_hear_of_a_replaced_result(world: World, *, granted_anew: bool, told: str) -> None:
    a_procedure()
    dossier = granted(world)
    dossier.state = State.GRANTED if granted_anew else State.REFUSED
    assert code_for_named(dossier, "result_replaced") == told
    assert code_for_named(dossier, "handed_over") == ""
