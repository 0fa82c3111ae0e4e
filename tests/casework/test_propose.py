"""Propose, control, send back: four eyes, coded reasons, every đồng explained."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ansinh.casework.accept import accept
from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.pins import Pin
from ansinh.casework.propose import (
    RefusalReason,
    control,
    open_decision,
    propose_grant,
    propose_refusal,
    send_back,
)
from ansinh.dossiers.models import Dossier, State
from ansinh.law.outcome import RULE_VERSION
from ansinh.people.models import Assignment, Officer, Role
from ansinh.people.queries import officer
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from ansinh.registry.models import ContributionPeriod
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_control, a_dossier_to_sign, asked
from tests.world import LOCAL_OFFICE, World, a_submitted_dossier
from tests.world_procedures import BY_POST, PROVINCIAL

COMPUTED = 8_600_000 * 6 + 2 * 2_340_000
"""Six months of the mean wage and twice the reference level of May 2026."""
BORN = Pin("field", "born_on")
NOT_MET = RefusalReason("condition-not-met", "Mới đóng 4 tháng trong 12 tháng trước khi sinh, luật cần 6 tháng.", BORN)


def test_the_amount_is_the_laws_with_its_steps(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    decision = propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    assert (decision.amount, decision.computed_amount) == (COMPUTED, COMPUTED)
    steps = decision.outcomes[0]["outcome"]["steps"]
    assert 4_680_000 in [step["amount"] for step in steps]
    assert all(step["article"] for step in steps)
    kept = Decision.objects.get(pk=decision.pk).outcomes
    assert all(line["outcome"]["rule_version"] == RULE_VERSION for line in kept)
    (level,) = [used for used in kept[0]["outcome"]["figures"] if used["name"] == "level.reference"]
    assert (level["value"], level["valid_from"], level["quality"]) == (2_340_000, "2025-07-01", "sourced")
    assert level["reference"]


def test_another_amount_needs_a_reason(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(Invalid, match="chưa có lý do"):
        propose_grant(dossier.pk, actor=world["specialist"], amount=1, override_reason=" ", note="", at=MONDAY)
    decision = propose_grant(
        dossier.pk, actor=world["specialist"], amount=56_000_000, override_reason="Trừ kỳ đã chi.", note="", at=MONDAY
    )
    assert (decision.amount, decision.computed_amount) == (56_000_000, COMPUTED)


def test_where_the_law_has_no_number_the_officer_gives_one_with_its_reason(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    ContributionPeriod.objects.all().delete()  # the record holds no paid month, so no mean wage
    specialist = world["specialist"]
    with pytest.raises(Invalid, match="chưa tính được"):
        propose_grant(dossier.pk, actor=specialist, amount=None, override_reason="", note="", at=MONDAY)
    with pytest.raises(Invalid, match="chưa có lý do"):
        propose_grant(dossier.pk, actor=specialist, amount=9_000_000, override_reason="", note="", at=MONDAY)
    decision = propose_grant(
        dossier.pk, actor=specialist, amount=9_000_000, override_reason="Theo sổ giấy, trang 3.", note="", at=MONDAY
    )
    assert (decision.amount, decision.computed_amount) == (9_000_000, None)


def test_the_database_refuses_an_override_without_reason(world: World) -> None:
    decision = open_decision(a_dossier_to_control(world))
    assert decision is not None
    with pytest.raises(IntegrityError, match="override_has_reason"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(amount=1)


def test_an_amount_below_nothing_is_refused(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(Invalid, match="không thể âm"):
        propose_grant(dossier.pk, actor=world["specialist"], amount=-1, override_reason="Nhầm.", note="", at=MONDAY)


def test_a_proposal_goes_to_the_head_and_is_not_told_to_the_applicant(world: World) -> None:
    dossier = a_dossier_to_control(world)
    assert (dossier.stage, dossier.stage_role, dossier.due_on) == ("control", "department_head", date(2026, 11, 18))
    assert dossier.events.get(kind="proposed").public is False


def test_the_head_agrees_and_it_goes_to_the_leader(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    decision = open_decision(dossier)
    assert decision is not None
    assert (dossier.stage, decision.state) == ("sign", DecisionState.CONTROLLED)
    assert decision.controlled_by_id == world["head"].officer_id


def test_nobody_controls_an_own_proposal(world: World) -> None:
    both = Officer.objects.get(pk=world["specialist"].officer_id)
    Assignment.objects.create(
        officer=both, office_code=LOCAL_OFFICE, function="benefits", role=Role.HEAD, valid_from=date(2026, 1, 1)
    )
    dossier = a_dossier_to_control(world)
    actor = officer(both.account, on=date(2026, 11, 9))
    assert actor is not None
    with pytest.raises(NotAllowed, match="không tự kiểm soát"):
        control(dossier.pk, actor=actor, note="", at=MONDAY)


def test_sent_back_goes_to_the_specialist_with_the_note_and_the_clock_goes_on(world: World) -> None:
    dossier = send_back(a_dossier_to_control(world).pk, actor=world["head"], note="Xem lại tháng 02/2026.", at=MONDAY)
    assert (dossier.stage, dossier.due_on) == ("appraise", date(2026, 11, 18))
    assert dossier.decisions.get().sent_back_note == "Xem lại tháng 02/2026."
    again = propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    assert again.state == DecisionState.PROPOSED


def test_the_leader_too_may_send_back(world: World) -> None:
    dossier = send_back(a_dossier_to_sign(world).pk, actor=world["leader"], note="Thiếu căn cứ.", at=MONDAY)
    assert dossier.stage == "appraise"


def test_sending_back_needs_a_sentence(world: World) -> None:
    with pytest.raises(Invalid, match="cần sửa gì"):
        send_back(a_dossier_to_control(world).pk, actor=world["head"], note=" ", at=MONDAY)


def test_a_refusal_has_coded_reasons_with_clause_and_explanation(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    decision = propose_refusal(dossier.pk, actor=world["specialist"], reasons=[NOT_MET], note="", at=MONDAY)
    [row] = decision.reasons
    assert (row["code"], row["clause_vi"]) == ("condition-not-met", "Luật 41/2024/QH15")
    assert row["explanation"] == NOT_MET.explanation
    dossier.refresh_from_db()
    assert dossier.stage == "control"


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ([], "refusal-needs-reason"),
        ([RefusalReason("condition-not-met", " ", BORN)], "refusal-unexplained"),
        ([RefusalReason("paper-missing", "Thiếu giấy khai sinh.", BORN)], "reason-unknown"),
        ([RefusalReason("because", "Vì thế.", BORN)], "reason-unknown"),
        ([RefusalReason("condition-not-met", "Mới đóng 4 tháng.", Pin("", ""))], "refusal-unpinned"),
        ([RefusalReason("condition-not-met", "Mới đóng 4 tháng.", Pin("field", "height"))], "unknown-target"),
        ([RefusalReason("condition-not-met", "Mới đóng 4 tháng.", Pin("row", "children[9]"))], "unknown-target"),
    ],
)
def test_a_refusal_without_reason_is_refused(world: World, reasons: list[RefusalReason], code: str) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(DomainError) as refused:
        propose_refusal(dossier.pk, actor=world["specialist"], reasons=reasons, note="", at=MONDAY)
    assert refused.value.code == code


def test_the_database_refuses_a_refusal_without_reasons(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(IntegrityError, match="a refusal needs reasons"), transaction.atomic():
        Decision.objects.create(
            dossier=dossier, kind="refuse", proposed_by_id=world["specialist"].officer_id, proposed_at=MONDAY
        )


def test_a_refusal_at_intake_goes_straight_to_control(world: World) -> None:
    dossier = a_submitted_dossier(world, BY_POST)
    propose_refusal(dossier.pk, actor=world["counter"], reasons=[NOT_MET], note="", at=MONDAY)
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.state) == ("control", State.IN_PROGRESS)


def test_a_refusal_from_intake_that_is_sent_back_can_be_appraised(world: World) -> None:
    dossier = a_submitted_dossier(world)
    propose_refusal(dossier.pk, actor=world["counter"], reasons=[NOT_MET], note="", at=MONDAY)
    dossier = send_back(dossier.pk, actor=world["head"], note="Đủ điều kiện.", at=MONDAY)
    decision = propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    assert decision.amount == COMPUTED


def test_there_is_one_open_decision(world: World) -> None:
    dossier = a_dossier_to_control(world)
    with pytest.raises(NotAllowed):
        propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    with pytest.raises(IntegrityError, match="one_open_decision"), transaction.atomic():
        Decision.objects.create(
            dossier=dossier, kind="grant", proposed_by_id=world["specialist"].officer_id, proposed_at=MONDAY
        )


def test_a_dossier_that_waits_for_its_applicant_is_not_proposed(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    with pytest.raises(Conflict, match="Đang chờ bổ sung"):
        propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)


def test_only_the_specialist_proposes_and_only_at_that_office(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    for name, refusal in (("head", NotAllowed), ("other_specialist", NotFound)):
        with pytest.raises(refusal):
            propose_grant(dossier.pk, actor=world[name], amount=None, override_reason="", note="", at=MONDAY)
    assert not Decision.objects.exists()


def test_rights_end_with_the_assignment(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    Assignment.objects.filter(officer_id=world["specialist"].officer_id).update(valid_to=date(2026, 11, 8))
    account = Officer.objects.get(pk=world["specialist"].officer_id).account
    assert officer(account, on=date(2026, 11, 9)) is None
    assert Dossier.objects.get(pk=dossier.pk).stage == "appraise"


def test_every_state_is_audited_with_its_officer(world: World) -> None:
    from ansinh.platform.models import AuditEvent

    decision = open_decision(a_dossier_to_control(world))
    assert decision is not None
    row = AuditEvent.objects.get(table="casework_decision", row_id=str(decision.pk))
    assert (row.to_state, row.actor) == ("proposed", world["specialist"].label)


def test_a_procedure_without_money_takes_no_amount(world: World) -> None:
    dossier = accept(a_submitted_dossier(world, PROVINCIAL).pk, actor=world["counter"], at=MONDAY)
    specialist = world["province_specialist"]
    with pytest.raises(Invalid, match="không có khoản tiền nào"):
        propose_grant(dossier.pk, actor=specialist, amount=1_000_000, override_reason="Tính tay.", note="", at=MONDAY)
    decision = propose_grant(dossier.pk, actor=specialist, amount=None, override_reason="", note="", at=MONDAY)
    assert decision.amount is None
