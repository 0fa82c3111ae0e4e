"""In a browser: an apology, an opinion, a complaint answered; the provincial director, the centre and a unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings as present
from playwright.sync_api import Browser, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from ansinh.casework.apologies.draft import tend
from ansinh.casework.complaints.file import file_complaint
from ansinh.casework.reading import open_for_purpose
from ansinh.casework.reopening.reopen import reopen
from ansinh.casework.sign import sign
from ansinh.directives.models import Campaign
from ansinh.directives.problems import Problem
from ansinh.directives.problems_of_units import report_as_unit
from ansinh.offices.models import Level, Office
from ansinh.people.models import Account, Organisation, Role
from ansinh.platform.queue import drain
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_sign
from tests.casework.test_reopening import MISTAKE
from tests.journeys.officer_desk import Desk
from tests.journeys.test_officer_desk import NOW, Opened
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import place as place
from tests.journeys.test_officer_desk import world as world
from tests.threads import aside
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, PROVINCE_OFFICE, World, a_moment, an_officer
from tests.world_organisations import an_organisation, hired

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def citizen(browser: Browser, live_server: LiveServer, world: World) -> Iterator[Desk]:
    """The person, signed in at another browser."""
    door = Client()
    door.enter(Account.objects.get(pk=world.citizen.account_id))
    name = present.SESSION_COOKIE_NAME
    one = Desk.__new__(Desk)
    one.site, one.said = live_server.url, []
    one.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi")
    one.context.add_cookies([{"name": name, "value": door.cookies[name].value, "url": live_server.url}])
    one.page = one.context.new_page()
    yield one
    one.close()


@pytest.fixture
def company(world: World) -> Organisation:
    """A company of the local office where the citizen works."""
    made = an_organisation("9999000044", "Công ty Dệt Cửa Lò", unit_code="TA0001A", managing_office=LOCAL_OFFICE)
    hired(made, world.citizen, "read", "file", valid_from=date(2020, 1, 1))
    return made


def test_a_leader_signs_the_apology_that_was_drafted_before_the_overrun(
    world: World, desk: Opened, settings: Settings
) -> None:
    later = a_moment(date(2026, 11, 16), 9)
    dossier = a_dossier_in_appraisal(world)
    settings.CLOCK = lambda: later
    tend(at=later)
    open_for_purpose(
        dossier.pk, reader=world["leader"], purpose="supervise", sentence="Ký thư xin lỗi của hồ sơ này.", at=later
    )
    leader = desk("leader")
    leader.open("/can-bo/thu-xin-loi")
    leader.look("apologies")
    leader.open(f"/can-bo/ho-so/{dossier.pk}/xin-loi")
    leader.page.locator("#why").fill("Chờ đối chiếu quá trình đóng.")
    leader.look("apology")
    leader.press("Ký và gửi người nộp")
    expect(leader.page.get_by_role("status").first).to_be_visible()
    leader.open("/can-bo/thu-xin-loi")
    expect(leader.page.get_by_text(dossier.number)).to_have_count(0)


def test_a_specialist_asks_a_colleague_of_another_office_who_answers(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    specialist = desk("specialist")
    specialist.open(f"/can-bo/ho-so/{dossier.pk}/y-kien?co-quan={OTHER_OFFICE}")
    specialist.page.locator("#to").select_option(str(world["other_specialist"].officer_id))
    specialist.page.locator("#question").fill("Quá trình đóng năm 2015 có khớp sổ gốc không?")
    for part, value in (("", "13"), (".month", "11"), (".year", "2026")):
        specialist.page.locator(f"[id='wanted{part}']").fill(value)
    specialist.look("opinion-ask-elsewhere")
    specialist.press("Hỏi ý kiến")
    other = desk("other_specialist")
    other.open("/can-bo/y-kien")
    other.look("opinions-asked-elsewhere")
    other.press(dossier.number)
    other.page.locator("#answer").fill("Khớp với sổ gốc lưu tại cơ quan tôi.")
    other.look("opinion-answer")
    other.press("Gửi ý kiến")
    expect(other.page.get_by_text(dossier.number)).to_have_count(0)
    specialist.open(f"/can-bo/ho-so/{dossier.pk}/y-kien")
    expect(specialist.page.get_by_text("Khớp với sổ gốc lưu tại cơ quan tôi.")).to_be_visible()


def test_the_office_above_answers_a_complaint_and_the_person_reads_it(
    world: World, desk: Opened, citizen: Desk
) -> None:
    dossier = a_dossier_to_sign(world)
    aside(lambda: sign(dossier.pk, actor=world["leader"], at=MONDAY))
    open_for_purpose(
        dossier.pk, reader=world["leader"], purpose="supervise", sentence="Xem lại kết quả vừa ký hôm nay.", at=NOW
    )
    leader = desk("leader")
    leader.open(f"/can-bo/ho-so/{dossier.pk}")
    expect(leader.page.get_by_role("link", name="Nhập đơn khiếu nại trên giấy")).to_be_visible()
    leader.look("decided")
    filed = file_complaint(
        dossier.pk, actor=world.citizen, about="Thiếu năm 2015 trong quá trình đóng để tính.",
        wants="Tính lại trợ cấp theo đủ quá trình đóng.", at=MONDAY + timedelta(minutes=5),
    )  # fmt: skip
    director = desk("director")
    director.open("/can-bo/khieu-nai")
    director.look("complaints")
    director.press(filed.number)
    director.page.locator("#outcome").select_option("partly")
    director.page.locator("#answer").fill("Sổ gốc có năm 2015; hồ sơ sẽ được giải quyết lại.")
    director.look("complaint")
    director.press("Ký và trả lời")
    citizen.open(f"/ho-so/{dossier.pk}/khieu-nai")
    expect(citizen.page.get_by_text("Khiếu nại đúng một phần").first).to_be_visible()
    citizen.look("complaint-answered")


def test_a_leader_lets_a_result_that_was_looked_at_again_stand(world: World, desk: Opened) -> None:
    dossier = a_dossier_to_sign(world)
    aside(lambda: sign(dossier.pk, actor=world["leader"], at=MONDAY))
    reopen(dossier.pk, actor=world["leader"], order=MISTAKE, at=MONDAY + timedelta(minutes=5))
    leader = desk("leader")
    leader.open(f"/can-bo/ho-so/{dossier.pk}/giu-nguyen")
    leader.look("confirming")
    leader.press("Giữ nguyên kết quả")
    leader.look("confirming-without-why")
    leader.page.locator("#why").fill("Sổ gốc khớp với quá trình đóng đã tính.")
    leader.press("Giữ nguyên kết quả")
    expect(leader.page.get_by_text("Đã giữ nguyên kết quả")).to_be_visible()
    leader.look("confirmed")


@pytest.mark.requirement("R-161")
def test_a_director_opens_a_campaign_and_a_unit_says_how_far_it_is(
    world: World, company: Organisation, desk: Opened, citizen: Desk
) -> None:
    director = desk("director")
    director.open("/can-bo/chien-dich")
    director.press("Mở chiến dịch")
    page = director.page
    page.locator("#title").fill("Mọi người lao động đăng ký giao dịch điện tử")
    page.locator("#text").fill("Phổ biến đến từng người lao động.\nGiúp người chưa quen đăng ký.")
    page.locator("#counted").fill("người lao động đã đăng ký")
    for name, day in (("starts", "9"), ("ends", "30")):
        for part, value in (("", day), (".month", "11"), (".year", "2026")):
            page.locator(f"[id='{name}{part}']").fill(value)
    director.press("Đếm số đơn vị")
    expect(page.get_by_text("đến 1 đơn vị")).to_be_visible()
    director.look("campaign-open")
    director.press("Mở chiến dịch")
    drain(NOW)
    citizen.open("/chien-dich")
    citizen.look("unit-campaigns")
    citizen.press("Mọi người lao động đăng ký")
    citizen.page.locator("#reached").fill("118")
    citizen.page.locator("#out_of").fill("120")
    citizen.page.get_by_label("Đơn vị đã làm xong").check()
    citizen.press("Gửi kết quả")
    expect(citizen.page.get_by_role("status").first).to_contain_text("118/120")
    citizen.look("unit-campaign")
    director.open(f"/can-bo/chien-dich/{Campaign.objects.get().pk}")
    expect(page.get_by_text("1 trên 1 đơn vị đã xong")).to_be_visible()
    director.look("campaign")
    director.press("Công ty Dệt Cửa Lò")
    director.look("campaign-unit")


@pytest.mark.requirement("R-116", "R-178")
def test_a_unit_s_problem_goes_up_to_the_centre_and_comes_back(
    world: World, company: Organisation, desk: Opened, citizen: Desk
) -> None:
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    Office.objects.filter(code=PROVINCE_OFFICE).update(parent="00000")
    an_officer("trung-uong", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))
    citizen.open("/vuong-mac")
    citizen.page.locator("#about").select_option("account")
    citizen.page.locator("#title").fill("Chữ ký số của đơn vị bị từ chối")
    citizen.page.locator("#body").fill("Từ 8 giờ sáng, đã thử hai máy.")
    citizen.press("Gửi")
    citizen.look("unit-problems")
    for name, act, words in (
        ("leader", "Chuyển lên cấp trên", "Lỗi không ở đơn vị."), ("director", "Chuyển lên cấp trên", "Lỗi chung."),
        ("trung-uong", "Trả lời", "Bản sửa cài lúc 20 giờ."),
    ):  # fmt: skip
        officer = desk(name)
        officer.open("/can-bo/vuong-mac")
        officer.page.locator("[id^=words-]").fill(words)
        if name == "trung-uong":
            officer.look("problems-centre")
        officer.press(act)
    citizen.open("/vuong-mac")
    expect(citizen.page.get_by_text("Bản sửa cài lúc 20 giờ.")).to_be_visible()
    citizen.look("unit-problems-answered")


@pytest.mark.requirement("R-116")
def test_at_the_centre_one_looks_at_the_whole_country(world: World, company: Organisation, desk: Opened) -> None:
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    an_officer("trung-uong", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))
    told = Problem("portal", "Trang chậm", "Từ 8 giờ.")
    report_as_unit(told, organisation_id=company.pk, actor=world.citizen, at=NOW)
    centre = desk("trung-uong")
    centre.open("/can-bo/so-lieu")
    centre.look("figures-centre")
    director = desk("director")
    director.open("/can-bo/so-lieu")
    director.look("figures-director")
