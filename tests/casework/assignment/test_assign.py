"""Dossiers are given to officers: by hand, by the office's rules, fairly; each choice says why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from ansinh.casework.accept import accept, confirm_check, originals_received
from ansinh.casework.assignment.assign import ask_to_share_out, assign, assign_by_rules, assignments_of
from ansinh.casework.assignment.rules import add_rule, end_rule, give_skill, take_skill
from ansinh.casework.hand_over import hand_over
from ansinh.casework.models import AssignedBy, CaseAssignment, Holding
from ansinh.casework.propose import propose_grant, send_back
from ansinh.dossiers.models import Dossier, DossierEvent
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Absence, Deputy, Role
from ansinh.people.models_officers import UnitCharge
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.models import Job
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, an_accepted_dossier
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_registration, a_submitted_dossier, an_officer
from tests.world_organisations import an_organisation
from tests.world_procedures import ALLOWANCE, BY_POST

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-110"), pytest.mark.requirement("R-114")]
TODAY = date(2026, 11, 9)


def a_second_specialist(name: str = "Đinh Thị Bé") -> OfficerActor:
    login = "be" if name == "Đinh Thị Bé" else str(uuid4())[:8]
    return an_officer(login, name, "Chuyên viên chế độ BHXH", ((LOCAL_OFFICE, Role.BENEFIT),))


def holder(dossier: Dossier) -> object:
    """Who has it, on the dossier; the ledger of holders names the same person."""
    found = Dossier.objects.get(pk=dossier.pk).handler_id
    for held in Holding.objects.filter(dossier=dossier, ended_at=None):
        assert held.officer_id == found
    return found


def a_fair_rule(world: World, **more: object) -> object:
    values = {"office_code": LOCAL_OFFICE, "role": Role.BENEFIT, "valid_from": TODAY, "at": MONDAY, **more}
    return add_rule(actor=world["head"], **values)  # type: ignore[arg-type]


def away(officer: OfficerActor, *, deputy: OfficerActor | None = None) -> None:
    absence = Absence.objects.create(
        officer_id=officer.officer_id, valid_from=TODAY, valid_to=TODAY + timedelta(days=4)
    )
    if deputy:
        Deputy.objects.create(absence=absence, officer_id=deputy.officer_id, office_code=LOCAL_OFFICE)


def test_a_head_gives_a_dossier_with_a_reason_and_it_stands_on_the_dossier(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    given = assign(dossier.pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    assert (given.by, given.reason) == (AssignedBy.HAND, "Quen việc")
    assert holder(dossier) == world["specialist"].officer_id
    event = dossier.events.get(kind="assigned")
    assert not event.public
    assert event.facts["to"] == "Lê Quang Huy"


def test_what_no_rule_is_for_holds_up_nothing_behind_it(world: World) -> None:
    earlier = a_dossier_in_appraisal(world)
    later = a_submitted_dossier(world, BY_POST)
    originals_received(later.pk, actor=world["counter"], note="", at=MONDAY)
    accept(later.pk, actor=world["counter"], at=MONDAY + timedelta(days=1))
    a_fair_rule(world, procedure=BY_POST)
    assert assign_by_rules(at=MONDAY, most=1) == 1
    assert (holder(earlier), holder(later)) == (None, world["specialist"].officer_id)


@pytest.mark.parametrize("who", ["specialist", "counter", "admin"])
def test_only_who_leads_gives_work_to_others(world: World, who: str) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(NotAllowed):
        assign(dossier.pk, actor=world[who], to=world["specialist"].officer_id, reason="x", at=MONDAY)
    assert holder(dossier) is None


def test_a_head_of_another_office_does_not_know_the_dossier(world: World) -> None:
    stranger = an_officer("truong-khac", "Lý Văn Khác", "Tổ trưởng", ((OTHER_OFFICE, Role.HEAD),))
    with pytest.raises(NotFound):
        assign(
            a_dossier_in_appraisal(world).pk, actor=stranger, to=world["specialist"].officer_id, reason="x", at=MONDAY
        )


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [("specialist", " ", "assignment-needs-reason"), ("collector", "x", "not-of-this-role"),
     ("other_specialist", "x", "not-of-this-role")],
)  # fmt: skip
def test_an_assignment_that_cannot_be_is_refused(world: World, to: str, reason: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        assign(a_dossier_in_appraisal(world).pk, actor=world["head"], to=world[to].officer_id, reason=reason, at=MONDAY)
    assert refused.value.code == code


def test_nobody_is_given_work_while_away(world: World) -> None:
    away(world["specialist"])
    with pytest.raises(Invalid, match="vắng mặt"):
        assign(
            a_dossier_in_appraisal(world).pk, actor=world["head"], to=world["specialist"].officer_id, reason="x",
            at=MONDAY,
        )  # fmt: skip


def test_reassignment_ends_the_first_and_keeps_it(world: World) -> None:
    dossier, second = a_dossier_in_appraisal(world), a_second_specialist()
    assign(dossier.pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    assign(dossier.pk, actor=world["head"], to=second.officer_id, reason="Huy bận", at=MONDAY + timedelta(hours=1))
    with pytest.raises(Conflict):
        assign(dossier.pk, actor=world["head"], to=second.officer_id, reason="Lần nữa", at=MONDAY)
    history = assignments_of(dossier)
    assert [(one.officer_id, one.ended_at is None) for one in history] == [
        (world["specialist"].officer_id, False), (second.officer_id, True),
    ]  # fmt: skip
    assert holder(dossier) == second.officer_id


def test_the_next_step_belongs_to_nobody_and_a_draft_sent_back_finds_its_specialist(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assign(dossier.pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    assert holder(dossier) is None
    send_back(dossier.pk, actor=world["head"], note="Sửa ngày hưởng", at=MONDAY)
    assert holder(dossier) == world["specialist"].officer_id


def test_another_office_begins_without_anybody(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assign(dossier.pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason="Chuyển nhà", at=MONDAY)
    assert holder(dossier) is None


def test_a_colleague_of_the_same_role_may_still_do_the_step(world: World) -> None:
    dossier, second = a_dossier_in_appraisal(world), a_second_specialist()
    assign(dossier.pk, actor=world["head"], to=second.officer_id, reason="Chia việc", at=MONDAY)
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    assert Dossier.objects.get(pk=dossier.pk).stage == "control"


def test_without_a_rule_nobody_is_given_anything(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert not ask_to_share_out(at=MONDAY)
    assert assign_by_rules(at=MONDAY) == 0
    assert holder(dossier) is None


def test_the_fair_share_goes_to_who_has_least_and_says_so(world: World) -> None:
    a_second_specialist()
    dossiers = [a_dossier_in_appraisal(world) for _ in range(4)]
    assign(dossiers[0].pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    a_fair_rule(world)
    assert assign_by_rules(at=MONDAY) == 3
    rows = [dossier.assignments.get() for dossier in dossiers[1:]]
    assert [row.officer.full_name for row in rows] == ["Đinh Thị Bé", "Lê Quang Huy", "Đinh Thị Bé"]
    assert {row.by for row in rows} == {AssignedBy.FAIR}
    compared = {one["name"]: one["cases"] for one in rows[0].why["compared"]}
    assert compared == {"Lê Quang Huy": 1, "Đinh Thị Bé": 0}
    assert assign_by_rules(at=MONDAY) == 0


def test_who_is_away_or_may_not_do_the_procedure_is_left_out_and_named(world: World) -> None:
    second, third = a_second_specialist(), a_second_specialist("Vũ Thị Cúc")
    away(second)
    give_skill(
        actor=world["head"], office_code=LOCAL_OFFICE, officer_id=third.officer_id, procedure="dang-ky-gdt-ca-nhan",
        at=MONDAY,
    )  # fmt: skip
    dossier = a_dossier_in_appraisal(world)
    a_fair_rule(world)
    assign_by_rules(at=MONDAY)
    given = dossier.assignments.get()
    assert given.officer_id == world["specialist"].officer_id
    assert {(one["name"], one["because"]) for one in given.why["left_out"]} == {
        ("Đinh Thị Bé", "away"), ("Vũ Thị Cúc", "skill"),
    }  # fmt: skip


def test_the_rule_with_the_most_keys_counts(world: World) -> None:
    second = a_second_specialist()
    a_fair_rule(world, officer_id=world["specialist"].officer_id)
    a_fair_rule(world, procedure=ALLOWANCE, officer_id=second.officer_id)
    dossier = a_dossier_in_appraisal(world)
    assign_by_rules(at=MONDAY)
    given = dossier.assignments.get()
    assert (given.officer_id, given.by) == (second.officer_id, AssignedBy.RULE)
    assert given.why["keys"] == {"procedure": ALLOWANCE}


def test_a_deputy_takes_what_a_rule_gives_to_who_is_away(world: World) -> None:
    second = a_second_specialist()
    a_fair_rule(world, officer_id=world["specialist"].officer_id)
    away(world["specialist"], deputy=second)
    dossier = a_dossier_in_appraisal(world)
    assign_by_rules(at=MONDAY)
    given = dossier.assignments.get()
    assert given.officer_id == second.officer_id
    assert given.why["instead_of"] == "Lê Quang Huy"


def test_who_looks_after_the_unit_comes_before_the_rule(world: World) -> None:
    second = a_second_specialist()
    unit = an_organisation(unit_code="TA0123A")
    dossier = a_dossier_in_appraisal(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_id=unit.pk)
    UnitCharge.objects.create(
        office_code=LOCAL_OFFICE, unit_code="TA0123A", unit_name="Công ty A", function="benefits",
        officer_id=second.officer_id, contact_name="Bà Tư", contact_phone="84905000111", valid_from=TODAY,
    )  # fmt: skip
    a_fair_rule(world, officer_id=world["specialist"].officer_id)
    assign_by_rules(at=MONDAY)
    given = dossier.assignments.get()
    assert (given.officer_id, given.by) == (second.officer_id, AssignedBy.UNIT)


def test_registrations_are_given_to_nobody(world: World) -> None:
    dossier = a_registration(world)
    add_rule(actor=world["head"], office_code=LOCAL_OFFICE, role=Role.INTAKE, valid_from=TODAY, at=MONDAY)
    assert assign_by_rules(at=MONDAY) == 0
    assert holder(dossier) is None


def test_a_rule_ends_and_is_never_rewritten(world: World) -> None:
    rule = a_fair_rule(world)
    with pytest.raises(Conflict):
        a_fair_rule(world)
    end_rule(rule.pk, actor=world["head"], at=MONDAY)  # type: ignore[attr-defined]
    a_fair_rule(world)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_workrule SET procedure = 'x'")


def test_a_skill_is_given_once_and_taken_back(world: World) -> None:
    given = give_skill(
        actor=world["head"], office_code=LOCAL_OFFICE, officer_id=world["specialist"].officer_id, procedure=ALLOWANCE,
        at=MONDAY,
    )  # fmt: skip
    with pytest.raises(Conflict):
        give_skill(
            actor=world["head"], office_code=LOCAL_OFFICE, officer_id=world["specialist"].officer_id,
            procedure=ALLOWANCE, at=MONDAY,
        )  # fmt: skip
    assert take_skill(given.pk, actor=world["head"], at=MONDAY).ended_at == MONDAY


def test_the_round_queues_the_sharing_once(world: World) -> None:
    a_dossier_in_appraisal(world)
    a_fair_rule(world)
    assert ask_to_share_out(at=MONDAY)
    assert not ask_to_share_out(at=MONDAY)
    assert Job.objects.filter(name="casework.share_out").count() == 1


def test_sql_can_neither_rewrite_an_assignment_nor_point_the_dossier_elsewhere(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assign(dossier.pk, actor=world["head"], to=world["specialist"].officer_id, reason="Quen việc", at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET handler_id = %s", [world["head"].officer_id])
    assert holder(dossier) == world["specialist"].officer_id
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_caseassignment SET officer_id = %s", [world["head"].officer_id])
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_caseassignment")
    assert CaseAssignment.objects.count() == 1


def test_sharing_out_costs_the_same_whoever_is_there(world: World, django_assert_max_num_queries: Any) -> None:
    for name in ("Bùi Thị Lan", "Cao Văn Ba"):
        a_second_specialist(name)
    dossier = an_accepted_dossier(world)
    confirm_check(dossier.pk, actor=world["collector"], note="", at=MONDAY)
    a_submitted_dossier(world)
    a_fair_rule(world)
    with django_assert_max_num_queries(24):
        assign_by_rules(at=MONDAY)
    assert DossierEvent.objects.filter(kind="assigned").count() == 1
