"""A letter on its way: office, department, officer, units; read, phoned, confirmed; reminded; counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import Client

from ansinh.directives import distribute, draft, follow, groups
from ansinh.directives.distribute import Order, Target
from ansinh.directives.issue import issue
from ansinh.directives.models import Delivery, DeliveryEvent, Letter, PageFeedback
from ansinh.offices.models import Level, Office
from ansinh.people.models import Account, Organisation, Role, UnitCharge
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.queue.runner import drain
from ansinh.platform.storage import _path
from tests.directives.conftest import a_letter, an_issued_letter
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, PROVINCE_OFFICE, World, an_officer
from tests.world_organisations import an_organisation, hired

LATER = NOW + timedelta(days=7)


@pytest.fixture
def company(world: World) -> Organisation:
    """A company with the citizen among its staff, looked after by the collector of the local office."""
    made = an_organisation("9999000044", "Công ty Dệt Cửa Lò", unit_code="TA0001A", managing_office=LOCAL_OFFICE)
    hired(made, world.citizen, "read", "file", valid_from=date(2020, 1, 1))
    for code, name in (("TA0001A", made.name), ("TA0002B", "Hợp tác xã Sông Lam")):
        UnitCharge.objects.create(
            office_code=LOCAL_OFFICE, unit_code=code, unit_name=name, function="benefits",
            officer_id=world["collector"].officer_id, contact_name="Phòng nhân sự", contact_phone="84900000001",
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
    return made


def down_the_line(world: World, letter: Letter) -> list[Delivery]:
    """Province → local office → department → collector → the collector's units."""
    (to_office,) = distribute.forward(
        letter.pk, [Target("office", LOCAL_OFFICE)], Order("Triển khai", date(2026, 11, 20)), actor=world["director"],
        at=NOW,
    )  # fmt: skip
    (to_room,) = distribute.forward_on(
        to_office.pk, [Target("department", LOCAL_OFFICE, function="benefits")], Order(), actor=world["leader"], at=NOW
    )
    (to_officer,) = distribute.forward_on(
        to_room.pk, [Target("officer", LOCAL_OFFICE, officer_id=world["collector"].officer_id)], Order(),
        actor=world["head"], at=NOW,
    )  # fmt: skip
    return distribute.forward_to_units(to_officer.pk, Order(), actor=world["collector"], at=NOW)


def downloaded(reader: Client, address: str) -> bytes:
    """The bytes of a file, read to its end, which closes it."""
    return bytes(reader.get(address).getvalue())


@pytest.mark.requirement("R-149", "R-150")
def test_it_goes_from_office_to_department_to_officer_to_the_units_each_looks_after(
    world: World, company: Organisation
) -> None:
    letter = an_issued_letter(world, files=1)
    units = down_the_line(world, letter)
    assert [(one.unit_code, one.organisation_id) for one in units] == [("TA0001A", company.pk), ("TA0002B", None)]
    again = down_the_line
    with pytest.raises(ValueError):  # nobody gets it twice
        again(world, letter)
    assert Delivery.objects.filter(letter=letter).count() == 5


def test_out_of_line_it_goes_nowhere(world: World, company: Organisation) -> None:
    draft, letter = a_letter(world), an_issued_letter(world)
    to_office = [Target("office", LOCAL_OFFICE)]
    with pytest.raises(Conflict):
        distribute.forward(draft.pk, to_office, Order(), actor=world["director"], at=NOW)
    with pytest.raises((NotFound, NotAllowed)):
        distribute.forward(letter.pk, to_office, Order(), actor=world["leader"], at=NOW)
    (held,) = distribute.forward(letter.pk, to_office, Order(), actor=world["director"], at=NOW)
    with pytest.raises(NotFound):
        distribute.forward_on(held.pk, [Target("officer", LOCAL_OFFICE)], Order(), actor=world["counter"], at=NOW)
    elsewhere = Target("officer", LOCAL_OFFICE, officer_id=world["other_counter"].officer_id)
    with pytest.raises(Invalid):
        distribute.forward_on(held.pk, [elsewhere], Order(), actor=world["leader"], at=NOW)
    with pytest.raises(Invalid):
        distribute.forward_on(held.pk, [Target("office", OTHER_OFFICE)], Order(), actor=world["leader"], at=NOW)
    with pytest.raises(Invalid):
        past = Order(due_on=date(2026, 11, 8))
        distribute.forward(letter.pk, [Target("office", OTHER_OFFICE)], past, actor=world["director"], at=NOW)


@pytest.mark.requirement("R-179")
def test_a_changed_file_stops_the_forwarding(world: World) -> None:
    letter = an_issued_letter(world, files=1)
    stored = _path(letter.attachments.get().sha256)
    stored.chmod(0o600)
    stored.write_bytes(b"x")
    with pytest.raises(Conflict) as refused:
        distribute.forward(letter.pk, [Target("office", LOCAL_OFFICE)], Order(), actor=world["director"], at=NOW)
    assert refused.value.code == "file-changed"
    assert settings.FILES_DIR and not Delivery.objects.exists()


@pytest.mark.requirement("R-152")
def test_a_head_acknowledges_and_reports_the_task_done(world: World, company: Organisation) -> None:
    letter = an_issued_letter(world)
    (held,) = distribute.forward(
        letter.pk, [Target("office", LOCAL_OFFICE)], Order("Thực hiện mục 9.1", date(2026, 11, 20)),
        actor=world["director"], at=NOW,
    )  # fmt: skip
    assert [one.pk for one in follow.inbox(world["leader"])] == [held.pk]
    follow.acknowledge(held.pk, actor=world["leader"], at=NOW)
    with pytest.raises(Conflict):
        follow.acknowledge(held.pk, actor=world["leader"], at=LATER)
    follow.confirm_done(held.pk, actor=world["leader"], at=LATER)
    held.refresh_from_db()
    assert (held.read_at, held.acknowledged_at, held.confirmed_at) == (NOW, NOW, LATER)
    assert list(held.events.values_list("kind", flat=True)) == ["delivered", "read", "acknowledged", "confirmed"]


@pytest.mark.requirement("R-151", "R-156")
def test_each_unit_is_read_phoned_and_confirmed_and_counted_by_office(world: World, company: Organisation) -> None:
    letter = an_issued_letter(world)
    with_account, without = down_the_line(world, letter)
    follow.read_as_unit(with_account.pk, actor=world.citizen, at=LATER)
    follow.confirm_as_unit(with_account.pk, actor=world.citizen, at=LATER)
    with pytest.raises(Conflict):
        follow.confirm_as_unit(with_account.pk, actor=world.citizen, at=LATER)
    with pytest.raises(NotFound):
        follow.read_as_unit(without.pk, actor=world.citizen, at=LATER)
    with pytest.raises(Invalid):
        follow.phone(without.pk, spoken_to=" ", note="", confirmed=True, actor=world["collector"], at=LATER)
    with pytest.raises(NotFound):
        follow.phone(without.pk, spoken_to="Kế toán", note="", confirmed=True, actor=world["head"], at=LATER)
    follow.phone(without.pk, spoken_to="Phòng kế toán", note="", confirmed=False, actor=world["collector"], at=LATER)
    (counted,) = follow.counts(Delivery.objects.filter(letter=letter))
    assert (counted.office_code, counted.units, counted.read, counted.phoned, counted.confirmed) == (
        LOCAL_OFFICE, 2, 1, 1, 1,
    )  # fmt: skip
    called = DeliveryEvent.objects.get(kind="phoned")
    assert (called.spoken_to, called.actor) == ("Phòng kế toán", world["collector"].label)
    for refused in (
        lambda: DeliveryEvent.objects.update(note="khác"),
        lambda: Delivery.objects.update(unit_name="khác"),
        lambda: Delivery.objects.filter(pk=without.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


@pytest.mark.requirement("R-156")
def test_an_office_sees_of_a_letter_of_the_province_what_became_of_it_at_its_own_units(
    world: World, company: Organisation, browser: Callable[[str], Client]
) -> None:
    letter = an_issued_letter(world)
    down_the_line(world, letter)
    distribute.forward(letter.pk, [Target("office", OTHER_OFFICE)], Order(), actor=world["director"], at=NOW)
    elsewhere = an_officer("giam-doc-hai", "Trịnh Văn Ba", "Giám đốc", ((OTHER_OFFICE, Role.LEADER),))
    here = f"/can-bo/van-ban/{letter.pk}"
    reader = Client()
    reader.force_login(Account.objects.get(pk=elsewhere.account_id))
    page = reader.get(here).content.decode()
    assert "Hợp tác xã Sông Lam" not in page and "Đơn vị đã nhận, theo cơ quan" not in page
    for name in ("leader", "director"):
        page = browser(name).get(here).content.decode()
        assert "Hợp tác xã Sông Lam" in page and "Đơn vị đã nhận, theo cơ quan" in page, name


@pytest.mark.requirement("R-156")
def test_who_is_late_is_reminded_once_a_day_on_working_days(world: World, company: Organisation) -> None:
    letter = an_issued_letter(world)
    down_the_line(world, letter)
    assert follow.remind(at=NOW + timedelta(days=1)) == 0
    assert follow.remind(at=NOW + timedelta(days=3)) == 2  # the two units, after three working days
    assert follow.remind(at=NOW + timedelta(days=3, hours=2)) == 0
    assert follow.remind(at=NOW + timedelta(days=5)) == 0  # Saturday
    assert follow.remind(at=NOW + timedelta(days=10)) == 3  # units again, and the office before its due day
    assert DeliveryEvent.objects.filter(kind="reminded").count() == 5


@pytest.mark.requirement("R-151", "R-162")
def test_who_looks_after_a_unit_now_phones_it_whoever_forwarded_the_letter(world: World, company: Organisation) -> None:
    _, unit = down_the_line(world, an_issued_letter(world))
    call = {"spoken_to": "Phòng kế toán", "note": "", "confirmed": True, "at": LATER}
    with pytest.raises(NotFound):
        follow.phone(unit.pk, **call, actor=world["specialist"])  # type: ignore[arg-type]
    UnitCharge.objects.filter(unit_code="TA0002B").update(valid_to=LATER.date() - timedelta(days=1))
    UnitCharge.objects.create(
        office_code=LOCAL_OFFICE, unit_code="TA0002B", unit_name=unit.unit_name, function="benefits",
        officer_id=world["specialist"].officer_id, contact_name="Phòng nhân sự", contact_phone="84900000001",
        valid_from=LATER.date(),
    )  # fmt: skip
    to = Target("officer", LOCAL_OFFICE, officer_id=world["specialist"].officer_id)
    (own,) = distribute.forward_on(
        Delivery.objects.get(holder="department").pk, [to], Order(), actor=world["head"], at=LATER
    )
    assert unit in follow.units_at(own, on=LATER.date())
    follow.phone(unit.pk, **call, actor=world["specialist"])  # type: ignore[arg-type]
    unit.refresh_from_db()
    assert unit.phoned_at == unit.confirmed_at == LATER


@pytest.mark.requirement("R-151", "R-153")
def test_a_call_to_a_member_of_a_group_is_written_down_on_the_page(
    world: World, browser: Callable[[str], Client], keys: None
) -> None:
    letter, director = an_issued_letter(world), world["director"]
    made = groups.make_group(
        PROVINCE_OFFICE, name_vi="Báo, đài", name_en="", organisation_kind="", actor=director, at=NOW
    )
    groups.add_member(made.pk, name="Báo Sông Lam", contact="0900 000 001", actor=director, at=NOW)
    (sent,) = distribute.forward_to_group(letter.pk, made.pk, Order(), actor=director, at=NOW)
    deputy, here = browser("province_leader"), f"/can-bo/van-ban/den/{sent.pk}"
    assert here in deputy.get(f"/can-bo/van-ban/{letter.pk}").content.decode()
    assert "Ghi một cuộc gọi" in deputy.get(here).content.decode()
    call = {"_act": "phone", "unit": str(sent.pk), "spoken_to": "Ban thư ký", "confirmed": "yes"}
    assert deputy.post(here, call).status_code == 302
    sent.refresh_from_db()
    assert sent.phoned_at == sent.confirmed_at == NOW
    assert browser("counter").get(here).status_code == 404


@pytest.mark.requirement("R-149")
def test_a_province_passes_a_letter_of_the_centre_on_to_its_offices(
    world: World, browser: Callable[[str], Client]
) -> None:
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="Hà Nội",
        phone="1900 0000", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Office.objects.filter(code=PROVINCE_OFFICE).update(parent="00000")
    centre = an_officer("trung-uong", "Hà Văn Sự", "Tổng Giám đốc", (("00000", Role.LEADER),))
    text = draft.Wanted("BHXH-CNTT", "giao dịch điện tử", "Xin thực hiện.", centre.officer_id, (("BHXH tỉnh", "act"),))
    letter = draft.begin(text, office_code="00000", actor=centre, at=NOW)
    issue(letter.pk, actor=centre, at=NOW)
    (held,) = distribute.forward(letter.pk, [Target("office", PROVINCE_OFFICE)], Order(), actor=centre, at=NOW)
    director, here = browser("director"), f"/can-bo/van-ban/den/{held.pk}"
    assert f'value="office:{LOCAL_OFFICE}"' in director.get(here).content.decode()
    sent = {"_act": "forward", "to": [f"office:{LOCAL_OFFICE}"]}
    assert director.post(here, sent).status_code == 302
    (further,) = Delivery.objects.filter(parent=held)
    assert further.office_id == LOCAL_OFFICE
    page = browser("leader").get(f"/can-bo/van-ban/den/{further.pk}").content.decode()
    assert 'value="office:' not in page


@pytest.mark.requirement("R-153")
def test_a_group_is_data_with_named_bodies_and_the_organisations_of_a_kind(world: World, company: Organisation) -> None:
    an_organisation("9999000084", "Trường Trung học Cửa Lò", kind="school", managing_office=PROVINCE_OFFICE)
    letter, director = an_issued_letter(world), world["director"]
    made = groups.make_group(
        PROVINCE_OFFICE, name_vi="Các trường học", name_en="Schools", organisation_kind="school", actor=director, at=NOW
    )
    groups.add_member(made.pk, name="Sở Giáo dục và Đào tạo", contact="0900 000 001", actor=director, at=NOW)
    groups.add_member(made.pk, name="Báo Sông Lam", contact="", actor=director, at=NOW)
    groups.remove_member(made.pk, "Báo Sông Lam", actor=director, at=NOW)
    with pytest.raises(Conflict):
        groups.add_member(made.pk, name="Sở Giáo dục và Đào tạo", contact="", actor=director, at=NOW)
    sent = distribute.forward_to_group(letter.pk, made.pk, Order(), actor=director, at=NOW)
    assert [one.unit_name for one in sent] == ["Sở Giáo dục và Đào tạo", "Trường Trung học Cửa Lò"]
    with pytest.raises(NotAllowed):
        groups.make_group(
            PROVINCE_OFFICE, name_vi="x", name_en="", organisation_kind="", actor=world["counter"], at=NOW
        )


@pytest.mark.requirement("R-154", "R-183", "R-184", "R-185")
def test_a_published_letter_is_on_the_provincial_page_as_pdf_and_asks_whether_it_helped(
    world: World, browser: Callable[[str], Client], keys: None
) -> None:
    hidden = an_issued_letter(world, recipients=(("Các đơn vị", "act"),))
    letter = an_issued_letter(world, files=1)
    drain(NOW)
    reader = Client()
    assert f"/van-ban/{letter.pk}" in reader.get("/tinh/90").content.decode()
    here = f"/van-ban/{letter.pk}"
    page = reader.get(here).content.decode()
    assert "Tăng cường giao dịch điện tử" in page and "có giúp ích" in page and "2/BHXH-CNTT" in page
    assert downloaded(reader, f"{here}/ban-in.pdf").startswith(b"%PDF")
    assert downloaded(reader, f"{here}/tep/{letter.attachments.get().pk}").startswith(b"\xff\xd8")
    assert reader.get(f"/van-ban/{hidden.pk}").status_code == 404
    assert reader.post(here, {"helped": "no", "comment": "Thiếu mẫu 2-CBH"}, follow=True).status_code == 200
    director = browser("director")
    assert "Thiếu mẫu 2-CBH" in director.get("/can-bo/van-ban/gop-y").content.decode()
    assert browser("leader").get("/can-bo/van-ban/gop-y").content.decode().count("2-CBH") == 0
    said = PageFeedback.objects.get()
    answer = {"feedback": str(said.pk), f"done-{said.pk}": "Đã đính kèm mẫu"}
    assert director.post("/can-bo/van-ban/gop-y", answer).status_code == 302
    assert "Đã đính kèm mẫu" in director.get("/can-bo/van-ban/gop-y").content.decode()


@pytest.mark.requirement("R-154")
def test_a_letter_that_the_centre_publishes_is_on_the_page_of_every_province(world: World) -> None:
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="Hà Nội",
        phone="1900 0000", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    centre = an_officer("trung-uong", "Hà Văn Sự", "Tổng Giám đốc", (("00000", Role.LEADER),))
    to = (("BHXH các tỉnh", "act"), ("trang Web", "publish"))
    text = draft.Wanted("BHXH-CNTT", "cung cấp dịch vụ mới", "Xin thực hiện.", centre.officer_id, to)
    letter = issue(draft.begin(text, office_code="00000", actor=centre, at=NOW).pk, actor=centre, at=NOW)
    page = Client().get("/tinh/90").content.decode()
    assert f"/van-ban/{letter.pk}" in page and "BHXH Việt Nam" in page


@pytest.mark.requirement("R-185")
def test_what_is_said_of_a_guide_reaches_the_central_office(world: World) -> None:
    Office.objects.create(
        code="00000", name_vi="BHXH Việt Nam", name_en="VSS", level=Level.CENTRAL, province_code="01", address="Hà Nội",
        phone="1900 0000", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    reader = Client()
    assert "có giúp ích" in reader.get("/dich-vu/che-do-om-dau/huong-dan").content.decode()
    reader.post("/gop-y/huong-dan/che-do-om-dau", {"helped": "yes", "comment": ""})
    assert PageFeedback.objects.get().office_id == "00000"


@pytest.mark.requirement("R-148", "R-150", "R-151", "R-152", "R-156")
def test_the_desk_from_draft_to_the_confirmation_of_a_unit(
    world: World, company: Organisation, browser: Callable[[str], Client], keys: None
) -> None:
    director, deputy = browser("director"), browser("province_leader")
    written = {
        "symbol": "BHXH-CNTT", "summary": "tăng cường giao dịch điện tử", "body": "Xin thực hiện.",
        "to-act": "Các đơn vị sử dụng lao động", "to-report": "UBND tỉnh", "to-archive": "VT",
        "signer": str(world["province_leader"].officer_id),
    }  # fmt: skip
    refused = director.post("/can-bo/van-ban/moi", {**written, "symbol": "x"})
    assert refused.status_code == 422 and "Xin thực hiện." in refused.content.decode()
    assert director.post("/can-bo/van-ban/moi", written).status_code == 302
    letter = Letter.objects.get()
    here = f"/can-bo/van-ban/{letter.pk}"
    assert "Dự thảo" in director.get("/can-bo/van-ban").content.decode()
    assert director.post(f"{here}/sua", {**written, "summary": "đẩy mạnh giao dịch điện tử"}).status_code == 302
    assert director.get(f"{here}/ban-in.pdf").content.startswith(b"%PDF")
    assert director.post(here, {"_act": "issue"}).status_code == 422
    assert "Ký và phát hành" in deputy.get(here).content.decode()
    assert deputy.post(here, {"_act": "issue"}).status_code == 302
    assert "1/BHXH-CNTT" in deputy.get(here).content.decode()
    drain(NOW)
    office = {"_act": "forward", "to": [f"office:{LOCAL_OFFICE}"], "task": "Triển khai", "due.day": "20"}
    assert director.post(here, {**office, "due.month": "11", "due.year": "2026"}).status_code == 302
    held = Delivery.objects.get()
    leader, collector = browser("leader"), browser("collector")
    arrived = f"/can-bo/van-ban/den/{held.pk}"
    assert "Triển khai" in leader.get(arrived).content.decode()
    assert leader.post(arrived, {"_act": "acknowledge"}).status_code == 302
    to = f"officer:{world['collector'].officer_id}"
    assert leader.post(arrived, {"_act": "forward", "to": [to]}).status_code == 302
    own = f"/can-bo/van-ban/den/{Delivery.objects.get(holder='officer').pk}"
    assert collector.post(own, {"_act": "units"}).status_code == 302
    unit = Delivery.objects.get(unit_code="TA0002B")
    call = {"_act": "phone", "unit": str(unit.pk), "spoken_to": "Phòng nhân sự", "confirmed": "yes"}
    assert collector.post(own, call).status_code == 302
    assert "Hợp tác xã Sông Lam" in collector.get(own).content.decode()
    citizen = browser("citizen")
    assert "đẩy mạnh giao dịch điện tử" in citizen.get("/van-ban-den").content.decode()
    mine = f"/van-ban-den/{Delivery.objects.get(unit_code='TA0001A').pk}"
    assert "Xác nhận đã biết" in citizen.get(mine).content.decode()
    assert citizen.post(mine).status_code == 302
    assert downloaded(citizen, f"{mine}/ban-in.pdf").startswith(b"%PDF")
    (counted,) = follow.counts(Delivery.objects.filter(letter=letter))
    assert (counted.units, counted.read, counted.phoned, counted.confirmed) == (2, 1, 1, 2)
    assert browser("other_counter").get(here).status_code == 404
