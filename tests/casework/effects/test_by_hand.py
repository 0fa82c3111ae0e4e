"""A record that something was put right by hand covers one effect: nothing a signature undoes, no money still open."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ansinh.casework.models import EffectReversal
from ansinh.casework.reopening.by_hand import by_people, undone_by_hand
from ansinh.dossiers.models import Dossier
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.identifiers import uuid7
from ansinh.registry.models import EntitlementChange
from tests.casework.effects.scene import a_benefit, a_procedure, granted
from tests.casework.effects.test_payments import to_pay
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing import FRIDAY, opened, replaced
from tests.casework.effects.test_undoing_money import CHANGE, NOVEMBER, OCTOBER, asked_back, listed
from tests.world import World, a_moment

TUESDAY = a_moment(date(2026, 11, 17))


def written(world: World, dossier: Dossier, words: str = "Đã lập văn bản điều chỉnh từng tháng.") -> EffectReversal:
    """The head writes the only effect of the present result down as put right."""
    (done,) = (one for one in dossier.effects.order_by("-at")[:1])
    return undone_by_hand(
        dossier.pk, done.pk, actor=world["head"], words=words, document="15/ĐC-BHXH", at=TUESDAY
    )  # fmt: skip


def test_what_a_signature_undoes_is_not_written_down_by_hand(world: World) -> None:
    a_benefit(monthly_amount=3_000_000)
    a_procedure(effect("benefit_changed", **CHANGE))
    dossier = opened(world, granted(world, amount=5_000_000, why="Theo sổ gốc."))
    with pytest.raises(Conflict) as refused:
        written(world, dossier)
    assert refused.value.code == "machine-undoes"
    assert not by_people(dossier.effects.get(), dossier, viewer=world["head"], at=FRIDAY)
    assert not EffectReversal.objects.exists()


def test_while_money_asked_back_is_open_its_benefit_is_not_written_down(world: World) -> None:
    one = a_benefit(monthly_amount=3_000_000)
    a_procedure(effect("benefit_changed", **CHANGE))
    dossier = granted(world, amount=5_000_000, why="Theo sổ gốc.")
    for month in (OCTOBER, NOVEMBER):
        listed(world, one, month, 5_000_000)
    dossier = replaced(world, opened(world, dossier), 4_500_000)
    assert asked_back() == [1_000_000]
    EntitlementChange.objects.create(
        entitlement=one, kind="stopped", valid_from=date(2026, 12, 1), dossier_id=uuid7(), made_at=TUESDAY,
        reason="đã mất",
    )  # fmt: skip
    dossier = opened(world, dossier, at=TUESDAY)
    with pytest.raises(Conflict) as refused:
        written(world, dossier)
    assert refused.value.code == "money-still-open"


def test_each_benefit_an_effect_touched_is_named(world: World) -> None:
    first, second = a_benefit(number="HH-1"), a_benefit(number="HH-2", benefit_type="work_accident")
    a_procedure(effect("benefit_stopped", **{"from": "2026-12", "reason": "đã mất"}))
    dossier = granted(world)
    for one in (first, second):
        EntitlementChange.objects.create(
            entitlement=one, kind="method", valid_from=date(2026, 10, 1), dossier_id=uuid7(), made_at=FRIDAY,
            payment_method="bank_account",
        )  # fmt: skip
    dossier = opened(world, dossier, at=TUESDAY)
    with pytest.raises(Invalid) as refused:
        written(world, dossier, "Đã khôi phục HH-1 từ tháng 12 theo văn bản.")
    assert refused.value.code == "undoing-names-each"
    assert "HH-2" in str(refused.value)
    made = written(world, dossier, "Đã khôi phục HH-1 và HH-2 từ tháng 12 theo văn bản.")
    assert made.made == {"covers": ["HH-1", "HH-2"]}


def test_the_database_takes_no_record_by_hand_over_an_order(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = opened(world, granted(world))
    with pytest.raises(DatabaseError, match="never said to be undone by hand"), transaction.atomic():
        EffectReversal.objects.create(
            effect=dossier.effects.get(), dossier=dossier, says_vi="x", says_en="x", document="x", at=FRIDAY,
            officer_id=world["head"].officer_id,
        )  # fmt: skip
