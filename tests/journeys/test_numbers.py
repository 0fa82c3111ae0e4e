"""The numbers in a browser: a leader, a provincial director and the centre; narrow, wide, and for screen readers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from ansinh.offices.models import Level, Office, Province
from ansinh.people.models import Role
from tests.journeys.test_officer_desk import NOW, Opened
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import place as place
from tests.journeys.test_officer_desk import world as world
from tests.statistics.rows import a_closed_row, a_row
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, an_officer

pytestmark = pytest.mark.django_db(transaction=True)
PROVINCES = Path(__file__).resolve().parents[2] / "ansinh" / "offices" / "reference" / "provinces.yaml"


@pytest.fixture
def numbers(world: World) -> World:
    """Half a year of results at two offices and in three provinces, some late, some by post."""
    rows = yaml.safe_load(PROVINCES.read_text(encoding="utf-8"))["now"]
    Province.objects.bulk_create(
        Province(
            code=row["code"], name_vi=row["name_vi"], name_en=row["name_en"], kind=row["kind"],
            valid_from=date(2025, 7, 1),
        )
        for row in rows
    )  # fmt: skip
    for code, level, province in (("00000", Level.CENTRAL, "01"), ("00100", Level.PROVINCE, "01"),
                                  ("07900", Level.PROVINCE, "79")):  # fmt: skip
        Office.objects.create(
            code=code, name_vi=f"BHXH {code}", name_en=f"SI {code}", level=level, province_code=province, address="-",
            phone="-", valid_from=date(2008, 8, 1),
        )  # fmt: skip
    for place_, office in enumerate((LOCAL_OFFICE, OTHER_OFFICE, "00100", "07900")):
        for month in range(6):
            for n in range(4):
                a_closed_row(
                    filed=NOW - timedelta(days=30 * month + 12), days=2 + n + place_, office=office,
                    late=n == 0 and place_ % 2 == 0, channel="post" if n <= place_ // 2 else "portal",
                    procedure="che-do-thai-san" if n % 2 else "gia-han-the-bhyt",
                )  # fmt: skip
    for n in range(3):
        a_row(
            filed=NOW - timedelta(days=3), office=LOCAL_OFFICE, state="in_progress", stage="appraise",
            stage_role="benefit_officer", accepted_at=NOW, due_on=NOW.date() + timedelta(days=n),
        )  # fmt: skip
    an_officer("centre", "Hà Văn Sự", "Vụ trưởng", (("00000", Role.CENTRAL),))
    return world


@pytest.mark.requirement("R-138")
def test_a_leader_and_a_director_read_their_numbers(numbers: World, desk: Opened) -> None:
    leader = desk("leader")
    leader.open("/can-bo/quan-ly")
    leader.press("Số liệu")
    expect(leader.page.locator("h1")).to_contain_text("đúng hạn")
    leader.look("numbers-leader")
    director = desk("director")
    director.open("/can-bo/so-lieu?ky=2026")
    expect(director.page.get_by_role("table", name="Theo cơ quan")).to_be_visible()
    director.look("numbers-director")
    director.open("/can-bo/so-lieu/du-bao")
    expect(director.page.locator("h1")).to_contain_text("sẽ có hồ sơ trễ")
    director.look("forecast-director")


@pytest.mark.requirement("R-139")
def test_the_centre_sets_a_target_and_gets_the_letter(numbers: World, desk: Opened) -> None:
    centre = desk("centre")
    centre.open("/can-bo/so-lieu?ky=2026")
    centre.look("numbers-centre")
    centre.open("/can-bo/so-lieu/giao-dich-dien-tu?ky=2026")
    page = centre.page
    for name, value in (("by.day", "31"), ("by.month", "12"), ("by.year", "2026"), ("percent", "90"),
                        ("document", "45/KH-BHXH ngày 05/01/2026")):  # fmt: skip
        page.locator(f"[name='{name}']").fill(value)
    centre.press("Đặt mục tiêu")
    expect(page.locator("main")).to_contain_text("Đã đặt mục tiêu.")
    expect(page.locator("h1")).to_contain_text("còn thiếu")
    centre.look("electronic-centre")
    page.get_by_role("button", name=re.compile("Soạn văn bản đôn đốc")).click()
    expect(page.locator("main")).to_contain_text("Đã soạn dự thảo.")
    expect(page.locator("main")).to_contain_text("45/KH-BHXH ngày 05/01/2026")
    expect(page.locator("main")).to_contain_text("phu-luc-2026.pdf")
    centre.look("urging-letter-centre")
