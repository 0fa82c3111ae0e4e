"""Pages of the numbers: the finding, the tables, the downloads; and who may look at whose."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ansinh.directives.models import Letter
from ansinh.dossiers.models import Dossier
from ansinh.offices.models import Level, Office
from ansinh.people.models import Account, Role
from ansinh.statistics.services import fully_online
from ansinh.web.officer.figures.electronic import points, share
from ansinh.web.officer.figures.tables import Table, csv_of, percent
from tests.browsers import Client
from tests.statistics.rows import a_closed_row, a_row
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, an_officer
from tests.world_procedures import ALLOWANCE

Browser = Callable[[str], Client]
ADDRESS = "/can-bo/so-lieu"


@pytest.fixture
def numbers(world: World) -> World:
    for days, office, late in ((2, LOCAL_OFFICE, False), (4, LOCAL_OFFICE, True), (5, OTHER_OFFICE, False)):
        a_closed_row(filed=NOW - timedelta(days=7), days=days, office=office, late=late)
    return world


@pytest.mark.requirement("R-138")
def test_a_leader_reads_the_finding_first(
    numbers: World, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser("leader")
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        page = client.get(ADDRESS).content.decode()
    assert "50,0 % đúng hạn, 1 kết quả trễ" in page.replace("\xa0", " ")
    assert "Chế độ thai sản" in page or "Thai sản" in page
    assert "BHXH cơ sở" in page or "Theo thủ tục" in page


def test_a_director_chooses_an_office_and_a_service(numbers: World, browser: Browser) -> None:
    client = browser("director")
    whole = client.get(ADDRESS).content.decode()
    assert "Theo cơ quan" in whole
    one = client.get(ADDRESS, {"noi": OTHER_OFFICE, "thu-tuc": "che-do-thai-san", "ky": "2026"}).content.decode()
    assert "mọi kết quả đều đúng hạn" in one
    assert client.get(ADDRESS, {"noi": "VN"}).status_code == 404
    assert client.get(ADDRESS, {"ky": "2031"}).status_code == 422
    assert client.get(ADDRESS, {"thu-tuc": "khong-co"}).status_code == 422


def test_others_see_nothing(numbers: World, browser: Browser) -> None:
    assert browser("counter").get(ADDRESS).status_code == 403
    assert browser("leader").get(ADDRESS, {"noi": OTHER_OFFICE}).status_code == 404


@pytest.mark.requirement("R-136")
def test_the_tables_are_downloaded_as_they_are_shown(numbers: World, browser: Browser) -> None:
    client = browser("director")
    text = client.get(f"{ADDRESS}/tai", {"dang": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    title = next(place for place, row in enumerate(rows) if row == ["Theo cơ quan"])
    lines = {row[0]: row[1:] for row in rows[title + 2 : title + 4]}
    assert sorted(line[:3] for line in lines.values()) == [["1", "1", "0"], ["2", "2", "1"]]
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{ADDRESS}/tai").content))
    assert "Theo cơ quan" in book.read("xl/workbook.xml").decode()


def test_no_cell_is_taken_for_a_formula() -> None:
    made = csv_of([Table("a", "=1+1", ("-x",), [("@SUM(A1)", 3, None)])], "ten").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(made))) == [["'=1+1"], ["'-x"], ["'@SUM(A1)", "3", ""]]


@pytest.mark.parametrize(
    ("value", "said"), [(85.74, "85,7"), (85.75, "85,8"), (99.97, "99,9"), (100.0, "100,0"), (0.04, "0,0")]
)
def test_a_share_below_the_whole_is_never_shown_as_the_whole(value: float, said: str) -> None:
    assert percent(value) == f"{said}\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("value", [85.75, 99.97, 100.0, 0.04, 12.25])
def test_a_file_tells_the_share_that_the_page_tells(value: float) -> None:
    made = csv_of([Table("a", "A", ("Tên", "Phần"), [("x", value)])], "ten").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(made)))[-1][1].replace(".", ",") + "\N{NO-BREAK SPACE}%" == percent(value)


@pytest.mark.parametrize(
    ("rate", "goal", "shown", "lacks"),
    [(89.6, 90, "89,6", "0,4"), (89.96, 90, "89,9", "0,1"), (66.66, 90.0, "66,7", "23,3"), (76.45, 90, "76,5", "13,5"),
     (99.99, 100, "99,9", "0,1"), (0, 1 / 3, "0,0", "0,3"), (90.0, 90.04, "89,9", "0,1"), (0, 0.02, "0,0", "0,1")],
)  # fmt: skip
def test_what_is_told_and_what_lacks_make_the_goal(rate: float, goal: float, shown: str, lacks: str) -> None:
    assert share(rate, goal) == f"{shown}\N{NO-BREAK SPACE}%"
    assert points(rate, goal) == lacks


def test_a_rate_above_its_goal_says_by_how_much() -> None:
    assert (share(92.3, 90), points(92.3, 90)) == ("92,3\N{NO-BREAK SPACE}%", "2,3")


ELECTRONIC = f"{ADDRESS}/giao-dich-dien-tu"


@pytest.fixture
def centre(numbers: World) -> Client:
    """A browser of the centre; one of the three dossiers came by post."""
    Dossier.objects.filter(home_office=OTHER_OFFICE).update(channel="post")
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    officer = an_officer("trung-uong", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))
    client = Client()
    client.force_login(Account.objects.get(pk=officer.account_id))
    return client


TARGET = {
    "field": "policy", "kind": "", "goal": "value", "percent": "90", "document": "45/KH-BHXH", "by.day": "31",
    "by.month": "12", "by.year": "2026",
}  # fmt: skip


@pytest.mark.requirement("R-133")
@pytest.mark.requirement("R-139")
def test_the_centre_sets_a_target_and_drafts_the_letter(centre: Client) -> None:
    before = centre.get(ELECTRONIC).content.decode()
    assert "66,7" in before and "Chưa có mục tiêu" in before
    assert centre.post(f"{ELECTRONIC}/don-doc").status_code == 409
    after = centre.post(ELECTRONIC, TARGET, follow=True).content.decode()
    assert "Đã đặt mục tiêu." in after and "còn thiếu 23,3 điểm" in after
    assert "dưới mục tiêu" in after
    assert centre.get(f"{ELECTRONIC}/don-doc").status_code == 405
    page = centre.post(f"{ELECTRONIC}/don-doc", follow=True).content.decode()
    letter = Letter.objects.get()
    assert (letter.office_id, letter.state, letter.full_number) == ("00000", "draft", "")
    assert "Đã soạn dự thảo." in page and "45/KH-BHXH" in page and "phu-luc-" in page
    assert {one.purpose for one in letter.recipients.all()} == {"act"}


def test_the_tiles_of_today_show_no_number_of_the_old_map(centre: Client) -> None:
    assert "34 tỉnh, thành phố hôm nay" in centre.get(ELECTRONIC).content.decode()
    before = centre.get(ELECTRONIC, {"ky": "2019-12"})
    assert before.status_code == 200 and "34 tỉnh, thành phố hôm nay" not in before.content.decode()


def test_a_wrong_target_is_told_and_kept_as_typed(centre: Client) -> None:
    answer = centre.post(ELECTRONIC, {**TARGET, "percent": "không"})
    assert answer.status_code == 422
    assert "45/KH-BHXH" in answer.content.decode()
    assert centre.post(ELECTRONIC, {**TARGET, "by.day": "32"}).status_code == 422


def test_a_province_sees_its_offices_and_sets_nothing(numbers: World, browser: Browser) -> None:
    page = browser("director").get(ELECTRONIC).content.decode()
    assert "Đặt mục tiêu" not in page
    assert browser("director").post(ELECTRONIC, TARGET).status_code == 403
    assert browser("director").post(f"{ELECTRONIC}/don-doc").status_code == 409
    assert browser("director").get(ELECTRONIC, {"doi-tuong": "la"}).status_code == 422


@pytest.mark.requirement("R-137")
def test_how_many_services_are_full_online_stands_beside_the_rate(centre: Client) -> None:
    online = fully_online(on=NOW.date())
    assert 0 < online.full <= online.all
    page = centre.get(ELECTRONIC).content.decode()
    assert f'<p class="sum">{online.full}</p>' in page and f"trong {online.all} dịch vụ" in page


@pytest.mark.requirement("R-135")
def test_the_definition_stands_beside_the_rate(centre: Client) -> None:
    assert "chia cho mọi hồ sơ nộp trong kỳ" in centre.get(ELECTRONIC).content.decode()
    text = centre.get(f"{ELECTRONIC}/tai", {"dang": "csv"}).content.decode("utf-8-sig")
    assert "Tỷ lệ theo nơi" in text
    assert centre.get(f"{ELECTRONIC}/tai").content.startswith(b"PK")


FORECAST = f"{ADDRESS}/du-bao"


def test_a_head_reads_which_desk_goes_overdue(world: World, browser: Browser) -> None:
    for place in range(3):
        a_row(
            filed=NOW - timedelta(days=3), office=LOCAL_OFFICE, state="in_progress", stage="appraise",
            stage_role="benefit_officer", accepted_at=NOW, due_on=NOW.date() + timedelta(days=place),
        )  # fmt: skip
    page = browser("leader").get(FORECAST).content.decode()
    assert "1 bộ phận sẽ có hồ sơ trễ; sớm nhất 10/11/2026" in page
    assert "Chuyên viên chế độ BHXH" in page
    assert browser("counter").get(FORECAST).status_code == 403
    assert browser("leader").get(FORECAST, {"noi": OTHER_OFFICE}).status_code == 404


def test_moving_dossiers_is_tried_and_nothing_is_moved(world: World, browser: Browser) -> None:
    for office in (LOCAL_OFFICE, OTHER_OFFICE):
        a_row(
            filed=NOW - timedelta(days=3), office=office, state="in_progress", stage="appraise",
            stage_role="benefit_officer", procedure=ALLOWANCE, accepted_at=NOW, due_on=NOW.date(),
        )  # fmt: skip
    desks = {name: f"{code}.benefit_officer.benefits" for name, code in (("tu", LOCAL_OFFICE), ("den", OTHER_OFFICE))}
    client = browser("director")
    page = client.get(FORECAST, {**desks, "cach": "dossiers", "so": "1"}).content.decode()
    assert "Sau khi chuyển" in page and "không còn việc" in page
    assert "Sau khi chuyển" in client.get(FORECAST, {**desks, "cach": "officer"}).content.decode()
    assert client.get(FORECAST, {**desks, "cach": "dossiers", "so": "không"}).status_code == 422
    assert client.get(FORECAST, {**desks, "den": desks["tu"], "so": "1"}).status_code == 422
    assert set(Dossier.objects.values_list("office_code", flat=True)) == {LOCAL_OFFICE, OTHER_OFFICE}
