"""A granted decision does what its procedure declares: once, in the signing transaction, or nothing at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ansinh.casework.effects.take_effect import foresee
from ansinh.casework.models import AppliedEffect, DecisionState
from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, control, open_decision, propose_refusal
from ansinh.casework.sign import finish_signature, sign
from ansinh.counterparty.timestamps import Temper
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.platform.errors import Conflict
from ansinh.registry.models import Entitlement, EntitlementChange
from tests.casework.effects.scene import a_benefit, a_procedure, field, granted, in_appraisal, to_sign
from tests.casework.moves import MONDAY
from tests.world import SI_NUMBER, World

pytestmark = pytest.mark.django_db

PENSION: dict[str, Any] = {
    "key": "pension",
    "does": "benefit_started",
    "with": {
        "benefit_type": {"value": "pension"},
        "start_month": {"decided": "next_month"},
        "monthly_amount": {"amount_of": "allowance"},
        "account": {"field": "bank_account"},
    },
}
STOP: dict[str, Any] = {
    "key": "stop",
    "does": "benefit_stopped",
    "with": {"from": {"decided": "next_month"}, "reason": {"value": "định cư ở nước ngoài"}},
}
FOR_CHILDREN: dict[str, Any] = {
    "key": "orphans",
    "does": "benefit_started",
    "for_each": "children",
    "row_label": "name",
    "with": {
        "benefit_type": {"value": "survivor"},
        "start_month": {"month_after": "born_on"},
        "monthly_amount": {"value": 1_265_000},
        "beneficiary": {"field": "name"},
    },
}


def test_the_grant_starts_the_benefit_with_the_amount_decided(world: World) -> None:
    a_procedure(PENSION)
    dossier = granted(world)
    paid = Entitlement.objects.get()
    assert dossier.state == State.GRANTED
    assert (paid.insured_id, paid.benefit_type, paid.start_month) == (SI_NUMBER, "pension", date(2026, 12, 1))
    assert paid.monthly_amount == dossier.decisions.get().amount
    assert (paid.payment_method, paid.bank_account["number"]) == ("bank_account", "3900205123456")
    assert paid.dossier_id == dossier.pk


def test_what_was_done_is_kept_with_its_sentence_in_both_languages(world: World) -> None:
    a_procedure(PENSION)
    done = granted(world).effects.get()
    number = Entitlement.objects.get().number
    assert (done.key, done.row, done.does) == ("pension", "", "benefit_started")
    assert (done.made["entitlement"], done.made["first_list"]) == (number, "12/2026")
    assert done.inputs["start_month"] == "2026-12-01"
    assert done.says_vi.startswith("Bắt đầu trả lương hưu: ") and "từ tháng 12/2026" in done.says_vi
    assert done.says_vi.endswith("Danh sách chi trả hằng tháng trả từ kỳ 12/2026.")
    assert done.says_en.startswith("Payment of the pension starts: ")


def test_another_amount_than_computed_is_the_one_that_is_paid(world: World) -> None:
    a_procedure(PENSION)
    granted(world, amount=7_000_000, why="Tính lại theo quyết định của tòa án.")
    assert Entitlement.objects.get().monthly_amount == 7_000_000


def test_one_effect_for_each_row_of_a_table(world: World) -> None:
    a_procedure(FOR_CHILDREN)
    dossier = granted(world, children=[{"name": "Lê An"}, {"name": "Lê Bình"}])
    assert [(one.row, one.made["entitlement"]) for one in dossier.effects.all()] == [
        ("0", f"{dossier.number}-1"), ("1", f"{dossier.number}-2"),
    ]  # fmt: skip
    assert set(Entitlement.objects.values_list("beneficiary_name", "start_month")) == {
        ("Lê An", date(2026, 6, 1)), ("Lê Bình", date(2026, 6, 1)),
    }  # fmt: skip


def test_an_effect_whose_condition_does_not_hold_is_left_out(world: World) -> None:
    a_procedure(
        {**PENSION, "when": {"field": "wish", "equals": "yes"}}, fields=[field("wish", "choice", choices="yes_no")]
    )
    assert not granted(world, wish="no").effects.exists()
    assert not Entitlement.objects.exists()


def test_a_plain_word_of_an_older_version_does_nothing(world: World) -> None:
    a_procedure("benefit_started", "payment_order_out")
    assert granted(world).state == State.GRANTED
    assert not Entitlement.objects.exists() and not AppliedEffect.objects.exists()


def test_what_cannot_be_done_refuses_the_signature_and_nothing_of_it_stays(world: World) -> None:
    a_procedure(PENSION, STOP, {**STOP, "key": "again"})
    a_benefit(benefit_type="work_accident")
    dossier = to_sign(world)
    with pytest.raises(Conflict, match="không có chế độ hằng tháng nào đang trả") as refused:
        sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert refused.value.code == "no-benefit-in-payment"
    dossier.refresh_from_db()
    assert (dossier.state, dossier.decisions.get().state) == (State.IN_PROGRESS, DecisionState.CONTROLLED)
    assert Entitlement.objects.count() == 1 and not EntitlementChange.objects.exists()
    assert not dossier.effects.exists()
    assert not IssuedDocument.objects.filter(dossier=dossier, kind="decision").exists()


def test_a_missing_input_is_named_before_anything_is_signed(world: World) -> None:
    wish = {**STOP, "with": {**STOP["with"], "from": {"field": "last_month"}}}
    a_procedure(wish, fields=[field("last_month", "month")])
    a_benefit()
    with pytest.raises(Conflict, match="Thôi trả chế độ hằng tháng") as refused:
        granted(world)
    assert refused.value.code == "effect-input-missing"


def test_a_record_we_do_not_hold_refuses_with_its_number(world: World) -> None:
    a_procedure({**PENSION, "with": {**PENSION["with"], "si_number": {"value": "9000000099"}}})
    with pytest.raises(Conflict, match="9000000099"):
        granted(world)


def test_the_officer_sees_what_will_happen_and_what_stands_against_it(world: World) -> None:
    a_procedure(PENSION, STOP)
    dossier = to_sign(world)
    decision = open_decision(dossier)
    assert decision is not None
    found = foresee(dossier, decision, actor=world["leader"], at=MONDAY)
    assert [(one.name, one.problem.code if one.problem else "") for one in found] == [("pension", ""), ("stop", "")]
    assert "Thôi trả chế độ hằng tháng từ tháng 12/2026: định cư ở nước ngoài." in found[1].says_vi
    assert not Entitlement.objects.exists() and not AppliedEffect.objects.exists()


def test_foreseeing_names_the_problem_of_each_effect(world: World) -> None:
    a_procedure(STOP, PENSION)
    dossier = to_sign(world)
    decision = open_decision(dossier)
    assert decision is not None
    found = foresee(dossier, decision, actor=world["leader"], at=MONDAY)
    assert [one.problem.code if one.problem else "" for one in found] == ["no-benefit-in-payment", ""]


def test_a_refusal_does_nothing(world: World) -> None:
    a_procedure(PENSION)
    dossier = in_appraisal(world)
    reason = RefusalReason("condition-not-met", "Chưa đủ thời gian đóng.", Pin("field", "full_name"))
    propose_refusal(dossier.pk, actor=world["specialist"], reasons=[reason], note="", at=MONDAY)
    control(dossier.pk, actor=world["head"], note="", at=MONDAY)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert Dossier.objects.get(pk=dossier.pk).state == State.REFUSED
    assert not Entitlement.objects.exists() and not AppliedEffect.objects.exists()


def test_a_kept_approval_takes_effect_when_it_is_finished(world: World, timestamps: Temper) -> None:
    a_procedure(PENSION)
    dossier = to_sign(world)
    timestamps.now = "down"
    assert sign(dossier.pk, actor=world["leader"], at=MONDAY) is None
    assert not AppliedEffect.objects.exists()
    timestamps.now = "well"
    assert finish_signature(dossier.pk, at=MONDAY)
    assert finish_signature(dossier.pk, at=MONDAY) is None
    assert AppliedEffect.objects.count() == Entitlement.objects.count() == 1


def test_an_approval_that_could_not_take_effect_is_not_kept(world: World, timestamps: Temper) -> None:
    a_procedure(STOP)
    dossier = to_sign(world)
    timestamps.now = "down"
    with pytest.raises(Conflict):
        sign(dossier.pk, actor=world["leader"], at=MONDAY)
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_the_database_lets_an_effect_happen_once_and_never_change(world: World) -> None:
    a_procedure(PENSION)
    done = granted(world).effects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AppliedEffect.objects.create(
            dossier=done.dossier, decision=done.decision, key=done.key, row=done.row, does=done.does, inputs={},
            says_vi="x", says_en="x", at=MONDAY,
        )  # fmt: skip
    for change in (lambda: AppliedEffect.objects.update(says_vi="khác"), lambda: AppliedEffect.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
