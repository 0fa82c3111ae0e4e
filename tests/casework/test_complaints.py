"""A complaint has its own clock, is answered by somebody who had no part in the decision, by a signed letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.complaints.answer import answer_complaint, complaints_for, make_complaint_letter
from ansinh.casework.complaints.file import file_complaint, may_complain, withdraw_complaint
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.notifications.models import Notice
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from ansinh.platform.storage import open_file
from ansinh.signing.check import check_pdf
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_sign
from tests.walls_of import application_role
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World, a_moment

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
    assert may_complain(dossier, on=date(2027, 2, 7))
    assert not may_complain(dossier, on=date(2027, 2, 8))
    with pytest.raises(Conflict):
        _filed(world, dossier, at=MONDAY + timedelta(days=91))


def test_one_at_a_time_and_a_new_one_after_it_was_taken_back(world: World) -> None:
    dossier = _decided(world)
    _filed(world, dossier)
    with pytest.raises(Conflict):
        _filed(world, dossier)
    withdraw_complaint(dossier.pk, actor=world.citizen, at=FRIDAY)
    assert _filed(world, dossier, at=FRIDAY).number.startswith("KN2-")
