"""The public face of provinces: dated lines, who writes them, and whom a reader may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from ansinh.offices import face
from ansinh.offices.models import FaceEntry, Level, Office, Province, SupportLine
from ansinh.people.models import Person
from ansinh.people.officers import face as actions
from ansinh.people.support import support_for
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from tests.web.officer.conftest import NOW
from tests.web.officer.conftest import browser as browser
from tests.web.officer.conftest import place as place
from tests.web.officer.conftest import world as world
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World, an_officer

TODAY = NOW.date()
ZALO = face.Entry(PROVINCE_OFFICE, "zalo", "Zalo BHXH Sông Lam", "Zalo of Song Lam", "0900 000 090")


def ways(code: str = "90", on: date = TODAY) -> list[str]:
    return [one.address for one in face.support(code, on=on).ways]


@pytest.mark.requirement("R-101", "R-117", "R-173")
def test_the_province_comes_first_then_its_region_then_the_country(world: World) -> None:
    SupportLine.objects.create(label_vi="Tổng đài", label_en="Hotline", phone="1900 0000", valid_from=date(2020, 1, 1))
    centre = Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="Hà Nội",
        phone="1900 0000", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    central = an_officer("central", "Đào Thị Ngân", "Chuyên viên", ((centre.code, "central_officer"),))
    region = face.Entry("00000", "hotline", "Miền Trung", "Central region", "0900 000 001", provinces=["90"])
    actions.write(ZALO, valid_from=TODAY, actor=world["director"], at=NOW)
    actions.write(
        replace(ZALO, kind="phone", address="0900 000 091"), valid_from=TODAY, actor=world["director"], at=NOW
    )
    actions.write(region, valid_from=TODAY, actor=central, at=NOW)
    assert ways() == ["0900 000 091", "0900 000 090", "0900 000 001", "1900 0000"]
    assert face.support("90", on=TODAY).phone == "0900 000 091"
    assert ways("91") == ways("") == ["1900 0000"]
    with pytest.raises(NotAllowed):
        actions.write(replace(region, office_code=PROVINCE_OFFICE), valid_from=TODAY, actor=world["director"], at=NOW)


def test_a_reader_who_chose_no_province_gets_that_of_the_own_address_on_the_map_of_today(world: World) -> None:
    actions.write(ZALO, valid_from=TODAY, actor=world["director"], at=NOW)
    now = Province.objects.get(code="90")
    Province.objects.create(
        code="89", name_vi="Sông Cả", name_en="", kind="province", valid_from=date(2008, 8, 1),
        valid_to=date(2025, 6, 30), merged_into=now,
    )  # fmt: skip
    person = world.citizen.person_id
    assert support_for(person, province_code="", on=TODAY).ways == ()
    for code in ("90", "89"):
        Person.objects.filter(pk=person).update(contact_address={"province": code})
        assert [one.kind for one in support_for(person, province_code="", on=TODAY).ways] == ["zalo"]
    assert support_for(None, province_code="", on=TODAY).ways == ()


def test_what_an_office_has_once_is_followed_by_the_new_line(world: World) -> None:
    actions.write(ZALO, valid_from=TODAY, actor=world["director"], at=NOW)
    later = TODAY + timedelta(days=10)
    actions.write(replace(ZALO, address="0900 000 092"), valid_from=later, actor=world["director"], at=NOW)
    assert ways(on=later - timedelta(days=1)) == ["0900 000 090"] and ways(on=later) == ["0900 000 092"]
    with pytest.raises(Conflict):
        actions.write(ZALO, valid_from=TODAY + timedelta(days=5), actor=world["director"], at=NOW)
    for change in ({"address": "x"}, {"label_vi": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FaceEntry.objects.update(**change)


@pytest.mark.requirement("R-045")
@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (replace(ZALO, kind="contact"), "contact-needs-function"),
        (replace(ZALO, kind="si_site", address="khanhhoa"), "face-entry-address"),
        (replace(ZALO, kind="si_site", address="javascript:alert(1)"), "face-entry-address"),
        (replace(ZALO, address="bà Hoa"), "face-entry-address"),
        (replace(ZALO, label_vi=" "), "face-entry-label"),
        (replace(ZALO, kind="fax"), "face-entry-kind"),
    ],
)
def test_a_line_that_nobody_could_use_is_refused(world: World, entry: face.Entry, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.write(entry, valid_from=TODAY, actor=world["director"], at=NOW)
    assert refused.value.code == code


def test_only_who_keeps_the_face_of_the_office_writes(world: World) -> None:
    for name in ("leader", "province_counter", "counter"):
        with pytest.raises(NotAllowed):
            actions.write(ZALO, valid_from=TODAY, actor=world[name], at=NOW)
    actions.write(replace(ZALO, office_code=LOCAL_OFFICE), valid_from=TODAY, actor=world["leader"], at=NOW)
    assert ways() == []  # a local office speaks for itself, not for the province


@pytest.mark.requirement("R-041", "R-045", "R-117")
def test_the_province_writes_its_page_and_everybody_reads_it(world: World, browser: Callable[[str], Client]) -> None:
    director, page = browser("director"), f"/can-bo/trang-cong-khai/{PROVINCE_OFFICE}"
    lines = (
        {
            "kind": "contact",
            "function": "it",
            "label_vi": "Bộ phận hỗ trợ giao dịch điện tử",
            "address": "0900 000 056",
        },
        {"kind": "one_stop", "label_vi": "Cổng của tỉnh", "address": "https://motcua.example.vn/"},
        {"kind": "phone", "label_vi": "Hỗ trợ Sông Lam", "address": "0900 000 057", "hours": "8:00–17:00"},
    )
    for line in lines:
        assert director.post(page, {"_act": "write", **line}).status_code == 302
    assert "Bộ phận hỗ trợ giao dịch điện tử" in director.get(page).content.decode()
    reader = Client()
    shown = reader.get("/tinh/90").content.decode()
    for words in (
        "BHXH Sông Lam",
        "Công nghệ thông tin",
        "0900 000 056",
        "https://motcua.example.vn/",
        "BHXH tỉnh Sông Lam",
    ):
        assert words in shown
    assert "Sông Lam" in reader.get("/tinh").content.decode()
    foot = reader.get("/tro-giup").content.decode()
    assert "0900 000 057" in foot and 'href="/tinh/90"' in foot
    assert "0900 000 057" not in Client().get("/tro-giup").content.decode()
    assert "0900 000 057" in director.get("/can-bo").content.decode()
    ended = FaceEntry.objects.get(kind="phone")
    assert director.post(page, {"_act": "end", "entry": str(ended.pk)}).status_code == 302
    assert "0900 000 057" not in reader.get("/tro-giup").content.decode()
    refused = director.post(page, {"_act": "write", "kind": "one_stop", "label_vi": "Cổng", "address": "motcua"})
    assert refused.status_code == 422 and 'value="motcua"' in refused.content.decode()


def test_there_is_no_page_of_a_province_that_is_no_more(world: World, browser: Callable[[str], Client]) -> None:
    assert browser("citizen").get("/tinh/99").status_code == 404
    assert browser("counter").get("/can-bo/trang-cong-khai").status_code == 403
