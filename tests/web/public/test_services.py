"""The list of services: thirty rows in five groups, search that forgives, filters that need no JavaScript."""

import re

import pytest
from django.test import Client

from ansinh.catalogue.published import service_list
from ansinh.catalogue.queries import folders

ROW = re.compile(r"<span>([A-E]\d+)\. ")


def rows(reader: Client, query: str = "") -> list[str]:
    return ROW.findall(reader.get(f"/dich-vu{query}").content.decode())


@pytest.mark.requirement("R-026")
@pytest.mark.requirement("R-028")
def test_thirty_rows_stand_in_five_groups(reader: Client) -> None:
    found = rows(reader)
    assert len(found) == 30
    assert {letter: sum(row[0] == letter for row in found) for letter in "ABCDE"} == {
        "A": 4, "B": 5, "C": 15, "D": 2, "E": 4,
    }  # fmt: skip


@pytest.mark.requirement("R-027")
@pytest.mark.requirement("R-028")
def test_each_row_names_its_agency_and_added_rows_their_day(reader: Client) -> None:
    html = reader.get("/dich-vu").content.decode()
    assert html.count("BHXH quận/huyện/tỉnh. ") == 18
    assert html.count("Bổ sung từ 16/10/2023.") == 2
    assert "Cùng một thủ tục với C12." in html
    assert "Cùng một thủ tục với E3." in html


@pytest.mark.requirement("R-031")
def test_the_number_of_full_online_services_is_reported(reader: Client) -> None:
    html = reader.get("/dich-vu").content.decode()
    assert "30 dịch vụ công trực tuyến toàn trình đã công bố ngày 16/10/2023, gồm 28 thủ tục khác nhau" in html


@pytest.mark.requirement("R-032")
def test_the_day_decides_which_rows_were_open(reader: Client) -> None:
    before = rows(reader, "?ngay.day=15&ngay.month=10&ngay.year=2023")
    after = rows(reader, "?ngay.day=16&ngay.month=10&ngay.year=2023")
    assert set(after) - set(before) == {"B5", "D2"}


@pytest.mark.requirement("R-033")
@pytest.mark.parametrize(("query", "first"), [("nghi sinh con", "C4"), ("thai sna", "C4"), ("mất sổ", "D1")])
def test_search_forgives_missing_marks_and_slips(reader: Client, query: str, first: str) -> None:
    assert rows(reader, f"?q={query}")[0] == first


@pytest.mark.requirement("R-034")
@pytest.mark.requirement("R-036")
@pytest.mark.parametrize(
    ("query", "some", "none"),
    [
        ("?nhom=D", "D1", "C4"),
        ("?co-quan=bhxh_co_so", "D1", "C10"),
        ("?doi-tuong=relative", "C10", "C4"),
        ("?kenh=collection_agent", "E2", "C4"),
        ("?linh-vuc=chi-tra-cac-che-do-bhxh", "B4", "C4"),
    ],
)
def test_filters_narrow_the_list(reader: Client, query: str, some: str, none: str) -> None:
    found = rows(reader, query)
    assert some in found
    assert none not in found


@pytest.mark.requirement("R-035")
def test_the_service_level_is_a_filter(reader: Client) -> None:
    by_slug = {folder.slug: folder.procedure for folder in folders()}
    full = {row.row for row in service_list().rows if by_slug[row.procedure].level == "full_online"}
    assert set(rows(reader, "?muc-do=full_online")) == full >= {"B4", "B5", "C4", "C10", "C12", "D1"}


@pytest.mark.requirement("R-034")
def test_what_is_filed_here_is_a_filter(reader: Client) -> None:
    by_slug = {folder.slug: folder.procedure for folder in folders()}
    here = {row.row for row in service_list().rows if by_slug[row.procedure].online}
    assert set(rows(reader, "?o-day=co")) == here >= {"B4", "B5", "C4", "C10", "C12", "D1"}


@pytest.mark.requirement("R-169")
def test_an_old_province_is_said_by_its_new_name(reader: Client) -> None:
    assert "nơi ấy nay thuộc Tuyên Quang" in reader.get("/dich-vu?q=thai san ha giang").content.decode()


def test_an_empty_result_says_what_to_do(reader: Client) -> None:
    html = reader.get("/dich-vu?q=zzqqxx").content.decode()
    assert "Chưa tìm thấy “zzqqxx”" in html
    assert "Xem tất cả 30 dịch vụ" in html
    assert "1900 9068" in html


def test_a_day_that_is_no_day_says_so_beside_the_field(reader: Client) -> None:
    html = reader.get("/dich-vu?ngay.day=31&ngay.month=2&ngay.year=2026").content.decode()
    assert '<a href="#ngay">Ngày này không có trong lịch.' in html
    assert "<title>Lỗi: " in html
    assert 'id="ngay:error"' in html


def test_markup_in_a_search_is_only_text(reader: Client) -> None:
    html = reader.get("/dich-vu", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
