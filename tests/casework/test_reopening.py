"""A decided dossier is opened again on a ground, by a leader, with its own limit; the earlier result stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.ask_for_more import ask_for_more
from ansinh.casework.complaints.answer import answer_complaint
from ansinh.casework.complaints.file import file_complaint
from ansinh.casework.extend import Order as ExtensionOrder
from ansinh.casework.extend import extend
from ansinh.casework.hand_over import hand_over
from ansinh.casework.ledger import intervals, office_days
from ansinh.casework.models import Decision, Reopening
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.reopening.letter import make_reopening_letter
from ansinh.casework.reopening.reopen import Order, can_act_on, can_reopen, reopen, reopen_for_complaint
from ansinh.casework.rounds import signed_decision
from ansinh.casework.sign import sign
from ansinh.dossiers.issued import issued_document
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.dossiers.withdraw import withdraw
from ansinh.notifications.models import Notice
from ansinh.offices.queries import work_calendar
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from ansinh.platform.models import AuditEvent
from ansinh.platform.storage import open_file
from ansinh.signing.check import check_pdf
from ansinh.statistics.fold import differences
from ansinh.statistics.models import Fact
from tests.casework.moves import BLURRED, MONDAY, a_dossier_in_appraisal, a_dossier_to_sign, answered
from tests.walls_of import application_role
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, an_officer

THURSDAY, FRIDAY = (a_moment(date(2026, 11, day)) for day in (12, 13))
DECEMBER = a_moment(date(2026, 12, 1))
MISTAKE = Order("mistake", "Cơ quan tính thiếu một năm đóng của ông/bà.")


def decided(world: World) -> Dossier:
    """Granted on Monday 9."""
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


def opened(world: World, *, at: Any = THURSDAY, **other: Any) -> Dossier:
    """Granted on Monday, opened again by the leader."""
    dossier = decided(world)
    reopen(dossier.pk, **{"actor": world["leader"], "order": MISTAKE, "at": at, **other})
    return Dossier.objects.get(pk=dossier.pk)


def decided_again(world: World, dossier: Dossier, *, amount: int | None = None, at: Any = FRIDAY) -> Dossier:
    """The new round through every hand."""
    propose_grant(
        dossier.pk, actor=world["specialist"], amount=amount, override_reason="Theo sổ gốc." if amount else "",
        note="", at=at,
    )  # fmt: skip
    control(dossier.pk, actor=world["head"], note="", at=at)
    sign(dossier.pk, actor=world["leader"], at=at)
    return Dossier.objects.get(pk=dossier.pk)


def test_it_keeps_its_number_and_begins_a_round_with_a_limit_of_its_own(world: World) -> None:
    before = decided(world)
    made = reopen(before.pk, actor=world["leader"], order=MISTAKE, at=THURSDAY)
    dossier = Dossier.objects.get(pk=before.pk)
    assert (dossier.number, dossier.state, dossier.stage) == (before.number, State.IN_PROGRESS, "appraise")
    assert (dossier.closed_at, dossier.reopened_at) == (None, THURSDAY)
    assert dossier.due_on == date(2026, 11, 19)  # five working days from Thursday 12
    assert (made.round, made.decision.number, made.earlier_closed_at) == (2, made.decision.number, MONDAY)
    assert "118/2025" in made.basis_vi
    assert made.quality == "secondary"
    spans = intervals(dossier, now=FRIDAY, calendar=work_calendar())
    assert [(span.owner, span.begin) for span in spans[-2:]] == [("ended", MONDAY), ("office", THURSDAY)]
    assert office_days(spans) == 1  # of this round


def test_the_applicant_is_told_and_gets_a_signed_notice(world: World) -> None:
    dossier = opened(world)
    notice = Notice.objects.get(dossier_id=dossier.pk, code="result_reopened")
    assert "19/11/2026" in notice.body_vi
    assert "sai sót" in notice.body_vi
    assert "19/11/2026" in notice.body_en
    assert dossier.events.get(kind="reopened").facts["why"] == MISTAKE.why
    made = dossier.reopenings.get()
    issued = make_reopening_letter(made.pk, at=THURSDAY)
    assert issued is not None
    assert make_reopening_letter(made.pk, at=THURSDAY) is None
    with open_file(issued.sha256) as file:
        report = check_pdf(file.read(), at=THURSDAY)
    assert report.signer is not None
    assert report.signer.common_name == "Võ Đình Nam"
    assert AuditEvent.objects.filter(table="casework_reopening", row_id=made.pk, to_state="mistake").exists()


def test_the_earlier_result_is_said_to_be_looked_at_and_then_replaced(world: World) -> None:
    dossier = opened(world)
    first = IssuedDocument.objects.get(dossier=dossier, kind="decision")
    issued = issued_document(first.sha256)
    assert issued is not None
    assert (issued.standing.state, issued.standing.at) == ("again", THURSDAY)
    decided_again(world, dossier)
    second = IssuedDocument.objects.filter(dossier=dossier, kind="decision").last()
    assert second is not None
    assert second.number == first.number.replace("/", "-2/", 1)
    issued = issued_document(first.sha256)
    assert issued is not None
    assert (issued.standing.state, issued.standing.number) == ("replaced", second.number)
    xml = IssuedDocument.objects.filter(dossier=dossier, kind="result_xml").earliest("issued_at")
    assert (old := issued_document(xml.sha256)) is not None
    assert old.standing.state == "replaced"
    assert (new := issued_document(second.sha256)) is not None
    assert new.standing.state == "stands"
    with open_file(first.sha256) as file:
        assert file.read(4) == b"%PDF"


@pytest.mark.parametrize("who", ["specialist", "head", "counter", "director", "other_specialist"])
def test_only_a_leader_of_the_deciding_office_may(world: World, who: str) -> None:
    dossier = decided(world)
    with pytest.raises((NotAllowed, NotFound)):
        reopen(dossier.pk, actor=world[who], order=MISTAKE, at=THURSDAY)
    assert not can_reopen(dossier, viewer=world[who], on=date(2026, 11, 12))
    assert can_reopen(dossier, viewer=world["leader"], on=date(2026, 11, 12))


def test_a_head_with_the_capacity_to_sign_may(world: World) -> None:
    dossier = decided(world)
    head = an_officer("to-truong", "Lý Văn Tâm", "Phó Giám đốc", ((LOCAL_OFFICE, Role.HEAD),))
    made = reopen(dossier.pk, actor=head, order=MISTAKE, at=THURSDAY)
    assert made.decided_capacity == "KT. GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"ground": "because"}, "ground-unknown"),
        ({"ground": "complaint-upheld"}, "ground-unknown"),
        ({"why": "Sai."}, "reopening-needs-why"),
        ({"ground": "court-judgment"}, "reopening-needs-document"),
        ({"document_day": date(2026, 11, 13)}, "document-in-future"),
    ],
)
def test_an_order_without_its_ground_is_refused(world: World, fault: dict[str, Any], code: str) -> None:
    dossier = decided(world)
    with pytest.raises(DomainError) as refused:
        reopen(dossier.pk, actor=world["leader"], order=replace(MISTAKE, **fault), at=THURSDAY)
    assert refused.value.code == code
    assert not Reopening.objects.exists()


def test_what_is_open_or_was_withdrawn_is_not_opened_again(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(Conflict):
        reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=THURSDAY)
    withdraw(dossier.pk, actor=world.citizen, reason="", at=THURSDAY)
    with pytest.raises(Conflict):
        reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=FRIDAY)


def test_a_dossier_with_a_result_is_neither_withdrawn_nor_given_away(world: World) -> None:
    dossier = opened(world)
    with pytest.raises(Conflict):
        withdraw(dossier.pk, actor=world.citizen, reason="", at=FRIDAY)
    with pytest.raises(Conflict):
        hand_over(dossier.pk, actor=world["specialist"], to_office=OTHER_OFFICE, reason="Nhầm nơi.", at=FRIDAY)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET state = 'in_progress', closed_at = NULL, last_event_at = now()",
        (
            "UPDATE dossiers_dossier SET state = 'in_progress', closed_at = NULL, reopened_at = now(),"
            " last_event_at = now()"
        ),
        "UPDATE dossiers_dossier SET state = 'refused'",
        "UPDATE dossiers_dossier SET reopened_at = now()",
    ],
)
def test_the_database_opens_nothing_without_the_row_of_a_ground(world: World, statement: str) -> None:
    dossier = decided(world)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE id = %s", [dossier.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED


def test_the_database_refuses_the_row_of_who_proposed(world: World) -> None:
    dossier = decided(world)
    decision = Decision.objects.get(dossier=dossier)
    facts: dict[str, Any] = {
        "dossier": dossier, "round": 2, "at": THURSDAY, "ground": "mistake", "ground_vi": "x", "ground_en": "x",
        "basis_vi": "x", "quality": "x", "why": "x", "limit_value": 5, "limit_unit": "working_day",
        "decision": decision, "earlier_result": "granted", "earlier_closed_at": MONDAY, "earlier_was_late": False,
        "office_code": dossier.office_code, "decided_title": "x",
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="proposed"), transaction.atomic():
        Reopening.objects.create(decided_by_id=world["specialist"].officer_id, **facts)
    with pytest.raises(DatabaseError, match="only a decided"), transaction.atomic():
        Reopening.objects.create(decided_by_id=world["leader"].officer_id, **{**facts, "earlier_closed_at": THURSDAY})


def test_the_database_ends_a_new_round_only_by_a_new_decision(world: World) -> None:
    dossier = opened(world)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET state = 'granted', closed_at = now(), last_event_at = now(), due_on = NULL"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROGRESS


def test_a_reopening_is_never_rewritten(world: World) -> None:
    opened(world)
    for statement in ("UPDATE casework_reopening SET why = 'x'", "DELETE FROM casework_reopening"):
        with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_new_clock_stands_still_and_is_extended_like_the_first(world: World) -> None:
    dossier = opened(world)  # due on the 19th
    storm = ExtensionOrder("disaster", 2, "12/QĐ-UBND", date(2026, 11, 11), "Bão số 9, cơ quan phải sơ tán.")
    extend(dossier.pk, actor=world["leader"], order=storm, at=FRIDAY)
    dossier.refresh_from_db()
    assert dossier.due_on == date(2026, 11, 23)
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[BLURRED], at=a_moment(date(2026, 11, 16)))
    dossier.refresh_from_db()
    assert dossier.due_on is None
    dossier = answered(world, dossier, at=a_moment(date(2026, 11, 18)))
    assert dossier.due_on == date(2026, 11, 26)  # two days of the applicant; the 24th is a holiday


def test_it_is_closed_once_and_counted_as_opened_again(world: World) -> None:
    dossier = opened(world)
    assert _counted("closed") == 0
    decided_again(world, dossier)
    assert _counted("closed") == 1
    assert _counted("reopened") == 1
    assert list(differences()) == []


def test_a_result_that_came_late_stays_late(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=DECEMBER)
    reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=a_moment(date(2026, 12, 2)))
    dossier = decided_again(world, dossier, at=a_moment(date(2026, 12, 3)))
    assert dossier.was_late


def test_a_complaint_found_right_opens_the_dossier_in_one_press(world: World) -> None:
    dossier = decided(world)
    complaint = file_complaint(
        dossier.pk, actor=world.citizen, about="Thiếu năm 2015 trong quá trình đóng.", wants="Tính lại cho đủ.",
        at=THURSDAY,
    )  # fmt: skip
    with pytest.raises(Conflict):
        reopen_for_complaint(complaint.pk, actor=world["director"], at=THURSDAY)
    answer_complaint(
        complaint.pk, actor=world["director"], outcome="partly", words="Sổ gốc có năm 2015, phải tính lại.", at=FRIDAY
    )
    made = reopen_for_complaint(complaint.pk, actor=world["director"], at=FRIDAY)
    dossier.refresh_from_db()
    assert (dossier.state, made.ground, made.complaint_id) == (State.IN_PROGRESS, "complaint-upheld", complaint.pk)
    assert made.document_number == complaint.number
    assert make_reopening_letter(made.pk, at=FRIDAY) is not None
    with pytest.raises(Conflict):
        reopen_for_complaint(complaint.pk, actor=world["leader"], at=FRIDAY)


def test_the_leader_of_the_deciding_office_may_act_on_the_complaint_too(world: World) -> None:
    dossier = decided(world)
    complaint = file_complaint(
        dossier.pk, actor=world.citizen, about="Thiếu năm 2015 trong quá trình đóng.", wants="Tính lại cho đủ.",
        at=THURSDAY,
    )  # fmt: skip
    answer_complaint(
        complaint.pk, actor=world["director"], outcome="upheld", words="Sổ gốc có năm 2015, phải tính lại.", at=FRIDAY
    )
    with pytest.raises(NotFound):
        reopen_for_complaint(complaint.pk, actor=world["specialist"], at=FRIDAY)
    assert reopen_for_complaint(complaint.pk, actor=world["leader"], at=FRIDAY).office_code == dossier.office_code


def test_a_complaint_about_a_result_that_was_replaced_opens_nothing(world: World) -> None:
    dossier = decided(world)
    complaint = file_complaint(
        dossier.pk, actor=world.citizen, about="Thiếu năm 2015 trong quá trình đóng.", wants="Tính lại cho đủ.",
        at=THURSDAY,
    )  # fmt: skip
    answer_complaint(
        complaint.pk, actor=world["director"], outcome="upheld", words="Sổ gốc có năm 2015, phải tính lại.", at=FRIDAY
    )
    reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=FRIDAY)
    dossier = decided_again(world, dossier, at=a_moment(date(2026, 11, 17)))
    at = a_moment(date(2026, 11, 18))
    assert not can_act_on(complaint, viewer=world["leader"], on=at.date())
    with pytest.raises(Conflict) as refusal:
        reopen_for_complaint(complaint.pk, actor=world["leader"], at=at)
    assert refusal.value.code == "complaint-of-earlier"
    first, second = signed_decision(dossier, until=complaint.filed_at), signed_decision(dossier)
    assert first is not None and second is not None and first.number != second.number


def _counted(measure: str) -> int:
    return sum(Fact.objects.filter(measure=measure).values_list("n", flat=True))
