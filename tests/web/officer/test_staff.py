"""The pages of whoever manages people: found, reviewed, done, told; and nothing of other offices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ansinh.offices.models import Office
from ansinh.people.models import Absence, Assignment, Delegation, Deputy, Enrolment, Officer, Role, UnitCharge
from tests.browsers import Client
from tests.people.life_cycles.officers import colleague, give_back
from tests.people.officers.rows import rows_of_staff
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, an_account

Browser = Callable[[str], Client]
BEGINS = {"begins.day": "9", "begins.month": "11", "begins.year": "2026"}
ASSIGN = {"office": LOCAL_OFFICE, "role": Role.CARD.value, "function": "book_card", "document": "7/QĐ-BHXH", **BEGINS}


def page(world: World, name: str, who: str = "counter", **parts: object) -> str:
    return reverse(f"officer:{name}", kwargs={"officer_id": world[who].officer_id, **parts})


def done(client: Client, address: str, answers: Mapping[str, object]) -> str:
    """Fill the form in, look at what will happen, press; gives the page one lands on."""
    review = client.post(address, answers)
    assert review.status_code == 200, review.content.decode()
    assert "Sẽ xảy ra" in review.content.decode()
    after = client.post(address, {**answers, "_sure": "1"}, follow=True)
    assert after.status_code == 200
    return after.content.decode()


def test_a_leader_assigns_after_reading_what_will_happen(world: World, browser: Browser) -> None:
    client, address = browser("leader"), page(world, "assign")
    review = client.post(address, ASSIGN)
    assert "Quyền có ngay khi bấm." in review.content.decode()
    assert not Assignment.objects.filter(role=Role.CARD).exists(), "nothing is done before the second press"
    after = done(client, address, {**ASSIGN})
    assert "Đã phân công Nguyễn Thị Hoa." in after
    assert "7/QĐ-BHXH" in after
    given = Assignment.objects.get(role=Role.CARD)
    assert (given.valid_from, given.valid_to) == (NOW.date(), None)


def test_what_is_wrong_stands_at_its_field_before_anybody_confirms(world: World, browser: Browser) -> None:
    answer = browser("leader").post(page(world, "assign"), {**ASSIGN, "document": "", "begins.day": "41"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Xin điền mục “Số văn bản”." in text
    assert "“Từ ngày” chưa đúng." in text
    late = browser("leader").post(page(world, "assign"), {**ASSIGN, "begins.day": "8"})
    assert late.status_code == 422
    assert "Quyền không giao lùi ngày" in late.content.decode()


@pytest.mark.parametrize("name", ["staff-member", "assign", "delegate", "absence", "give-unit"])
def test_people_of_other_offices_are_not_there_except_to_be_called_here(
    world: World, browser: Browser, name: str
) -> None:
    answer = browser("leader").get(page(world, name, "other_counter"))
    assert answer.status_code == (200 if name == "assign" else 404)


def test_a_row_of_somebody_elsewhere_is_not_reached_through_ones_own_people(world: World, browser: Browser) -> None:
    theirs = Assignment.objects.get(officer_id=world["other_counter"].officer_id)
    address = page(world, "end-post", row=theirs.pk)
    answers = {"when": "now", "reason": "x", "document": "1", "_sure": "1"}
    assert browser("leader").post(address, answers).status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_an_assignment_to_another_office_is_refused_on_the_form(world: World, browser: Browser) -> None:
    address = page(world, "assign", "other_counter")
    answer = browser("leader").post(address, {**ASSIGN, "office": OTHER_OFFICE, "_sure": "1"})
    assert answer.status_code == 422
    assert not Assignment.objects.filter(role=Role.CARD).exists()


def test_who_manages_nobody_is_told_where_the_own_duties_are(world: World, browser: Browser) -> None:
    answer = browser("counter").get(reverse("officer:staff"))
    assert answer.status_code == 403
    assert "Nhiệm vụ của tôi" in answer.content.decode()


def test_a_staff_code_leads_to_the_assignment_of_somebody_from_elsewhere(world: World, browser: Browser) -> None:
    client = browser("leader")
    found = client.get(reverse("officer:staff"), {"ma": "can-bo-other_counter"})
    assert found.headers["Location"] == page(world, "assign", "other_counter")
    assert client.get(reverse("officer:staff"), {"ma": "khong-co"}).status_code == 422


@pytest.mark.requirement("R-060")
def test_a_delegation_is_given_and_revoked_on_the_page_of_the_officer(world: World, browser: Browser) -> None:
    client = browser("leader")
    answers = {
        "office": LOCAL_OFFICE, "procedures": ["dang-ky-gdt-ca-nhan", "khoi-phuc-tai-khoan"], "four_eyes": "1",
        "document": "12/QĐ-BHXH", **BEGINS,
    }  # fmt: skip
    assert "12/QĐ-BHXH" in done(client, page(world, "delegate"), answers)
    given = Delegation.objects.get()
    assert (given.four_eyes, given.procedures) == (True, ["dang-ky-gdt-ca-nhan", "khoi-phuc-tai-khoan"])
    after = done(client, page(world, "revoke", row=given.pk), {"reason": "Đổi người"})
    assert "Đổi người" in after
    assert Delegation.objects.get().ended_at == NOW


def test_an_administrator_has_no_button_to_delegate(world: World, browser: Browser) -> None:
    assert page(world, "delegate") not in browser("admin").get(page(world, "staff-member")).content.decode()
    assert page(world, "delegate") in browser("leader").get(page(world, "staff-member")).content.decode()


def test_leave_deputy_and_return(world: World, browser: Browser) -> None:
    client, other = browser("leader"), colleague(role=Role.APPROVER)
    ends = {"ends.day": "11", "ends.month": "11", "ends.year": "2026"}
    assert "Xin chọn người thay" in done(client, page(world, "absence"), {**BEGINS, **ends})
    leave = Absence.objects.get()
    chosen = {"office": LOCAL_OFFICE, "deputy": str(other.officer_id)}
    assert "Vũ Thị Mơ làm thay" in done(client, page(world, "deputy", row=leave.pk), {**chosen})
    assert Deputy.objects.get().capacity == ""
    back = page(world, "back", row=leave.pk)
    assert "Người thay thôi làm thay ngay." in client.get(back).content.decode()
    assert Absence.objects.get().ended_at is None, "looking changes nothing"
    client.post(back, {"_sure": "1"})
    assert Absence.objects.get().ended_at == NOW


@pytest.mark.requirement("R-160")
@pytest.mark.requirement("R-162")
def test_units_are_given_and_handed_over(world: World, browser: Browser) -> None:
    client = browser("leader")
    answers = {
        "office": LOCAL_OFFICE, "unit": "ta0123a", "name": "Trường Bờ Sông", "function": "benefits",
        "contact": "Lý Thị Thơm", "phone": "0900 000 401", **BEGINS,
    }  # fmt: skip
    assert "Trường Bờ Sông" in done(client, page(world, "give-unit", "specialist"), {**answers})
    hand_over: dict[str, object] = {
        "office": LOCAL_OFFICE, "does": ["benefits"], "to": str(world["head"].officer_id), "document": "11/BB",
        **BEGINS,
    }  # fmt: skip
    review = client.post(page(world, "hand-over-units", "specialist"), hand_over)
    assert "1 đơn vị đổi người phụ trách" in review.content.decode()
    done(client, page(world, "hand-over-units", "specialist"), hand_over)
    assert UnitCharge.objects.get(ended_at__isnull=True).officer_id == world["head"].officer_id


def test_departments_get_their_names(world: World, browser: Browser) -> None:
    answers: dict[str, object] = {
        "name": "Bộ phận Một cửa", "does": ["counter", "account"], "document": "3/QĐ", **BEGINS,
    }  # fmt: skip
    address = reverse("officer:department", kwargs={"office_code": LOCAL_OFFICE})
    assert "Bộ phận Một cửa" in done(browser("leader"), address, answers)
    foreign = reverse("officer:department", kwargs={"office_code": OTHER_OFFICE})
    assert browser("leader").get(foreign).status_code == 404


@pytest.mark.requirement("R-159")
def test_an_account_for_somebody_new_takes_two_managers(world: World, browser: Browser) -> None:
    first, second = browser("admin"), browser("leader")
    ask = reverse("officer:ask-account", kwargs={"office_code": LOCAL_OFFICE})
    answers = {
        "name": "Lò Thị Xôm", "title": "Chuyên viên", "code": "lxom", "phone": "0900 000 777", "email": "",
        "document": "7/QĐ-BHXH",
    }  # fmt: skip
    wrong = first.post(ask, {**answers, "phone": "12"})
    assert wrong.status_code == 422 and "Số điện thoại chưa đúng" in wrong.content.decode()
    waiting = done(first, ask, answers)
    row = Enrolment.objects.get()
    parts = {"office_code": LOCAL_OFFICE, "row": str(row.pk)}
    confirm = reverse("officer:confirm-account", kwargs=parts)
    assert "người quản lý khác xác nhận" in waiting and confirm not in waiting
    assert first.post(confirm, {"_sure": "1"}).status_code == 409
    people = second.get(reverse("officer:staff")).content.decode()
    assert "1 chờ xác nhận" in people
    listed = second.get(reverse("officer:staff-accounts")).content.decode()
    assert confirm in listed and "0900000777" in listed
    assert "tự đặt mật khẩu; không ai khác biết mật khẩu" in second.get(confirm).content.decode()
    assert not Officer.objects.filter(full_name="Lò Thị Xôm").exists(), "looking opens nothing"
    after = second.post(confirm, {"_sure": "1"}, follow=True).content.decode()
    assert "Đã mở tài khoản và gửi lời mời." in after
    made = Officer.objects.get(full_name="Lò Thị Xôm")
    assert reverse("officer:assign", kwargs={"officer_id": made.pk}) in after


def test_a_request_for_an_account_is_ended_with_a_reason(world: World, browser: Browser) -> None:
    row = rows_of_staff(world, at=NOW)["refuse-account"]
    address = reverse("officer:refuse-account", kwargs={"office_code": LOCAL_OFFICE, "row": row})
    assert "Ghi nhầm mã" in done(browser("leader"), address, {"reason": "Ghi nhầm mã"})
    assert Enrolment.objects.get(pk=row).state == "refused"


def test_posts_of_an_ending_office_move_by_one_button(world: World, browser: Browser) -> None:
    Office.objects.filter(pk=OTHER_OFFICE).update(valid_to=date(2026, 11, 30), merged_into=LOCAL_OFFICE)
    client = browser("director")
    page = client.get(reverse("officer:staff"), {"co-quan": OTHER_OFFICE}).content.decode()
    address = reverse("officer:move-posts", kwargs={"office_code": OTHER_OFFICE})
    assert "2 nhiệm vụ và 0 đơn vị phụ trách chưa chuyển; có thể chuyển từ ngày 01/12/2026" in page and address in page
    review = client.post(address, {"document": "9/QĐ-BHXH"}).content.decode()
    assert "Đỗ Thị Yến (Cán bộ tiếp nhận một cửa)" in review
    assert "Đã chuyển nhiệm vụ sang cơ quan mới." in done(client, address, {"document": "9/QĐ-BHXH"})
    moved = Assignment.objects.get(officer_id=world["other_counter"].officer_id, office_code=LOCAL_OFFICE)
    assert moved.valid_from == date(2026, 12, 1)
    member = client.get(page_of(world, "other_counter")).content.decode()
    assert "Chuyển Cán bộ tiếp nhận một cửa" in member


def page_of(world: World, who: str) -> str:
    return reverse("officer:staff-member", kwargs={"officer_id": world[who].officer_id})


def test_everything_about_oneself_is_on_one_page(world: World, browser: Browser) -> None:
    rows_of_staff(world, at=NOW)
    text = browser("counter").get(reverse("officer:my-duties")).content.decode()
    for shown in ("Cán bộ tiếp nhận một cửa", "9/QĐ-BHXH", "Vũ Thị Mơ làm thay", "Trường Tiểu học Bờ Sông"):
        assert shown in text
    assert "Làm thay Nguyễn Thị Hoa" not in text


@pytest.mark.parametrize(
    ("case", "says"), [("ended", "kết thúc ngày 09/11/2026"), ("coming", "bắt đầu ngày 10/11/2026")]
)
def test_without_a_post_today_the_page_says_since_when_and_whom_to_ask(
    world: World, browser: Browser, case: str, says: str
) -> None:
    give_back(world["counter"].officer_id, by=world["leader"], at=NOW)
    if case == "coming":
        done(browser("leader"), page(world, "assign"), {**ASSIGN, "begins.day": "10"})
    answer = browser("counter").get(reverse("officer:home"))
    assert answer.status_code == 403
    assert "Hôm nay ông/bà chưa có nhiệm vụ" in answer.content.decode()
    assert says in answer.content.decode()


def test_an_account_of_an_officer_never_assigned_is_told_so(world: World) -> None:
    account = an_account("can-bo-moi", "Lò Thị Xôm")
    Officer.objects.create(account=account, full_name="Lò Thị Xôm", title_vi="Chuyên viên")
    client = Client()
    client.force_login(account)
    assert "chưa được phân công ở cơ quan nào" in client.get(reverse("officer:home")).content.decode()


def test_the_list_of_people_takes_few_queries_however_many_there_are(
    world: World, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        colleague(f"nguoi-{number}")
    client = browser("leader")
    with django_assert_max_num_queries(18):
        text = client.get(reverse("officer:staff")).content.decode()
    assert text.count("Vũ Thị Mơ") == 8
