"""No reason, no return; and while the applicant is asked, the clock stands still."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.limits import answer_within
from ansinh.catalogue.loader import content_digest
from ansinh.catalogue.models import ProcedureVersion
from ansinh.dossiers.models import Dossier, State, SupplementItem, SupplementRequest
from ansinh.dossiers.supplement import answer_fields, send
from ansinh.law.deadlines import Limit, Unit
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from tests.casework.moves import BLURRED, MONDAY, a_dossier_in_appraisal, answered, asked
from tests.world import FILED_AT, World, a_moment, a_submitted_dossier
from tests.world_procedures import contents

ACCOUNT = Ask("field", "bank_account", "bank-account-not-holder", "Tài khoản đứng tên TRAN THI LAN.", "")
THURSDAY = a_moment(date(2026, 11, 12), 15, 20)


def test_a_paused_dossier_has_no_due_date(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert dossier.due_on == date(2026, 11, 18)
    asked(world, dossier, at=THURSDAY)
    dossier.refresh_from_db()
    paused = Dossier.objects.get(pk=dossier.pk)
    assert (paused.state, paused.due_on) == (State.WAITING_FOR_APPLICANT, None)
    assert paused.results_due[0]["days_left"] == 4


def test_the_database_refuses_a_due_date_while_standing_still(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=THURSDAY)
    with pytest.raises(IntegrityError, match="no_due_date_while_standing_still"), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(due_on=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("asked_on", "answered_on", "due"),
    [
        (date(2026, 11, 12), date(2026, 11, 19), date(2026, 11, 26)),  # example 4
        (date(2026, 11, 18), date(2026, 11, 20), date(2026, 11, 23)),  # P3: no day was left
        (date(2026, 11, 12), date(2026, 11, 12), date(2026, 11, 18)),  # P4: answered the same day
        (date(2026, 11, 12), date(2026, 11, 14), date(2026, 11, 19)),  # P5: on a Saturday
    ],
)
def test_the_clock_goes_on_when_the_supplement_is_complete(
    world: World, asked_on: date, answered_on: date, due: date
) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=a_moment(asked_on, 9))
    dossier = answered(world, dossier, at=a_moment(answered_on, 10))
    assert (dossier.state, dossier.due_on) == (State.IN_PROGRESS, due)


def test_a_late_request_pauses_nothing(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=a_moment(date(2026, 11, 19)))
    dossier = answered(world, dossier, at=a_moment(date(2026, 11, 23)))
    assert dossier.due_on == date(2026, 11, 18)  # P9: late it was, late it stays


def test_one_request_holds_all_defects_with_reason_and_good_example(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    request = ask_for_more(dossier.pk, actor=world["specialist"], asks=[ACCOUNT, BLURRED], at=THURSDAY)
    account, photo = request.items.all()
    assert account.before == {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI LAN"}
    assert account.good.startswith("Số tài khoản đứng tên đúng người hưởng")
    assert (photo.target, photo.reason_code) == ("birth_certificate@children[0]", "paper-unreadable")
    assert request.answer_by == date(2026, 12, 14)  # 30 days end on Saturday the 12th


@pytest.mark.parametrize(
    ("slug", "days"),
    [("thanh-toan-truc-tiep-kcb", 20), ("ky-hop-dong-kcb-lan-dau", 30), ("ky-hop-dong-kcb-hang-nam", 10), ("khac", 30)],
)
def test_the_time_to_answer_is_what_the_procedure_says(slug: str, days: int) -> None:
    assert answer_within(slug, on=date(2026, 11, 12)) == Limit(days, Unit.CALENDAR_DAY)
    assert answer_within(slug, on=date(2025, 6, 30)) == Limit(30, Unit.CALENDAR_DAY)


def test_the_applicant_reads_the_time_to_answer_of_the_procedure(world: World) -> None:
    content = {**contents()[0], "slug": "thanh-toan-truc-tiep-kcb"}
    ProcedureVersion.objects.create(
        slug=content["slug"], in_force_from=date(2025, 7, 1), digest=content_digest(content), content=content,
        frozen_at=FILED_AT,
    )  # fmt: skip
    filed = a_submitted_dossier(world, content["slug"])
    request = ask_for_more(filed.pk, actor=world["counter"], asks=[BLURRED], at=THURSDAY)
    assert request.answer_by == date(2026, 12, 2)


def test_nothing_pinned_is_refused(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(Invalid, match="Chưa ghim chỗ nào"):
        ask_for_more(dossier.pk, actor=world["specialist"], asks=[], at=THURSDAY)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"wrong": "  "}, "wrong-missing"),
        ({"reason_code": ""}, "reason-unknown"),
        ({"reason_code": "condition-not-met"}, "reason-unknown"),
        ({"target": "mother_in_law"}, "unknown-target"),
        ({"target": "birth_certificate@children[7]"}, "unknown-target"),
        ({"target_kind": "wish"}, "unknown-target"),
    ],
)
def test_an_incomplete_ask_is_refused(world: World, fault: dict[str, str], code: str) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(DomainError) as refused:
        ask_for_more(dossier.pk, actor=world["specialist"], asks=[replace(BLURRED, **fault)], at=THURSDAY)
    assert refused.value.code == code


def test_one_place_is_pinned_once(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(Invalid, match="hai lần"):
        ask_for_more(dossier.pk, actor=world["specialist"], asks=[BLURRED, BLURRED], at=THURSDAY)


@pytest.mark.parametrize("empty", ["target", "reason_code", "clause", "wrong", "good"])
def test_the_database_itself_refuses_a_return_without_reason(world: World, empty: str) -> None:
    request = asked(world, a_dossier_in_appraisal(world), at=THURSDAY)
    given = {
        "target": "phone", "reason_code": "answer-incomplete", "clause": "Nghị định 118/2025/NĐ-CP",
        "wrong": "Thiếu số cuối.", "good": "Đủ mười số.", empty: "",
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="no_reason_no_return"), transaction.atomic():
        SupplementItem.objects.create(request=request, target_kind="field", **given)


def test_the_database_allows_one_open_request(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    first = asked(world, dossier, at=THURSDAY)
    with pytest.raises(IntegrityError, match="one_open_supplement_request"), transaction.atomic():
        SupplementRequest.objects.create(
            dossier=dossier,
            round=2,
            asked_at=THURSDAY,
            asked_by_id=first.asked_by_id,
            answer_by=first.answer_by,
            approved_by_id=world["head"].officer_id,
            approved_at=THURSDAY,
            why_again="Mới thấy.",
        )


def test_asking_twice_waits_for_the_first_answer(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=THURSDAY)
    with pytest.raises(Conflict, match="Đang chờ bổ sung"):
        asked(world, dossier, at=THURSDAY)


def test_before_acceptance_asking_pauses_nothing_and_leads_back_to_intake(world: World) -> None:
    dossier = a_submitted_dossier(world)
    ask_for_more(dossier.pk, actor=world["counter"], asks=[BLURRED], at=MONDAY)
    dossier = answered(world, dossier, at=THURSDAY)
    assert (dossier.state, dossier.stage, dossier.due_on) == (State.SUBMITTED, "intake", None)


def test_only_who_holds_the_stage_asks(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(NotAllowed):
        ask_for_more(dossier.pk, actor=world["counter"], asks=[BLURRED], at=THURSDAY)
    with pytest.raises(NotFound):
        ask_for_more(dossier.pk, actor=world["other_specialist"], asks=[BLURRED], at=THURSDAY)


def test_half_an_answer_is_not_sent(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[ACCOUNT, BLURRED], at=THURSDAY)
    with pytest.raises(Invalid, match="Còn 2 chỗ"):
        send(dossier.pk, actor=world.citizen, at=a_moment(date(2026, 11, 13)))


def test_filing_time_stays_beside_acceptance_time(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert (dossier.submitted_at, dossier.accepted_at) == (FILED_AT, MONDAY)


def test_only_the_pinned_rows_of_a_table_unlock(world: World) -> None:
    children = [{"name": "Lê An"}, {"name": "Lê Nhiên"}]
    dossier = a_dossier_in_appraisal(world, children=children)
    row = Ask("row", "children[1]", "answer-incomplete", "Thiếu họ đệm.", "Như giấy khai sinh.")
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[row], at=THURSDAY)
    for wrong in ([{"name": "Lê Trần An"}, {"name": "Lê Trần Nhiên"}], [{"name": "Lê An"}]):
        problems = answer_fields(dossier.pk, actor=world.citizen, answers={"children": wrong}, at=THURSDAY)
        assert "not-asked" in {problem.code for problem in problems}
    right = [{"name": "Lê An"}, {"name": "Lê Trần Nhiên"}]
    assert answer_fields(dossier.pk, actor=world.citizen, answers={"children": right}, at=THURSDAY) == []
    dossier.refresh_from_db()
    assert dossier.answers["children"] == right


def test_what_is_not_pinned_stays_even_when_it_is_sent(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[ACCOUNT], at=THURSDAY)
    answer_fields(dossier.pk, actor=world.citizen, answers={"full_name": "Người Khác"}, at=THURSDAY)
    assert Dossier.objects.get(pk=dossier.pk).answers["full_name"] == dossier.answers["full_name"]


def test_two_places_in_one_table_are_both_mended_by_one_answer(world: World) -> None:
    children = [{"name": "Lê An"}, {"name": "Lê Nhiên"}]
    dossier = a_dossier_in_appraisal(world, children=children)
    asks = [
        Ask("field", f"children[{row}].name", "answer-incomplete", "Thiếu họ đệm.", "Như giấy khai sinh.")
        for row in (0, 1)
    ]
    ask_for_more(dossier.pk, actor=world["specialist"], asks=asks, at=THURSDAY)
    full = [{"name": "Lê Trần An"}, {"name": "Lê Trần Nhiên"}]
    assert answer_fields(dossier.pk, actor=world.citizen, answers={"children": full}, at=THURSDAY) == []
    send(dossier.pk, actor=world.citizen, at=THURSDAY)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.answers["children"]) == (State.IN_PROGRESS, full)


def test_a_pinned_answer_that_stays_needs_a_word(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[ACCOUNT], at=THURSDAY)
    same = {"bank_account": dossier.answers["bank_account"]}
    (problem,) = answer_fields(dossier.pk, actor=world.citizen, answers=same, at=THURSDAY)
    assert (problem.path, problem.code) == ("bank_account", "unchanged")
    with pytest.raises(Invalid, match="Còn 1 chỗ"):
        send(dossier.pk, actor=world.citizen, at=THURSDAY)
    assert answer_fields(dossier.pk, actor=world.citizen, answers=same, kept={"bank_account"}, at=THURSDAY) == []
    assert SupplementItem.objects.get().kept
    send(dossier.pk, actor=world.citizen, at=THURSDAY)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.answers["bank_account"]) == (State.IN_PROGRESS, same["bank_account"])


def test_an_answer_that_changes_is_not_called_kept(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[ACCOUNT], at=THURSDAY)
    right = {"bank_account": {**dossier.answers["bank_account"], "holder": "TRAN THI MAI LAN"}}
    assert answer_fields(dossier.pk, actor=world.citizen, answers=right, kept={"bank_account"}, at=THURSDAY) == []
    assert not SupplementItem.objects.get().kept
