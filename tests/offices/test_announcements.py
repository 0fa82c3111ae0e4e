"""Announcements: maintenance in time or urgent with its reason, releases, banners by province and by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from ansinh.offices import announcements
from ansinh.offices.models import Announcement, Level, Office
from ansinh.people.actors import OfficerActor
from ansinh.people.officers import announcements as actions
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.zone import VIETNAM
from tests.web.officer.conftest import NOW
from tests.web.officer.conftest import browser as browser
from tests.web.officer.conftest import place as place
from tests.web.officer.conftest import world as world
from tests.world import LOCAL_OFFICE, PROVINCE_OFFICE, World, an_officer

TODAY = NOW.date()
NEWS = announcements.Wanted(
    PROVINCE_OFFICE, "news", "Cài đặt VssID", "Install VssID", "Mời người dân cài đặt.", "Please install.", TODAY,
    date(2026, 11, 20), ["90"],
)  # fmt: skip
MAINTENANCE = announcements.Wanted(
    "00000", "maintenance", "Bảo trì đêm", "Maintenance", "Cổng tạm dừng.", "The portal stops.", TODAY,
    date(2026, 11, 22), starts_at=datetime(2026, 11, 18, 22, 0, tzinfo=VIETNAM),
    ends_at=datetime(2026, 11, 19, 2, 0, tzinfo=VIETNAM),
)  # fmt: skip


@pytest.fixture
def central(world: World) -> OfficerActor:
    """An officer of the centre."""
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="Hà Nội",
        phone="1900 0000", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    return an_officer("central", "Đào Thị Ngân", "Chuyên viên", (("00000", "central_officer"),))


@pytest.mark.requirement("R-047")
def test_planned_maintenance_is_announced_seven_working_days_ahead_or_says_why_not(central: OfficerActor) -> None:
    actions.announce(MAINTENANCE, actor=central, at=NOW)  # 9 to 18 November: seven working days
    soon = replace(MAINTENANCE, starts_at=datetime(2026, 11, 17, 22, 0, tzinfo=VIETNAM))
    with pytest.raises(Invalid) as refused:
        actions.announce(soon, actor=central, at=NOW)
    assert refused.value.code == "maintenance-too-soon"
    made = actions.announce(replace(soon, urgent_because="Vá lỗ hổng"), actor=central, at=NOW)
    assert made.urgent_because == "Vá lỗ hổng"
    hidden = replace(MAINTENANCE, shows_from=date(2026, 11, 12))  # written in time, shown too late
    with pytest.raises(Invalid):
        actions.announce(hidden, actor=central, at=NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "party"}, "announcement-kind"), ({"body_vi": ""}, "announcement-empty"),
        ({"shows_to": date(2026, 11, 8)}, "announcement-days"), ({"version": "2.0"}, "release-version"),
        ({"kind": "maintenance"}, "maintenance-hours"), ({"urgent_because": "x"}, "hours-of-maintenance"),
        ({"title_vi": "x" * 161}, "announcement-long"),
    ],
)  # fmt: skip
def test_what_cannot_be_announced(world: World, change: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.announce(replace(NEWS, **change), actor=world["director"], at=NOW)  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.requirement("R-158", "R-166")
def test_a_province_tells_itself_and_the_centre_everybody(world: World, central: OfficerActor) -> None:
    actions.announce(NEWS, actor=world["director"], at=NOW)
    for provinces in ([], ["90", "01"]):
        with pytest.raises((NotAllowed, Invalid)):
            actions.announce(replace(NEWS, provinces=provinces), actor=world["director"], at=NOW)
    with pytest.raises(NotAllowed):
        actions.announce(NEWS, actor=world["counter"], at=NOW)
    release = replace(NEWS, office_code="00000", kind="release", version="2.1", provinces=[])
    assert actions.announce(release, actor=central, at=NOW).version == "2.1"


def test_a_local_office_puts_no_banner_on_every_page_of_its_province(
    world: World, browser: Callable[[str], Client]
) -> None:
    with pytest.raises(NotAllowed) as refused:
        actions.announce(replace(NEWS, office_code=LOCAL_OFFICE), actor=world["leader"], at=NOW)
    assert refused.value.code == "announces-to-own-province"
    page = browser("leader").get("/can-bo/thong-bao?loai=news").content.decode()
    assert "Cơ quan khác xin gửi nội dung cho BHXH tỉnh." in page and 'name="title_vi"' not in page
    offered = browser("director").get("/can-bo/thong-bao?loai=news").content.decode()
    assert f'value="{PROVINCE_OFFICE}"' in offered and f'value="{LOCAL_OFFICE}"' not in offered


def test_it_is_taken_back_once_and_never_rewritten(world: World) -> None:
    made = actions.announce(NEWS, actor=world["director"], at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Announcement.objects.filter(pk=made.pk).update(title_vi="khác")
    actions.withdraw(made.pk, actor=world["director"], at=NOW)
    with pytest.raises(Conflict):
        actions.withdraw(made.pk, actor=world["director"], at=NOW)
    assert not announcements.standing(on=TODAY).exists()


@pytest.mark.requirement("R-047", "R-158", "R-166")
def test_the_banner_is_on_the_pages_of_those_it_is_for(
    world: World, central: OfficerActor, browser: Callable[[str], Client]
) -> None:
    director, page = browser("director"), "/can-bo/thong-bao"
    typed = {
        "office": PROVINCE_OFFICE, "kind": "news", "title_vi": "Cài đặt VssID", "body_vi": "Mời người dân cài đặt.",
        "to.day": "20", "to.month": "11", "to.year": "2026",
    }  # fmt: skip
    assert director.post(page, {**typed, "body_vi": ""}).status_code == 422
    assert director.post(page, typed).status_code == 302
    actions.announce(MAINTENANCE, actor=central, at=NOW)
    reader = Client()
    elsewhere = reader.get("/tro-giup").content.decode()
    assert "Bảo trì đêm" in elsewhere and "Cài đặt VssID" not in elsewhere
    reader.get("/tinh/90")
    at_home = reader.get("/tro-giup").content.decode()
    assert "Cài đặt VssID" in at_home and "Bảo trì đêm" in at_home
    assert "Cài đặt VssID" in director.get("/can-bo").content.decode()
    shown = Announcement.objects.get(kind="maintenance")
    detail = Client().get(f"/thong-bao-chung/{shown.pk}").content.decode()
    assert "Cổng tạm dừng." in detail and "22:00" in detail
    assert "Bảo trì đêm" in Client().get("/thong-bao-chung").content.decode()
    news = Announcement.objects.get(kind="news")
    assert director.post(page, {"_act": "withdraw", "announcement": str(news.pk)}).status_code == 302
    assert "Cài đặt VssID" not in reader.get("/tro-giup").content.decode()
    assert browser("counter").get(page).status_code == 403


@pytest.mark.requirement("R-157", "R-158")
def test_a_province_announces_about_a_service_on_the_page_of_the_service(
    world: World, browser: Callable[[str], Client]
) -> None:
    director, page = browser("director"), "/can-bo/thong-bao"
    offered = director.get(f"{page}?loai=news").content.decode()
    assert 'name="service"' in offered and 'value="che-do-om-dau"' in offered
    typed = {
        "office": PROVINCE_OFFICE, "kind": "news", "title_vi": "Nộp ốm đau qua mạng", "body_vi": "Xem hướng dẫn.",
        "to.day": "20", "to.month": "11", "to.year": "2026", "service": "che-do-om-dau",
    }  # fmt: skip
    assert director.post(page, {**typed, "service": "khong-co"}).status_code == 422
    assert director.post(page, typed).status_code == 302
    made = Announcement.objects.get()
    assert made.procedure == "che-do-om-dau"
    here = f"/thong-bao-chung/{made.pk}"
    reader = Client()
    assert "Thông báo về dịch vụ này" not in reader.get("/dich-vu/che-do-om-dau").content.decode()  # of no province yet
    reader.get("/tinh/90")
    told = reader.get("/dich-vu/che-do-om-dau").content.decode()
    assert "Thông báo về dịch vụ này" in told and told.count(here) == 2  # beside the banner
    assert "Thông báo về dịch vụ này" not in reader.get("/dich-vu/che-do-thai-san").content.decode()
    assert "/dich-vu/che-do-om-dau" in reader.get(here).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Announcement.objects.update(procedure="")
