"""Problems: told to the office above, passed on, answered once, each with its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from ansinh.directives import problems
from ansinh.directives.models import ProblemReport, ProblemStep
from ansinh.directives.problems_of_units import report_as_unit, reports_of_units
from ansinh.notifications.models import Notice
from ansinh.offices.models import Level, Office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Organisation, Role, UnitCharge
from ansinh.people.views_of import view_of_citizen, view_of_officer
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from tests.browsers import Client
from tests.walls_of import seen_as
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World, an_officer
from tests.world_organisations import an_organisation, hired

NO_CODES = problems.Problem("account", "Mã xác thực không đến", "Từ 8 giờ sáng, 12 hồ sơ.\nĐã thử gửi lại.")
ADDRESS = "/can-bo/vuong-mac"


@pytest.fixture
def centre(world: World) -> OfficerActor:
    """Somebody who speaks for the central office, above the province."""
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    Office.objects.filter(code=PROVINCE_OFFICE).update(parent="00000")
    return an_officer("trung-uong", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))


def reported(world: World, **more: object) -> ProblemReport:
    """The counter of the local office tells the province."""
    told = problems.Problem(**{**NO_CODES.__dict__, **more})
    return problems.report(told, office_code=LOCAL_OFFICE, actor=world["counter"], at=NOW)


@pytest.mark.requirement("R-116", "R-178")
def test_a_local_office_tells_its_province_which_answers_by_a_day(world: World) -> None:
    told = reported(world)
    assert (told.to_office_id, told.due_on) == (PROVINCE_OFFICE, date(2026, 11, 16))
    assert reported(world, urgent=True).due_on == date(2026, 11, 10)
    assert [one.urgent for one in problems.to_answer(world["director"], at=NOW)] == [True, False]
    assert not problems.to_answer(world["counter"], at=NOW).exists()
    problems.answer(told.pk, text="Nhà mạng đã sửa lúc 9 giờ.", actor=world["director"], at=NOW)
    seen = problems.known(world["counter"], at=NOW).get(pk=told.pk)
    assert seen.answer == "Nhà mạng đã sửa lúc 9 giờ." and [one.kind for one in seen.steps.all()] == [
        "reported", "answered",
    ]  # fmt: skip


@pytest.mark.requirement("R-116", "R-178")
def test_a_province_passes_on_what_it_cannot_solve_and_the_centre_has_its_own_days(
    world: World, centre: OfficerActor
) -> None:
    told, later = reported(world), NOW + timedelta(days=3)
    problems.pass_on(told.pk, note="Lỗi của phần mềm chung.", actor=world["director"], at=later)
    told.refresh_from_db()
    assert (told.to_office_id, told.due_on) == ("00000", date(2026, 11, 19))
    with pytest.raises(NotFound):
        problems.answer(told.pk, text="Đã rõ.", actor=world["director"], at=later)
    assert told in problems.known(world["director"], at=later)
    with pytest.raises(Conflict):
        problems.pass_on(told.pk, note="Chuyển tiếp.", actor=centre, at=later)
    problems.answer(told.pk, text="Bản sửa cài lúc 20 giờ.", actor=centre, at=later)


def test_an_office_owes_the_answers_to_what_lies_with_itself(world: World, centre: OfficerActor) -> None:
    told = reported(world)
    assert not problems.to_answer(centre, at=NOW).exists()
    assert told in problems.known(centre, at=NOW)  # seen from above, with its day
    with pytest.raises(NotFound):
        problems.answer(told.pk, text="Đã rõ.", actor=centre, at=NOW)
    assert told in problems.to_answer(world["director"], at=NOW)


def test_an_answer_is_written_once_and_steps_only_grow(world: World) -> None:
    told = reported(world)
    problems.answer(told.pk, text="Đã sửa.", actor=world["director"], at=NOW)
    with pytest.raises(Conflict):
        problems.answer(told.pk, text="Sửa lại.", actor=world["director"], at=NOW)
    for change in (
        lambda: ProblemReport.objects.filter(pk=told.pk).update(answer="Khác"),
        lambda: ProblemReport.objects.filter(pk=told.pk).update(title="Khác"),
        lambda: ProblemStep.objects.filter(report=told).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("more", "code"),
    [({"about": "la"}, "problem-about"), ({"title": " "}, "problem-title"), ({"body": "x" * 5001}, "problem-words")],
)
def test_what_is_not_said_is_asked_for(world: World, more: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        reported(world, **more)
    assert refused.value.code == code


def test_nobody_reports_for_another_office_nor_above_the_highest(world: World, centre: OfficerActor) -> None:
    with pytest.raises(NotAllowed):
        problems.report(NO_CODES, office_code=PROVINCE_OFFICE, actor=world["counter"], at=NOW)
    with pytest.raises(DomainError):
        problems.report(NO_CODES, office_code="00000", actor=centre, at=NOW)


def test_the_page_reports_and_answers(world: World, browser: Callable[[str], Client]) -> None:
    desk = browser("counter")
    assert "Chưa có vướng mắc nào." in desk.get(ADDRESS).content.decode()
    typed = {"_act": "report", "about": "network", "title": "Mất mạng", "body": "Từ 8 giờ.", "office": LOCAL_OFFICE}
    assert desk.post(ADDRESS, {**typed, "about": ""}).status_code == 422
    assert "Đã báo" in desk.post(ADDRESS, typed, follow=True).content.decode()
    told = ProblemReport.objects.get()
    director, answer = browser("director"), {"_act": "answer", "report": str(told.pk)}
    assert "Chờ cơ quan tôi trả lời: 1" in director.get(ADDRESS).content.decode()
    assert director.post(ADDRESS, answer).status_code == 422
    assert desk.post(ADDRESS, {**answer, f"words-{told.pk}": "Tự trả lời."}).status_code == 422
    assert ProblemReport.objects.get().answered_at is None
    director.post(ADDRESS, {**answer, f"words-{told.pk}": "Đã nối lại."})
    assert "Đã nối lại." in desk.get(ADDRESS).content.decode()


CANNOT_SIGN = problems.Problem("account", "Chữ ký số của đơn vị bị từ chối", "Từ sáng nay, hồ sơ 00012/2026/90001.")


@pytest.fixture
def company(world: World) -> Organisation:
    """A company of the local office, with the citizen among its people and the collector in charge of it."""
    made = an_organisation("9999000044", "Công ty Dệt Cửa Lò", unit_code="TA0001A", managing_office=LOCAL_OFFICE)
    hired(made, world.citizen, "read", valid_from=date(2020, 1, 1))
    UnitCharge.objects.create(
        office_code=LOCAL_OFFICE, unit_code="TA0001A", unit_name=made.name, function="benefits",
        officer_id=world["collector"].officer_id, contact_name="Phòng nhân sự", contact_phone="84900000001",
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    return made


def told_by_the_unit(world: World, company: Organisation, **more: object) -> ProblemReport:
    """The citizen tells a problem of the company."""
    told = problems.Problem(**{**CANNOT_SIGN.__dict__, **more})
    return report_as_unit(told, organisation_id=company.pk, actor=world.citizen, at=NOW)


@pytest.mark.requirement("R-116", "R-178")
def test_a_unit_tells_its_managing_office_where_the_officer_in_charge_answers(
    world: World, company: Organisation
) -> None:
    told = told_by_the_unit(world, company)
    assert (told.to_office_id, told.due_on, told.unit_name) == (LOCAL_OFFICE, date(2026, 11, 16), "Công ty Dệt Cửa Lò")
    assert [one.pk for one in problems.to_answer(world["collector"], at=NOW)] == [told.pk]
    assert [one.pk for one in problems.to_answer(world["leader"], at=NOW)] == [told.pk]
    assert not problems.to_answer(world["specialist"], at=NOW).exists()
    problems.answer(told.pk, text="Xin gia hạn chứng thư.", actor=world["collector"], at=NOW)
    (seen,) = reports_of_units(world.citizen, on=NOW.date())
    assert seen.answer == "Xin gia hạn chứng thư." and seen.answered_at == NOW
    notice = Notice.objects.get(code="problem_answered")
    assert notice.account_id == world.citizen.account_id and "đã trả lời vướng mắc" in notice.title_vi


@pytest.mark.requirement("R-116", "R-178")
def test_a_unit_s_problem_goes_through_the_province_to_the_centre_and_comes_back_answered(
    world: World, company: Organisation, centre: OfficerActor
) -> None:
    told, later = told_by_the_unit(world, company), NOW + timedelta(days=1)
    with seen_as(view_of_officer(world["leader"])):
        problems.pass_on(told.pk, note="Lỗi ở tỉnh.", actor=world["leader"], at=later)
        assert problems.known(world["leader"], at=later).filter(pk=told.pk).exists()
    with seen_as(view_of_officer(world["director"])):
        problems.pass_on(told.pk, note="Lỗi phần mềm chung.", actor=world["director"], at=later)
    with seen_as(view_of_officer(centre)):
        problems.answer(told.pk, text="Bản sửa cài lúc 20 giờ.", actor=centre, at=later)
    with seen_as(view_of_citizen(world.citizen)):
        (seen,) = reports_of_units(world.citizen, on=NOW.date())
        assert [(one.kind, one.office_id) for one in seen.steps.all()] == [
            ("reported", None), ("passed_on", LOCAL_OFFICE), ("passed_on", PROVINCE_OFFICE), ("answered", "00000"),
        ]  # fmt: skip


def test_what_a_unit_told_is_seen_by_its_people_and_on_its_way_and_by_nobody_else(
    world: World, company: Organisation
) -> None:
    told = told_by_the_unit(world, company)
    for name, sees in (("counter", True), ("director", True), ("other_counter", False)):
        with seen_as(view_of_officer(world[name])):
            assert ProblemReport.objects.filter(pk=told.pk).exists() is sees, name
    with seen_as(view_of_citizen(world.citizen)):
        assert ProblemReport.objects.filter(pk=told.pk).exists()
    elsewhere = an_organisation("9999000084", "Trường Trung học Cửa Lò", kind="school")
    with pytest.raises(NotAllowed):
        report_as_unit(CANNOT_SIGN, organisation_id=elsewhere.pk, actor=world.citizen, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProblemReport.objects.filter(pk=told.pk).update(unit_name="Công ty khác")


def test_the_unit_s_page_tells_and_shows_the_answer(
    world: World, company: Organisation, browser: Callable[[str], Client]
) -> None:
    citizen, address = browser("citizen"), "/vuong-mac"
    assert address in citizen.get("/to-chuc").content.decode()
    typed = {"organisation": str(company.pk), "about": "portal", "title": "Không tải được tệp", "body": "Từ 8 giờ."}
    assert "Xin chọn trong danh sách" in citizen.post(address, {**typed, "about": ""}).content.decode()
    assert citizen.post(address, {**typed, "organisation": "x"}).status_code == 422
    assert "Đã báo" in citizen.post(address, typed, follow=True).content.decode()
    told = ProblemReport.objects.get()
    collector = browser("collector")
    assert "Công ty Dệt Cửa Lò" in collector.get(ADDRESS).content.decode()
    given = {"_act": "answer", "report": str(told.pk), f"words-{told.pk}": "Đã mở lại."}
    assert collector.post(ADDRESS, given).status_code == 302
    assert "Đã mở lại." in citizen.get(address).content.decode()
