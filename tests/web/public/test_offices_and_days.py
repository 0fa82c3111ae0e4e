"""Offices by province and commune, closed days, help, and how little each page asks of the database."""

from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from ansinh.offices.models import CalendarDay
from ansinh.platform.zone import VIETNAM
from tests.world import World, a_submitted_dossier


def test_offices_of_a_province_have_address_telephone_and_hours(reader: Client) -> None:
    page = reader.get("/co-quan?tinh=90").content.decode()
    for word in ("BHXH tỉnh Sông Lam", "BHXH cơ sở Hàm Rồng", "BHXH cơ sở Cửa Lò", "12 đường Bờ Sông"):
        assert word in page
    assert 'href="tel:19009068"' in page
    assert "Thứ Hai đến thứ Sáu, 08:00–17:00" in page


def test_a_commune_leads_to_the_office_in_charge(reader: Client) -> None:
    page = reader.get("/co-quan?tinh=90&xa=90101").content.decode()
    assert "Phụ trách Phường Hàm Rồng" in page
    assert "BHXH cơ sở Cửa Lò" not in page


def test_the_next_closed_day_is_announced_on_the_front_page(reader: Client) -> None:
    assert "Thứ Ba 24/11/2026 quầy đóng cửa (Ngày Văn hóa Việt Nam)" in reader.get("/").content.decode()


def test_a_far_closed_day_is_not_announced(reader: Client) -> None:
    with override_settings(CLOCK=lambda: datetime(2026, 7, 6, 9, 0, tzinfo=VIETNAM)):
        assert "quầy đóng cửa" not in reader.get("/").content.decode()


def test_an_administrators_day_wins_on_the_calendar(reader: Client) -> None:
    CalendarDay.objects.create(day="2026-12-07", kind="swapped_off", name_vi="Nghỉ bão", legal_basis="Công điện 1")
    page = reader.get("/lich-nghi").content.decode()
    assert "Thứ Hai 07/12/2026" in page
    assert "Nghỉ bão" in page


def test_the_calendar_shows_lunar_days_and_days_worked_instead(reader: Client) -> None:
    page = reader.get("/lich-nghi").content.decode()
    assert "Tết Nguyên đán (1 tháng Giêng âm lịch)" in page
    assert page.count("Quầy mở cửa.") == 2
    assert "có thể thay đổi khi Nhà nước công bố" in page


@pytest.mark.requirement("R-079")
def test_help_names_the_law_of_accounts(reader: Client) -> None:
    page = reader.get("/tro-giup").content.decode()
    assert "45/2020/NĐ-CP" in page
    assert "838/QĐ-BHXH" in page
    assert "không bao giờ gọi điện hỏi mật khẩu" in page


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 3),
        ("/dich-vu", 1),
        ("/dich-vu?q=the", 1),
        ("/dich-vu/che-do-om-dau", 7),
        ("/tra-cuu", 1),
        ("/minh-chung", 1),
        ("/co-quan?tinh=90", 7),
        ("/co-quan?tinh=90&xa=90101", 8),
        ("/lich-nghi", 2),
        ("/tro-giup", 1),
    ],
)
def test_pages_ask_little_of_the_database(
    reader: Client, address: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most):
        reader.get(address)


def test_a_look_up_asks_little_of_the_database(
    reader: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dossier = a_submitted_dossier(world)
    with django_assert_max_num_queries(9):
        answer = reader.post("/tra-cuu", {"so": dossier.number, "dien_thoai": "0905000278"})
    assert answer.status_code == 200


def test_reading_sets_no_session(reader: Client) -> None:
    reader.get("/dich-vu")
    assert settings.SESSION_COOKIE_NAME not in reader.cookies
