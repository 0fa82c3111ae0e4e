"""A result that was looked at again and proved right stands: told with a reason, nothing undone or done once more."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.complaints.answer import answer_complaint
from ansinh.casework.complaints.file import file_complaint
from ansinh.casework.ledger import intervals
from ansinh.casework.models import AppliedEffect, Confirmation, EffectReversal, Holding
from ansinh.casework.propose import propose_grant
from ansinh.casework.reopening.by_hand import undone_by_hand
from ansinh.casework.reopening.changed import what_changed
from ansinh.casework.reopening.confirm import can_confirm, confirm_result
from ansinh.casework.reopening.letter import make_confirmation_letter
from ansinh.casework.reopening.reopen import reopen, reopen_for_complaint
from ansinh.casework.rounds import signed_decision
from ansinh.dossiers.issued import issued_document
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.notifications.models import Notice
from ansinh.offices.queries import work_calendar
from ansinh.payments.models import Order, OrderState
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from ansinh.platform.storage import open_file
from ansinh.signing.check import check_pdf
from ansinh.statistics.fold import differences
from ansinh.statistics.models import Fact
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_payments import to_pay
from tests.casework.effects.test_records import effect
from tests.casework.test_reopening import FRIDAY, MISTAKE, THURSDAY, decided, decided_again, opened
from tests.walls_of import application_role
from tests.world import World, a_moment

WHY = "Sổ gốc không có năm 2015: kết quả đã tính đủ thời gian đóng."
TUESDAY, WEDNESDAY = (a_moment(date(2026, 11, day)) for day in (17, 18))
LATE = a_moment(date(2026, 12, 7))


def stands(world: World, dossier: Dossier, *, at: object = FRIDAY) -> Dossier:
    """The leader says that the earlier result was right."""
    confirm_result(dossier.pk, actor=world["leader"], why=WHY, at=at)  # type: ignore[arg-type]
    return Dossier.objects.get(pk=dossier.pk)


def test_the_dossier_ends_with_the_result_it_had(world: World) -> None:
    dossier = opened(world)
    before = signed_decision(dossier)
    dossier = stands(world, dossier)
    assert (dossier.state, dossier.closed_at, dossier.due_on) == (State.GRANTED, FRIDAY, None)
    assert signed_decision(dossier) == before
    assert what_changed(dossier) is None
    first = IssuedDocument.objects.get(dossier=dossier, kind="decision")
    issued = issued_document(first.sha256)
    assert issued is not None
    assert issued.standing.state == "stands"


def test_the_applicant_is_told_why_and_gets_a_signed_notice(world: World) -> None:
    dossier = stands(world, opened(world))
    notice = Notice.objects.get(dossier_id=dossier.pk, code="result_confirmed")
    assert "giữ nguyên" in notice.body_vi
    assert "2015" in notice.body_vi
    assert dossier.events.get(kind="result_confirmed").public
    made = Confirmation.objects.get()
    issued = make_confirmation_letter(made.pk, at=FRIDAY)
    assert issued is not None
    assert make_confirmation_letter(made.pk, at=FRIDAY) is None
    assert issued.number.endswith("-2/GNKQ-BHXH")
    with open_file(issued.sha256) as file:
        report = check_pdf(file.read(), at=FRIDAY)
    assert report.signer is not None
    assert report.signer.common_name == "Võ Đình Nam"


def test_nothing_is_undone_or_done_again(world: World) -> None:
    a_procedure(to_pay(method={"value": "cash_office"}))
    dossier = granted(world)
    reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=THURSDAY)
    stands(world, dossier)
    assert Order.objects.get().state == OrderState.READY
    assert AppliedEffect.objects.count() == 1
    assert not EffectReversal.objects.exists()


def test_the_ledger_of_holders_ends_with_it_and_the_limit_was_its_own(world: World) -> None:
    dossier = stands(world, opened(world))
    assert not Holding.objects.filter(dossier=dossier, ended_at=None).exists()
    spans = intervals(dossier, now=TUESDAY, calendar=work_calendar())
    assert (spans[-1].owner, spans[-1].end) == ("office", FRIDAY)
    assert not dossier.was_late


def test_after_the_day_of_the_round_it_is_late(world: World) -> None:
    assert stands(world, opened(world), at=LATE).was_late


def test_it_is_counted_closed_once_and_equals_a_recount(world: World) -> None:
    stands(world, opened(world))
    closed = Fact.objects.filter(measure="closed").values_list("n", flat=True)
    assert sum(closed) == 1
    assert list(differences()) == []


def test_it_may_be_opened_once_more_and_replaced_then(world: World) -> None:
    dossier = stands(world, opened(world))
    reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=TUESDAY)
    dossier = decided_again(world, Dossier.objects.get(pk=dossier.pk), at=WEDNESDAY)
    assert dossier.reopenings.count() == 2
    assert what_changed(dossier) is not None
    assert list(differences()) == []


@pytest.mark.parametrize("who", ["specialist", "head", "counter", "director", "other_specialist"])
def test_only_a_leader_of_the_deciding_office_may(world: World, who: str) -> None:
    dossier = opened(world)
    assert not can_confirm(dossier, viewer=world[who], on=date(2026, 11, 13))
    with pytest.raises((NotAllowed, NotFound)):
        confirm_result(dossier.pk, actor=world[who], why=WHY, at=FRIDAY)
    assert can_confirm(dossier, viewer=world["leader"], on=date(2026, 11, 13))


def test_it_needs_a_reason_an_open_round_and_no_draft(world: World) -> None:
    dossier = opened(world)
    with pytest.raises(DomainError) as refused:
        confirm_result(dossier.pk, actor=world["leader"], why="Đúng.", at=FRIDAY)
    assert refused.value.code == "confirmation-needs-why"
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=FRIDAY)
    with pytest.raises(Conflict) as refused:
        confirm_result(dossier.pk, actor=world["leader"], why=WHY, at=FRIDAY)
    assert refused.value.code == "proposal-first"


def test_a_dossier_that_is_not_looked_at_again_is_not_confirmed(world: World) -> None:
    dossier = decided(world)
    with pytest.raises(Conflict) as refused:
        confirm_result(dossier.pk, actor=world["leader"], why=WHY, at=FRIDAY)
    assert refused.value.code == "nothing-to-confirm"


def test_what_was_put_right_by_hand_already_does_not_stand_as_it_was(world: World) -> None:
    a_procedure(effect("leave_recorded", kind="sickness", days=3, **{"from": "2026-11-02", "to": "2026-11-04"}))
    dossier = granted(world)
    reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=THURSDAY)
    undone_by_hand(
        dossier.pk, dossier.effects.get().pk, actor=world["head"], words="Đã hủy ba ngày nghỉ trong sổ.",
        document="15/ĐC-BHXH", at=FRIDAY,
    )  # fmt: skip
    with pytest.raises(Conflict) as refused:
        confirm_result(dossier.pk, actor=world["leader"], why=WHY, at=FRIDAY)
    assert refused.value.code == "undone-already"


def test_a_result_a_complaint_was_found_right_about_does_not_stand(world: World) -> None:
    dossier = decided(world)
    complaint = file_complaint(
        dossier.pk, actor=world.citizen, about="Thiếu năm 2015 trong quá trình đóng.", wants="Tính lại cho đủ.",
        at=THURSDAY,
    )  # fmt: skip
    answer_complaint(
        complaint.pk, actor=world["director"], outcome="upheld", words="Sổ gốc có năm 2015, phải tính lại.", at=FRIDAY
    )
    reopen_for_complaint(complaint.pk, actor=world["leader"], at=FRIDAY)
    with pytest.raises(Conflict) as refused:
        confirm_result(dossier.pk, actor=world["leader"], why=WHY, at=TUESDAY)
    assert refused.value.code == "complaint-upheld"


def test_the_database_ends_no_round_by_itself_and_keeps_the_row(world: World) -> None:
    dossier = opened(world)
    facts = {"reopening": dossier.reopenings.get(), "dossier": dossier, "at": FRIDAY, "why": WHY, "decided_title": "x"}
    with pytest.raises(DatabaseError, match="proposed"), transaction.atomic():
        Confirmation.objects.create(decided_by_id=world["specialist"].officer_id, **facts)
    stands(world, dossier)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for statement in ("UPDATE casework_confirmation SET why = 'x'", "DELETE FROM casework_confirmation"):
        with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_ends_a_round_in_no_other_state_than_the_result_had(world: World) -> None:
    dossier = opened(world)
    Confirmation.objects.create(
        reopening=dossier.reopenings.get(), dossier=dossier, at=FRIDAY, why=WHY, decided_title="x",
        decided_by_id=world["leader"].officer_id,
    )  # fmt: skip
    with (
        pytest.raises(DatabaseError, match="ends with a decision"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE dossiers_dossier SET state = 'refused', closed_at = %s, last_event_at = %s, due_on = NULL,"
            " stage_role = '' WHERE id = %s",
            [FRIDAY, FRIDAY, dossier.pk],
        )
        cursor.execute("SET CONSTRAINTS casework_new_round_ends IMMEDIATE")
