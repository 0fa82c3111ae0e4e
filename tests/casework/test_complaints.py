"""A complaint has its own clock, is answered by somebody who had no part in the decision, by a signed letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.complaints.answer import answer_complaint, complaints_for, make_complaint_letter, words_of
from ansinh.casework.complaints.file import Filing, file_complaint, may_complain, withdraw_complaint
from ansinh.casework.complaints.longer import take_longer
from ansinh.casework.complaints.paper import file_on_paper
from ansinh.casework.complaints.second import file_second, last_day_for_second
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.casework.reopening.reopen import reopen_for_complaint
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.notifications.models import Notice
from ansinh.offices.models import Level, Office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from ansinh.platform.storage import open_file
from ansinh.signing.check import check_pdf
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_sign
from tests.walls_of import application_role
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World, a_moment, a_paper, an_officer

THURSDAY, FRIDAY = (a_moment(date(2026, 11, day)) for day in (12, 13))
ABOUT = "Thiếu năm 2015 trong quá trình đóng để tính trợ cấp."
WANTS = "Tính lại trợ cấp theo đủ quá trình đóng."
WHY = "Sổ gốc có năm 2015; cơ quan đã ra kết quả sẽ giải quyết lại hồ sơ."


def _decided(world: World) -> Dossier:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


def _filed(world: World, dossier: Dossier, **other: Any) -> Complaint:
    return file_complaint(dossier.pk, actor=world.citizen, **{"about": ABOUT, "wants": WANTS, "at": THURSDAY, **other})


def _answered(world: World, complaint: Complaint, **other: Any) -> Complaint:
    facts = {"actor": world["director"], "outcome": "upheld", "words": WHY, "at": FRIDAY, **other}
    return answer_complaint(complaint.pk, **facts)


def test_it_goes_to_the_office_above_with_a_clock_of_its_own(world: World) -> None:
    dossier = _decided(world)
    complaint = _filed(world, dossier)
    assert complaint.number == f"KN1-{dossier.number}"
    assert (complaint.office_code, dossier.office_code) == (PROVINCE_OFFICE, LOCAL_OFFICE)
    assert complaint.due_on == date(2026, 12, 14)  # 30 days end on Saturday 12
    assert "02/2011/QH13" in complaint.basis_vi
    assert [one.pk for one in complaints_for(world["director"])] == [complaint.pk]
    assert not complaints_for(world["leader"]).exists()
    assert "14/12/2026" in Notice.objects.get(dossier_id=dossier.pk, code="complaint_filed").body_vi
    dossier.refresh_from_db()
    assert dossier.closed_at is not None  # the result stands meanwhile


def test_the_answer_is_a_signed_letter_of_the_office_above_and_the_applicant_is_told(world: World) -> None:
    dossier = _decided(world)
    complaint = _answered(world, _filed(world, dossier))
    assert Notice.objects.filter(dossier_id=dossier.pk, code="complaint_answered").exists()
    issued = make_complaint_letter(complaint.pk, at=FRIDAY)
    assert issued is not None
    assert make_complaint_letter(complaint.pk, at=FRIDAY) is None
    with open_file(issued.sha256) as file:
        report = check_pdf(file.read(), at=FRIDAY)
    assert report.signer is not None
    assert report.signer.common_name == "Tạ Quốc Việt"
    assert IssuedDocument.objects.filter(dossier=dossier, kind="complaint").count() == 1


@pytest.mark.parametrize(
    ("fault", "code"),
    [({"outcome": ""}, "complaint-outcome"), ({"words": "Không đúng."}, "complaint-answer")],
)
def test_an_answer_without_finding_or_reasons_is_refused(world: World, fault: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        _answered(world, _filed(world, _decided(world)), **fault)
    assert refused.value.code == code


def test_who_decided_never_answers_also_when_no_office_is_above(world: World) -> None:
    complaint = _filed(world, _decided(world))
    with pytest.raises(NotFound):
        _answered(world, complaint, actor=world["leader"])
    withdraw_complaint(complaint.dossier_id, actor=world.citizen, at=FRIDAY)
    own = Complaint.objects.create(  # as where no office is above
        number="KN9", dossier_id=complaint.dossier_id, office_code=LOCAL_OFFICE, account_id=world.citizen.account_id,
        filed_at=FRIDAY, about=ABOUT, wants=WANTS, due_on=date(2026, 12, 14), basis_vi="x",
    )  # fmt: skip
    with pytest.raises(NotAllowed) as refused:
        _answered(world, own, actor=world["leader"])
    assert refused.value.code == "own-decision"


def test_the_database_refuses_an_answer_by_who_decided(world: World) -> None:
    _filed(world, _decided(world))
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_complaint SET state = 'answered', outcome = 'rejected', answer = 'x', answered_at = now(),"
            " answered_title = 'x', answered_by_id = %s",
            [world["leader"].officer_id],
        )
    assert Complaint.objects.get().state == ComplaintState.FILED


def test_an_answer_is_never_rewritten(world: World) -> None:
    complaint = _answered(world, _filed(world, _decided(world)))
    with pytest.raises(Conflict):
        _answered(world, complaint)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_complaint SET answer = 'x'")


def test_only_what_is_decided_and_only_in_time(world: World) -> None:
    with pytest.raises(Conflict):
        _filed(world, a_dossier_in_appraisal(world))
    dossier = _decided(world)
    # The 90 days end on a Sunday of the New Year leave, so the last day is the first one worked after it.
    assert may_complain(dossier, on=date(2027, 2, 11))
    assert not may_complain(dossier, on=date(2027, 2, 12))
    with pytest.raises(Conflict):
        _filed(world, dossier, at=MONDAY + timedelta(days=95))


def test_one_at_a_time_and_a_new_one_after_it_was_taken_back(world: World) -> None:
    dossier = _decided(world)
    _filed(world, dossier)
    with pytest.raises(Conflict):
        _filed(world, dossier)
    withdraw_complaint(dossier.pk, actor=world.citizen, at=FRIDAY)
    assert _filed(world, dossier, at=FRIDAY).number.startswith("KN2-")


def _above(world: World) -> OfficerActor:
    """A leader of the agency above the province."""
    centre = Office.objects.create(
        code="99999", name_vi="Bảo hiểm xã hội Việt Nam", name_en="Vietnam Social Security", level=Level.CENTRAL,
        province_code="90", address="x", phone="1900 9068", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Office.objects.filter(code=PROVINCE_OFFICE).update(parent=centre)
    return an_officer("tong-giam-doc", "Đào Thị Hạnh", "Giám đốc", ((centre.code, Role.LEADER),))


def test_a_complicated_case_takes_longer_once_and_the_complainant_is_told_why(world: World) -> None:
    dossier = _decided(world)
    complaint = _filed(world, dossier)
    with pytest.raises(DomainError) as short:
        take_longer(complaint.pk, actor=world["director"], why="Khó.", at=FRIDAY)
    assert short.value.code == "complaint-longer-why"
    why = "Phải xác minh tại đơn vị cũ đã giải thể."
    made = take_longer(complaint.pk, actor=world["director"], why=why, at=FRIDAY)
    complaint.refresh_from_db()
    assert (made.old_due, complaint.due_on) == (date(2026, 12, 14), date(2026, 12, 28))  # 45 days end on Sunday 27
    assert "Điều 28" in made.basis_vi
    notice = Notice.objects.get(dossier_id=dossier.pk, code="complaint_extended")
    assert "28/12/2026" in notice.body_vi
    assert why in notice.body_vi
    with pytest.raises(Conflict):
        take_longer(complaint.pk, actor=world["director"], why=why, at=FRIDAY)
    with pytest.raises(NotFound):
        take_longer(complaint.pk, actor=world["leader"], why=why, at=FRIDAY)


def test_the_database_moves_the_day_of_an_answer_only_with_the_row_that_says_why(world: World) -> None:
    _filed(world, _decided(world))
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_complaint SET due_on = due_on + 1")


def _on_paper(world: World, **other: Any) -> Filing:
    scan = a_paper(world.citizen, kind="other", at=THURSDAY).file
    facts: dict[str, Any] = {
        "about": ABOUT, "wants": WANTS, "channel": "post", "complainant": "Trần Thị Lan",
        "received_on": date(2026, 11, 10), "typed_by_id": world["counter"].officer_id, "scan": scan,
        "scan_name": "don.pdf", **other,
    }  # fmt: skip
    return Filing(**facts)


def test_a_complaint_on_paper_counts_from_the_day_it_came_in(world: World) -> None:
    dossier = _decided(world)
    complaint = file_on_paper(dossier.pk, actor=world["counter"], filing=_on_paper(world), at=THURSDAY)
    assert (complaint.channel, complaint.account_id, complaint.complainant) == ("post", None, "Trần Thị Lan")
    assert complaint.due_on == date(2026, 12, 10)
    assert Notice.objects.filter(dossier_id=dossier.pk, code="complaint_filed").exists()
    assert _answered(world, complaint).state == ComplaintState.ANSWERED


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"channel": "portal"}, "complaint-way"),
        ({"complainant": " "}, "complaint-whose"),
        ({"received_on": None}, "complaint-day"),
        ({"received_on": date(2026, 11, 13)}, "complaint-day"),
        ({"scan": None}, "complaint-scan"),
        ({"about": "Sai."}, "complaint-empty"),
    ],
)
def test_a_complaint_on_paper_needs_its_scan_and_its_day(world: World, fault: dict[str, Any], code: str) -> None:
    dossier = _decided(world)
    with pytest.raises(DomainError) as refused:
        file_on_paper(dossier.pk, actor=world["counter"], filing=_on_paper(world, **fault), at=THURSDAY)
    assert refused.value.code == code


def test_a_late_complaint_is_taken_on_paper_with_what_hindered_the_person(world: World) -> None:
    dossier = _decided(world)
    at = a_moment(date(2027, 2, 15))
    late = {"received_on": date(2027, 2, 12)}
    with pytest.raises(Conflict):
        file_on_paper(dossier.pk, actor=world["counter"], filing=_on_paper(world, **late), at=at)
    hindered = _on_paper(world, **late, late_why="Nằm viện từ tháng 11 đến tháng 1.")
    assert file_on_paper(dossier.pk, actor=world["counter"], filing=hindered, at=at).late_why.startswith("Nằm viện")
    with pytest.raises(NotAllowed):
        file_on_paper(dossier.pk, actor=world["specialist"], filing=hindered, at=at)


@pytest.mark.parametrize("day", [date(26, 11, 9), date(2026, 11, 8)])
def test_a_complaint_on_paper_does_not_come_before_the_result(world: World, day: date) -> None:
    dossier = _decided(world)
    with pytest.raises(Invalid) as refused:
        file_on_paper(dossier.pk, actor=world["counter"], filing=_on_paper(world, received_on=day), at=FRIDAY)
    assert refused.value.code == "complaint-day"


def test_a_second_complaint_goes_to_the_level_above_by_its_own_limit(world: World) -> None:
    above = _above(world)
    dossier = _decided(world)
    first = _answered(world, _filed(world, dossier), outcome="rejected")
    assert "Việt Nam" in words_of(first).paragraphs[-1]
    assert last_day_for_second(first) == date(2026, 12, 14)  # the 30 days end on a Sunday
    with pytest.raises(Conflict) as again:
        _filed(world, dossier, at=FRIDAY)
    assert again.value.code == "complaint-answered"
    second = file_second(dossier.pk, actor=world.citizen, about=ABOUT, wants=WANTS, at=a_moment(date(2026, 11, 16)))
    assert (second.level, second.first_id, second.office_code) == (2, first.pk, "99999")
    assert second.due_on == date(2026, 12, 31)
    assert "Điều 37" in second.basis_vi
    done = answer_complaint(second.pk, actor=above, outcome="upheld", words=WHY, at=a_moment(date(2026, 11, 20)))
    assert "khởi kiện" in words_of(done).paragraphs[-1]
    made = reopen_for_complaint(second.pk, actor=above, at=a_moment(date(2026, 11, 20)))
    assert made.complaint_id == second.pk


def test_a_second_complaint_past_its_time_is_refused(world: World) -> None:
    _above(world)
    dossier = _decided(world)
    _answered(world, _filed(world, dossier), outcome="rejected")
    with pytest.raises(Conflict) as late:
        file_second(dossier.pk, actor=world.citizen, about=ABOUT, wants=WANTS, at=a_moment(date(2026, 12, 15)))
    assert late.value.code == "no-second-complaint"


def test_one_that_nobody_answered_in_time_is_passed_on(world: World) -> None:
    _above(world)
    dossier = _decided(world)
    first = _filed(world, dossier)
    second = file_second(dossier.pk, actor=world.citizen, about=ABOUT, wants=WANTS, at=a_moment(date(2026, 12, 15)))
    first.refresh_from_db()
    assert (first.state, second.first_id) == (ComplaintState.PASSED, first.pk)
    assert not complaints_for(world["director"]).exists()


def test_above_the_highest_level_there_is_the_court(world: World) -> None:
    dossier = _decided(world)
    _answered(world, _filed(world, dossier), outcome="rejected")
    with pytest.raises(Conflict) as highest:
        file_second(dossier.pk, actor=world.citizen, about=ABOUT, wants=WANTS, at=a_moment(date(2026, 11, 16)))
    assert highest.value.code == "no-level-above"
