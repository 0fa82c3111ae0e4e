"""A campaign through units: opened, told, read, phoned, done with how many out of how many, reminded, counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ansinh.directives.campaigns import figures, follow
from ansinh.directives.campaigns.access import campaigns_of_person, campaigns_visible_to, units_visible_to
from ansinh.directives.campaigns.audience import LOCAL_BODY, Audience
from ansinh.directives.campaigns.follow import Progress
from ansinh.directives.campaigns.open import Wanted, end_campaign, how_many, open_campaign
from ansinh.directives.models import Campaign, CampaignStep, CampaignUnit
from ansinh.notifications.models import Message, Notice
from ansinh.offices.models import Level, Office
from ansinh.people.models import Organisation, UnitCharge
from ansinh.people.views_of import view_of_citizen, view_of_officer
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.queue.runner import drain
from tests.browsers import Client
from tests.walls_of import seen_as
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, PROVINCE_OFFICE, World
from tests.world_organisations import an_organisation, hired

LAST = date(2026, 11, 30)
COMMUNE = "90101"


def wanted(audience: Audience | None = None, **more: Any) -> Wanted:
    """Workers are to register for electronic transactions until the end of the month."""
    given = {
        "title": "Mọi người lao động đăng ký giao dịch điện tử", "counted": "người lao động đã đăng ký",
        "text": "Phổ biến đến từng người lao động.\nGiúp người chưa quen đăng ký.", "starts_on": NOW.date(),
        "ends_on": LAST, "audience": audience or Audience(frozenset()), **more,
    }  # fmt: skip
    return Wanted(**given)


@pytest.fixture
def units(world: World) -> dict[str, Organisation]:
    """Two companies and a school with accounts; the citizen works for the first one, the collector looks after two."""
    made = {
        "mill": an_organisation(
            "9999000044", "Công ty Dệt Cửa Lò", unit_code="TA0001A", managing_office=LOCAL_OFFICE,
            address={"province": "90", "commune": COMMUNE},
        ),
        "farm": an_organisation("9999000084", "Nông trường Sông Lam", unit_code="TB0001B", managing_office=OTHER_OFFICE,
                                contact_phone="", email=""),
        "school": an_organisation("9999000092", "Trường Cửa Lò", kind="school", managing_office=LOCAL_OFFICE),
    }  # fmt: skip
    hired(made["mill"], world.citizen, "read", "file", valid_from=date(2020, 1, 1))
    for code, name in (("TA0001A", made["mill"].name), ("TA0002B", "Hợp tác xã Sông Lam")):
        UnitCharge.objects.create(
            office_code=LOCAL_OFFICE, unit_code=code, unit_name=name, function="benefits",
            officer_id=world["collector"].officer_id, contact_name="Phòng nhân sự", contact_phone="84900000001",
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
    return made


def opened(world: World, audience: Audience | None = None, **more: Any) -> Campaign:
    """Of the province, with its units listed and told."""
    with seen_as(view_of_officer(world["director"])):
        made = open_campaign(
            wanted(audience, **more), office_code=PROVINCE_OFFICE, actor=world["director"], at=NOW
        )  # fmt: skip
    drain(NOW)
    made.refresh_from_db()
    return made


def unit_of(campaign: Campaign, name: str) -> CampaignUnit:
    """The unit whose name has this in it."""
    return CampaignUnit.objects.select_related("campaign").get(campaign=campaign, unit_name__contains=name)


@pytest.mark.requirement("R-161")
def test_a_province_reaches_every_unit_below_with_and_without_account(
    world: World, units: dict[str, Organisation]
) -> None:
    with seen_as(view_of_officer(world["director"])):
        assert how_many(wanted(), office_code=PROVINCE_OFFICE, actor=world["director"], at=NOW) == 4
    campaign = opened(world)
    assert campaign.listed_at == NOW and campaign.offices == [PROVINCE_OFFICE, LOCAL_OFFICE, OTHER_OFFICE]
    collector = world["collector"].officer_id
    rows = CampaignUnit.objects.filter(campaign=campaign).order_by("unit_name")
    assert [(one.unit_name, one.officer_id, one.commune_code) for one in rows] == [
        ("Công ty Dệt Cửa Lò", collector, COMMUNE), ("Hợp tác xã Sông Lam", collector, ""),
        ("Nông trường Sông Lam", None, ""), ("Trường Cửa Lò", None, ""),
    ]  # fmt: skip


@pytest.mark.requirement("R-161", "R-123")
def test_units_are_told_in_the_portal_by_sms_and_by_mail(world: World, units: dict[str, Organisation]) -> None:
    campaign = opened(world)
    assert Notice.objects.get(code="campaign_opened").account_id == world.citizen.account_id
    told = Message.objects.filter(purpose="campaign_opened")
    assert {"84900000001", "lienhe@example.vn"} <= set(told.values_list("recipient", flat=True))
    assert "30/11/2026" in told.filter(channel="sms")[0].body
    farm = unit_of(campaign, "Nông trường")
    assert farm.told_at is None  # no account, nobody to call: the office sees that it could not be told
    assert not CampaignUnit.objects.filter(campaign=campaign, told_at=None).exclude(pk=farm.pk).exists()
    before = Message.objects.count()
    follow.tell_units([farm.pk, unit_of(campaign, "Dệt").pk], "campaign_opened", at=NOW)
    assert Message.objects.count() == before  # the same thing is said once


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience(frozenset({OTHER_OFFICE})), ["Nông trường Sông Lam"]),
        (Audience(frozenset(), kinds=frozenset({"school"})), ["Trường Cửa Lò"]),
        (Audience(frozenset(), communes=frozenset({COMMUNE})), ["Công ty Dệt Cửa Lò"]),
        (Audience(frozenset({LOCAL_OFFICE}), kinds=frozenset({"employer"})),
         ["Công ty Dệt Cửa Lò", "Hợp tác xã Sông Lam"]),
    ],
    ids=["by office", "by kind", "by commune", "by office and kind"],
)  # fmt: skip
@pytest.mark.requirement("R-161")
def test_it_reaches_the_units_that_were_chosen(
    world: World, units: dict[str, Organisation], audience: Audience, names: list[str]
) -> None:
    campaign = opened(world, audience)
    assert list(campaign.units.order_by("unit_name").values_list("unit_name", flat=True)) == names


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience(frozenset(), kinds=frozenset({LOCAL_BODY})), ["UBND phường Hàm Rồng"]),
        (Audience(frozenset({OTHER_OFFICE}), kinds=frozenset({LOCAL_BODY, "school"})), []),
        (Audience(frozenset({LOCAL_OFFICE}), kinds=frozenset({LOCAL_BODY, "school"})),
         ["Trường Cửa Lò", "UBND phường Hàm Rồng"]),
        (Audience(frozenset(), kinds=frozenset({LOCAL_BODY}), communes=frozenset({"90102"})), []),
    ],
    ids=["communes alone", "of an office without communes", "with schools", "another commune"],
)  # fmt: skip
@pytest.mark.requirement("R-161")
def test_it_reaches_residential_areas_through_their_communes(
    world: World, units: dict[str, Organisation], audience: Audience, names: list[str]
) -> None:
    campaign = opened(world, audience)
    rows = campaign.units.order_by("unit_name")
    assert list(rows.values_list("unit_name", flat=True)) == names
    for one in rows.filter(unit_name__startswith="UBND"):
        assert (one.office_id, one.commune_code) == (LOCAL_OFFICE, COMMUNE)
        assert one.organisation_id is None and one.told_at is None


@pytest.mark.requirement("R-161")
def test_the_head_writes_down_how_many_residential_areas_a_commune_reached(
    world: World, units: dict[str, Organisation]
) -> None:
    campaign = opened(
        world, Audience(frozenset(), kinds=frozenset({LOCAL_BODY})), counted="thôn, tổ dân phố đã phổ biến"
    )
    commune = unit_of(campaign, "UBND")
    with seen_as(view_of_officer(world["leader"])):
        follow.phone_unit(commune.pk, spoken_to="Văn phòng", note="", actor=world["leader"], at=NOW)
        follow.say_for_unit(commune.pk, Progress(14, 14, finished=True), actor=world["leader"], at=NOW)
    with seen_as(view_of_officer(world["director"])):
        (line,) = figures.lines(campaign.units.all(), by="commune", on=NOW.date())
    assert (line.name, line.units, line.done, line.reached, line.out_of) == ("Phường Hàm Rồng", 1, 1, 14, 14)


@pytest.mark.requirement("R-161", "R-162")
def test_it_reaches_the_units_of_an_officer(world: World, units: dict[str, Organisation]) -> None:
    campaign = opened(world, Audience(frozenset(), officers=frozenset({world["collector"].officer_id})))
    assert campaign.units.count() == 2
    assert opened(world, Audience(frozenset(), officers=frozenset({world["head"].officer_id}))).units.count() == 0


@pytest.mark.requirement("R-161")
def test_a_unit_reads_it_says_how_far_it_is_and_is_done(world: World, units: dict[str, Organisation]) -> None:
    campaign = opened(world)
    with seen_as(view_of_citizen(world.citizen)):
        (held,) = campaigns_of_person(world.citizen, on=NOW.date())
        follow.read_as_unit(held.pk, actor=world.citizen, at=NOW)
        follow.say_as_unit(held.pk, Progress(40, 120), actor=world.citizen, at=NOW)
        with pytest.raises(NotFound):
            follow.read_as_unit(unit_of(campaign, "Trường").pk, actor=world.citizen, at=NOW)
        for wrong in (Progress(None, 120), Progress(130, 120), Progress(0, 0, finished=True)):
            with pytest.raises(Invalid):
                follow.say_as_unit(held.pk, wrong, actor=world.citizen, at=NOW)
        follow.say_as_unit(held.pk, Progress(118, 120, finished=True), actor=world.citizen, at=NOW + timedelta(days=1))
    held.refresh_from_db()
    assert (held.read_at, held.doing_at, held.done_at) == (NOW, NOW, NOW + timedelta(days=1))
    assert (held.reached, held.out_of) == (118, 120)
    assert list(held.steps.values_list("kind", "reached")) == [
        ("told", None), ("read", None), ("said", 40), ("done", 118),
    ]  # fmt: skip


@pytest.mark.requirement("R-161")
def test_the_officer_in_charge_phones_and_writes_down_what_the_unit_said(
    world: World, units: dict[str, Organisation]
) -> None:
    unit = unit_of(opened(world), "Hợp tác xã")
    follow.phone_unit(unit.pk, spoken_to="Phòng kế toán", note="Sẽ làm.", actor=world["collector"], at=NOW)
    follow.say_for_unit(unit.pk, Progress(9, 9, finished=True), actor=world["collector"], at=NOW)
    with pytest.raises(NotAllowed):
        follow.say_for_unit(unit.pk, Progress(1, 9), actor=world["specialist"], at=NOW)
    with pytest.raises(NotFound):
        follow.phone_unit(unit.pk, spoken_to="Kế toán", note="", actor=world["other_counter"], at=NOW)
    with pytest.raises(Invalid):
        follow.phone_unit(unit.pk, spoken_to=" ", note="", actor=world["collector"], at=NOW)
    unit.refresh_from_db()
    assert unit.phoned_at == unit.done_at == NOW


def test_each_office_sees_its_own_units_and_the_province_all(world: World, units: dict[str, Organisation]) -> None:
    campaign = opened(world)
    seen = {
        name: units_visible_to(campaign, viewer=world[name]).count() for name in ("director", "head", "other_counter")
    }
    assert seen == {"director": 4, "head": 3, "other_counter": 1}
    only_here = opened(world, Audience(frozenset({LOCAL_OFFICE})))
    assert set(campaigns_visible_to(world["other_counter"])) == {campaign}
    assert set(campaigns_visible_to(world["collector"])) == {campaign, only_here}
    with pytest.raises(NotAllowed):
        open_campaign(wanted(), office_code=LOCAL_OFFICE, actor=world["leader"], at=NOW)
    with pytest.raises(NotAllowed):
        end_campaign(campaign.pk, actor=world["leader"], at=NOW)


@pytest.mark.requirement("R-161")
def test_a_province_sees_what_the_centre_asks_of_units_of_its_offices(
    world: World, units: dict[str, Organisation]
) -> None:
    campaign = opened(world, Audience(frozenset({LOCAL_OFFICE})))
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="-",
        phone="-", valid_from=date(2008, 8, 1),
    )  # fmt: skip
    of_centre = Campaign.objects.create(
        office_id="00000", title="x", text="x", counted="x", starts_on=NOW.date(), ends_on=LAST, offices=[LOCAL_OFFICE],
        opened_by_id=world["director"].officer_id, opened_at=NOW, listed_at=NOW,
    )  # fmt: skip
    CampaignUnit.objects.create(
        campaign=of_centre, office_id=LOCAL_OFFICE, unit_name="Công ty Dệt Cửa Lò", unit_code="TA0001A", listed_at=NOW
    )
    assert set(campaigns_visible_to(world["director"])) == {campaign, of_centre}
    assert units_visible_to(of_centre, viewer=world["director"]).count() == 1
    assert of_centre not in campaigns_visible_to(world["other_counter"])


@pytest.mark.requirement("R-161")
def test_it_is_counted_by_office_officer_and_commune(world: World, units: dict[str, Organisation]) -> None:
    campaign = opened(world)
    mill = unit_of(campaign, "Dệt")
    follow.say_as_unit(mill.pk, Progress(118, 120, finished=True), actor=world.citizen, at=NOW)
    follow.say_for_unit(unit_of(campaign, "Hợp tác").pk, Progress(3, 9), actor=world["collector"], at=NOW)
    rows = units_visible_to(campaign, viewer=world["director"])
    whole = figures.total(rows)
    assert (whole.units, whole.doing, whole.done, whole.reached, whole.out_of) == (4, 2, 1, 121, 129)
    by_office = {one.key: (one.units, one.done) for one in figures.lines(rows, by="office", on=NOW.date())}
    assert by_office == {LOCAL_OFFICE: (3, 1), OTHER_OFFICE: (1, 0)}
    by_officer = {one.name: one.units for one in figures.lines(rows, by="officer", on=NOW.date())}
    assert by_officer == {"Phạm Văn Đức": 2, "": 2}
    by_commune = {one.key: (one.units, one.done) for one in figures.lines(rows, by="commune", on=NOW.date())}
    assert by_commune == {COMMUNE: (1, 1), "": (3, 0)}
    for by in figures.BY:  # every grouping adds up to the whole
        lines = figures.lines(rows, by=by, on=NOW.date())
        assert sum(one.units for one in lines) == whole.units and sum(one.reached for one in lines) == whole.reached
        for one in lines:
            assert figures.narrowed(rows, by=by, key=one.key).count() == one.units, (by, one)


@pytest.mark.requirement("R-161")
def test_who_has_not_begun_is_reminded_and_near_the_end_everybody_who_is_not_done(
    world: World, units: dict[str, Organisation]
) -> None:
    campaign = opened(world)
    mill = unit_of(campaign, "Dệt")
    follow.say_as_unit(mill.pk, Progress(40, 120), actor=world.citizen, at=NOW)
    assert follow.remind_campaigns(at=NOW + timedelta(days=2)) == 0
    assert follow.remind_campaigns(at=NOW + timedelta(days=3)) == 3
    assert follow.remind_campaigns(at=NOW + timedelta(days=3, hours=2)) == 0
    assert follow.remind_campaigns(at=NOW + timedelta(days=5)) == 0  # Saturday
    assert follow.remind_campaigns(at=NOW + timedelta(days=18)) == 4  # Friday, the last day is Monday
    drain(NOW + timedelta(days=18))
    assert Notice.objects.filter(code="campaign_reminder", account_id=world.citizen.account_id).count() == 1
    assert CampaignStep.objects.filter(kind="reminded").count() == 7
    assert follow.remind_now(campaign.pk, actor=world["collector"], at=NOW + timedelta(days=19)) == 2
    assert follow.remind_now(campaign.pk, actor=world["director"], at=NOW + timedelta(days=19)) == 2
    assert follow.remind_campaigns(at=NOW + timedelta(days=22)) == 0  # past the last day nobody is reminded by itself


def test_ended_it_stands_as_it_is_also_for_sql(world: World, units: dict[str, Organisation]) -> None:
    campaign = opened(world)
    mill = unit_of(campaign, "Dệt")
    end_campaign(campaign.pk, actor=world["director"], at=NOW)
    with pytest.raises(Conflict):
        follow.say_as_unit(mill.pk, Progress(1, 120), actor=world.citizen, at=NOW)
    with pytest.raises(Conflict):
        end_campaign(campaign.pk, actor=world["director"], at=NOW)
    with pytest.raises(Conflict):
        follow.remind_now(campaign.pk, actor=world["director"], at=NOW)
    for change in (
        lambda: Campaign.objects.update(text="khác"),
        lambda: CampaignUnit.objects.filter(pk=mill.pk).update(unit_name="khác"),
        lambda: CampaignUnit.objects.filter(pk=mill.pk).update(reached=9, out_of=8),
        lambda: CampaignUnit.objects.filter(pk=mill.pk).update(done_at=NOW, doing_at=None),
        lambda: CampaignStep.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "campaign-title"), ({"text": ""}, "campaign-text"), ({"counted": ""}, "campaign-counted"),
        ({"starts_on": date(2026, 11, 8)}, "campaign-starts"), ({"ends_on": date(2026, 11, 8)}, "campaign-ends"),
        ({"audience": Audience(frozenset({"01001"}))}, "campaign-offices"),
        ({"audience": Audience(frozenset(), kinds=frozenset({"bank"}))}, "campaign-kinds"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(world: World, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_campaign(wanted(**more), office_code=PROVINCE_OFFICE, actor=world["director"], at=NOW)
    assert refused.value.code == code


@pytest.mark.requirement("R-161")
def test_the_pages_open_a_campaign_and_follow_it_to_its_end(
    world: World, units: dict[str, Organisation], browser: Callable[[str], Client]
) -> None:
    director, typed = browser("director"), {
        "office": PROVINCE_OFFICE, "title": "Đăng ký giao dịch điện tử", "text": "Phổ biến.",
        "counted": "người đăng ký",
        "starts.day": "9", "starts.month": "11", "starts.year": "2026", "ends.day": "30", "ends.month": "11",
        "ends.year": "2026",
    }  # fmt: skip
    assert "Mở chiến dịch" in director.get("/can-bo/chien-dich").content.decode()
    assert director.post("/can-bo/chien-dich/mo", {**typed, "_act": "open", "title": ""}).status_code == 422
    assert "đến 4 đơn vị" in director.post("/can-bo/chien-dich/mo", {**typed, "_act": "count"}).content.decode()
    assert director.post("/can-bo/chien-dich/mo", {**typed, "_act": "open"}).status_code == 302
    here = f"/can-bo/chien-dich/{Campaign.objects.get().pk}"
    assert "đang được lập" in director.get(here).content.decode()
    drain(NOW)
    citizen = browser("citizen")
    assert "Đăng ký giao dịch điện tử" in citizen.get("/chien-dich").content.decode()
    own = f"/chien-dich/{CampaignUnit.objects.get(unit_code='TA0001A').pk}"
    assert citizen.get(own).status_code == 200
    assert "Chưa ghi đủ hai số" in citizen.post(own, {"reached": "x", "out_of": "120"}).content.decode()
    assert citizen.post(own, {"reached": "1.180", "out_of": "1.200", "finished": "true"}).status_code == 302
    assert "1.180/1.200" in citizen.get(own).content.decode()
    collector = browser("collector")
    unit = f"/can-bo/chien-dich/don-vi/{CampaignUnit.objects.get(unit_code='TA0002B').pk}"
    assert "chưa có tài khoản" in collector.get(unit).content.decode()
    assert collector.post(unit, {"_act": "phone", "spoken_to": "Kế toán"}).status_code == 302
    assert collector.post(unit, {"_act": "say", "reached": "9", "out_of": ""}).status_code == 422
    assert collector.post(unit, {"_act": "say", "reached": "3", "out_of": "9"}).status_code == 302
    page = director.get(here + "?theo=officer").content.decode()
    assert "1 trên 4 đơn vị đã xong" in page and "Phạm Văn Đức" in page and "1.183" in page
    narrowed = director.get(f"{here}?theo=commune&muc={COMMUNE}&trang-thai=done").content.decode()
    assert "Công ty Dệt Cửa Lò" in narrowed and "Trường Cửa Lò" not in narrowed
    assert director.get(f"{here}?theo=officer&muc=x").status_code == 404
    assert director.get(f"{here}?trang={'9' * 30}").status_code == 200
    for kind in ("xlsx", "csv"):
        file = director.get(f"{here}/tep?dang={kind}")
        assert file.status_code == 200 and f".{kind}" in file.headers["Content-Disposition"]
    assert "Hợp tác xã Sông Lam" in director.get(f"{here}/tep?dang=csv").content.decode()
    assert "Đã nhắc 3 đơn vị" in director.post(here, {"_act": "remind"}, follow=True).content.decode()
    assert "đã kết thúc" in director.post(here, {"_act": "end"}, follow=True).content.decode()
    assert browser("counter").post(here, {"_act": "end"}).status_code == 422
    assert browser("counter").get("/can-bo/chien-dich/mo").status_code == 403
