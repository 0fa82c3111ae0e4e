"""The desk in a browser without JavaScript: who sees what, and every act by its form."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from ansinh.dossiers.models import Dossier, State
from ansinh.post.models import IncomingItem
from ansinh.web.officer.urls import urlpatterns
from tests.browsers import Client
from tests.casework.moves import (
    MONDAY,
    a_dossier_in_appraisal,
    a_dossier_to_control,
    a_dossier_to_sign,
    answered,
    asked,
)
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_registration, a_submitted_dossier
from tests.world_procedures import BY_POST, PROVINCIAL

Browser = Callable[[str], Client]


def words(response: Any) -> str:
    """The text of a page without its tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(text.replace("&nbsp;", " ").replace("\u00a0", " ").split())


def at(dossier: Dossier, page: str = "") -> str:
    """The address of a page of a dossier."""
    return f"/can-bo/ho-so/{dossier.pk}" + (f"/{page}" if page else "")


def press(browser: Client, address: str, **typed: Any) -> Any:
    """Open the page of an act and press its button with what is typed."""
    shown = browser.get(address)
    assert shown.status_code == 200, words(shown)
    seen = re.search(r'name="_seen" value="(\d+)"', shown.content.decode())
    return browser.post(address, {"_seen": seen.group(1) if seen else "", **typed}, follow=True)


# --- who may come in ---


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.name))
def test_every_page_of_the_desk_is_closed_to_strangers_and_citizens(
    pattern: Any, world: World, browser: Browser
) -> None:
    dossier = a_submitted_dossier(world)
    parts = {
        "dossier_id": dossier.pk, "paper_id": dossier.pk, "document_id": dossier.pk, "number": 1,
        "officer_id": world["counter"].officer_id, "office_code": LOCAL_OFFICE, "row": 1,
    }  # fmt: skip
    route = str(pattern.pattern)
    for name, value in parts.items():
        route = re.sub(rf"<\w+:{name}>", str(value), route)
    route = re.sub(r"<uuid:\w+>", str(dossier.pk), route)
    route = re.sub(r"<int:\w+>", "1", route)
    route = re.sub(r"<slug:\w+>", "huong-bhxh-mot-lan", route)
    for method in ("get", "post"):
        stranger = getattr(Client(), method)(f"/{route}")
        assert (stranger.status_code, stranger.headers["Location"].split("?")[0]) == (302, "/dang-nhap"), route
        assert getattr(browser("citizen"), method)(f"/{route}").status_code == 403, route


def test_a_dossier_of_another_office_is_not_there(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    for page in ("", "tiep-nhan", "bo-sung", "to-khai.pdf", "ky"):
        assert browser("other_counter").get(at(dossier, page)).status_code == 404
    assert browser("other_counter").post(at(dossier, "tiep-nhan")).status_code == 404


def test_who_has_another_role_reads_but_cannot_act(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    purpose = {"purpose": "supervise", "sentence": "Kiểm tra hồ sơ tuần này.", "tiep": at(dossier)}
    page = browser("specialist").post(at(dossier, "muc-dich"), purpose, follow=True)
    assert "Bước này thuộc Cán bộ tiếp nhận một cửa" in words(page)
    assert "Tiếp nhận hồ sơ" not in words(page)
    assert browser("specialist").post(at(dossier, "tiep-nhan")).status_code == 403


# --- the queue ---


def test_the_queue_says_what_today_holds(world: World, browser: Browser) -> None:
    late = a_dossier_in_appraisal(world, at=a_moment(date(2026, 10, 26)))
    today = a_dossier_in_appraisal(world, at=a_moment(date(2026, 10, 29)))
    paused = a_dossier_in_appraisal(world, at=MONDAY)
    asked(world, paused, at=MONDAY)
    page = browser("specialist").get("/can-bo")
    text = words(page)
    assert "Việc hôm nay: 3 hồ sơ, 1 trễ, 1 hết hạn chiều nay" in text
    order = [text.index(one.number) for one in (late, today, paused)]
    assert order == sorted(order)
    assert "Trễ 3 ngày" in text
    assert "Hôm nay 17:00" in text
    assert "Đang dừng" in text
    assert "Chờ người nộp bổ sung đến" in text


def test_saved_lists_hold_what_their_counts_say(world: World, browser: Browser) -> None:
    a_submitted_dossier(world)
    a_submitted_dossier(world, BY_POST)
    a_registration(world)
    client = browser("counter")
    expected = {"viec-cua-toi": 2, "cho-ban-chinh": 1, "dang-ky": 1, "tre-han": 0}
    front = words(client.get("/can-bo"))
    assert "Việc của tôi 2" in front
    assert "Đăng ký chờ đến quầy 1" in front
    for view, count in expected.items():
        text = client.get(f"/can-bo?viec={view}").content.decode()
        assert len(re.findall(r'<a href="/can-bo/(?:ho-so|dang-ky)/[0-9a-f-]{36}"', text)) == count, view


def test_the_queue_costs_at_most_twelve_queries(
    world: World, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        asked(world, a_dossier_in_appraisal(world), at=MONDAY)
        answered(world, a_dossier_with_request(world), at=MONDAY)
    client = browser("specialist")
    client.get("/can-bo")
    # The rules that share work out, the lists kept, and the opinions one is asked for are one each.
    with django_assert_max_num_queries(12):
        page = client.get("/can-bo")
    assert page.content.decode().count('<tr role="row">') == 13


def test_search_and_the_dossier_page_stay_within_their_budgets(
    world: World, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    dossier = answered(world, a_dossier_with_request(world), at=MONDAY)
    client = browser("specialist")
    # A search by name plans anew for its words: the setting and, inside a test's transaction, two savepoint statements;
    # a name that fills no page of the newest dossiers is then looked for among the office's names. After that who is
    # protected is looked up, and the looks are written. Who stands in for whom is one query everywhere.
    # Beside a dossier stand its opinions, its complaints and its apology: one query each.
    for address, most in (("/can-bo/tim?q=mai+lan", 13), (at(dossier), 38)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def a_dossier_with_request(world: World) -> Dossier:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    return dossier


def test_long_lists_go_on_at_a_shareable_address(world: World, browser: Browser) -> None:
    for _ in range(51):
        a_submitted_dossier(world, papers=())
    client = browser("counter")
    first = client.get("/can-bo")
    assert "1–50 trong 51" in words(first)
    following = re.search(r'href="(/can-bo\?[^"]*tu=50)"', first.content.decode())
    assert following is not None
    assert "51–51 trong 51" in words(client.get(following.group(1).replace("&amp;", "&")))


def test_the_list_is_filtered_by_procedure(world: World, browser: Browser) -> None:
    a_submitted_dossier(world)
    other = a_submitted_dossier(world, PROVINCIAL)
    page = browser("counter").get("/can-bo?thu-tuc=tro-cap-tinh")
    assert page.content.decode().count('<tr role="row">') == 2
    assert other.number in words(page)


def test_an_empty_list_says_so(browser: Browser) -> None:
    assert "Không còn việc nào" in words(browser("leader").get("/can-bo"))


@pytest.mark.parametrize(
    "typed", ["00001/2026/90001", "00001/2026", "00001/", "1", "9000000018", "tran thi mai", "MAI LAN"]
)
def test_search_by_number_si_number_and_name(world: World, browser: Browser, typed: str) -> None:
    dossier = a_submitted_dossier(world)
    page = browser("counter").get("/can-bo/tim", {"q": typed})
    assert "Tìm thấy 1 hồ sơ" in words(page)
    assert dossier.number in words(page)


def test_search_finds_nothing_of_another_office(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    page = browser("other_counter").get("/can-bo/tim", {"q": dossier.number})
    assert "Tìm thấy 0 hồ sơ" in words(page)


# --- intake ---


def test_accepting_tells_the_due_date_before_and_after(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world), browser("counter")
    before = words(client.get(at(dossier, "tiep-nhan")))
    assert "hẹn trả 17:00 thứ Tư 18/11/2026" in before
    after = words(press(client, at(dossier, "tiep-nhan")))
    assert "Đã tiếp nhận hồ sơ, giờ bắt đầu tính." in after
    assert "Còn 7 ngày" in after


def test_a_second_press_shows_what_the_first_one_did(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world), browser("counter")
    shown = client.get(at(dossier, "tiep-nhan")).content.decode()
    seen = re.search(r'name="_seen" value="(\d+)"', shown)
    assert seen is not None
    client.post(at(dossier, "tiep-nhan"), {"_seen": seen.group(1)})
    again = client.post(at(dossier, "tiep-nhan"), {"_seen": seen.group(1)}, follow=True)
    assert again.status_code == 200
    assert dossier.events.filter(kind="accepted").count() == 1


def test_a_page_opened_before_a_colleague_acted_gets_a_sentence(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    browser("counter").post(at(dossier, "tiep-nhan"), {"_seen": "0"})
    late = browser("counter").post(at(dossier, "tiep-nhan"), {"_seen": "not a number"})
    assert late.status_code == 403
    assert "Bước này thuộc Chuyên quản thu" in words(late)


def test_originals_then_acceptance(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world, BY_POST), browser("counter")
    assert "Ghi nhận bản chính đã đến" in words(client.get(at(dossier)))
    press(client, at(dossier, "ban-chinh"), note="EQ 204 118 736 VN")
    page = words(client.get(at(dossier)))
    assert "Tiếp nhận hồ sơ" in page
    assert "EQ 204 118 736 VN" in page


def test_a_dossier_that_goes_up_leads_back_to_the_queue(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world, PROVINCIAL)
    client = browser("counter")
    assert "chuyển BHXH tỉnh Sông Lam giải quyết" in words(client.get(at(dossier, "tiep-nhan")))
    done = press(client, at(dossier, "tiep-nhan"))
    assert done.redirect_chain[-1][0] == "/can-bo"
    assert "Đã tiếp nhận hồ sơ" in words(done)


# --- asking for more ---


def test_pins_collect_into_one_request_read_as_the_person_will(world: World, browser: Browser) -> None:
    dossier, client = a_dossier_in_appraisal(world), browser("specialist")
    address = at(dossier, "bo-sung")
    assert "Tài khoản nhận tiền" in words(client.get(address))
    account, photo = "field:bank_account", "paper:birth_certificate@children[0]"
    slots = client.post(address, {"ghim": [account, photo]})
    assert "Yêu cầu bổ sung 2 chỗ" in words(slots)
    typed = {
        "ghim": [account, photo],
        f"reason:{account}": "bank-account-not-holder",
        f"wrong:{account}": "Tài khoản đứng tên TRAN THI LAN.",
        f"reason:{photo}": "paper-unreadable",
        f"wrong:{photo}": "Ảnh mờ.",
    }
    shown = client.post(address, {**typed, "_preview": "1"})
    assert "Số tài khoản đứng tên đúng người hưởng" in words(shown)
    assert "hạn 09/12/2026" in words(shown)
    done = client.post(address, {**typed, "_send": "1"}, follow=True)
    assert "Đã gửi yêu cầu bổ sung" in words(done)
    dossier.refresh_from_db()
    assert dossier.state == State.WAITING_FOR_APPLICANT
    assert dossier.supplement_requests.get().items.count() == 2


def test_empty_slots_are_named_beside_their_field(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    page = browser("specialist").post(
        at(dossier, "bo-sung"), {"ghim": ["field:phone"], "_preview": "1", "good:field:phone": "Số đang dùng"}
    )
    assert page.status_code == 422
    assert "Lỗi: Yêu cầu bổ sung 1 chỗ" in page.content.decode()
    assert "Chưa chọn lý do cho “Điện thoại liên hệ”" in words(page)
    assert "Số đang dùng" in page.content.decode()


def test_nothing_pinned_says_what_to_do(world: World, browser: Browser) -> None:
    page = browser("specialist").post(at(a_dossier_in_appraisal(world), "bo-sung"), {})
    assert page.status_code == 422
    assert "Chưa ghim chỗ nào" in words(page)


def test_changes_since_the_supplement_are_marked(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    answered(world, dossier, at=MONDAY)
    page = words(browser("specialist").get(at(dossier)))
    assert "Mới thay 09/11/2026" in page
    assert "(cũ)" in page


# --- decisions ---


def test_the_whole_way_to_a_signed_decision(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    page = words(browser("specialist").get(at(dossier)))
    assert "Đề xuất giải quyết 56.280.000 đ" in page
    assert "41/2024 Điều 59" in page
    press(browser("specialist"), at(dossier, "de-xuat"), amount="56.280.000", note="Đủ điều kiện.")
    head = browser("head")
    assert "Đủ điều kiện." in words(head.get(at(dossier)))
    press(head, at(dossier, "kiem-soat"))
    leader = browser("leader")
    assert "Ký quyết định" in words(leader.get(at(dossier, "ky")))
    done = press(leader, at(dossier, "ky"))
    assert "Đã ký." in words(done)
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED
    issued = dossier.documents.get(kind="decision")
    file = leader.get(at(dossier, f"tai/{issued.pk}"))
    assert file.getvalue().startswith(b"%PDF")
    file.close()


def test_another_amount_without_reason_stays_on_the_page(world: World, browser: Browser) -> None:
    page = press(browser("specialist"), at(a_dossier_in_appraisal(world), "de-xuat"), amount="56.000.000")
    assert page.status_code == 422
    assert "chưa có lý do" in words(page)
    assert 'value="56.000.000"' in page.content.decode()


def test_an_amount_that_is_none_is_said_so(world: World, browser: Browser) -> None:
    page = press(browser("specialist"), at(a_dossier_in_appraisal(world), "de-xuat"), amount="tám triệu")
    assert "“tám triệu” chưa phải là số tiền" in words(page)


NOT_MET: dict[str, Any] = {
    "reasons": ["condition-not-met"],
    "why:condition-not-met": "Mới đóng 4 tháng.",
    "pin:condition-not-met": "field:born_on",
}


def test_a_refusal_needs_an_explanation_for_each_reason(world: World, browser: Browser) -> None:
    dossier, client = a_dossier_in_appraisal(world), browser("specialist")
    empty = press(client, at(dossier, "tu-choi"))
    assert "Chưa chọn lý do từ chối" in words(empty)
    bare = press(client, at(dossier, "tu-choi"), reasons=["condition-not-met"])
    assert "Chưa giải thích lý do" in words(bare)
    done = press(
        client,
        at(dossier, "tu-choi"),
        **{
            "reasons": ["condition-not-met"],
            "why:condition-not-met": "Mới đóng 4 tháng.",
            "pin:condition-not-met": "field:born_on",
        },
    )
    assert "Đã đề xuất từ chối" in words(done)
    assert "Mới đóng 4 tháng." in words(done)


def test_a_refusal_is_signed_and_given(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    why = {
        "reasons": ["condition-not-met"],
        "why:condition-not-met": "Mới đóng 4 tháng.",
        "pin:condition-not-met": "field:born_on",
    }
    press(browser("specialist"), at(dossier, "tu-choi"), **why)
    press(browser("head"), at(dossier, "kiem-soat"))
    press(browser("leader"), at(dossier, "ky"))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.documents.filter(kind="refusal").count()) == (State.REFUSED, 1)


def test_the_head_sends_back_with_a_note_the_specialist_reads(world: World, browser: Browser) -> None:
    dossier = a_dossier_to_control(world)
    empty = press(browser("head"), at(dossier, "tra-lai"))
    assert "Chưa ghi cần sửa gì" in words(empty)
    press(browser("head"), at(dossier, "tra-lai"), note="Xem lại tháng 02/2026.")
    assert "Xem lại tháng 02/2026." in words(browser("specialist").get(at(dossier)))


def test_the_draft_letter_is_a_pdf_and_a_picture(world: World, browser: Browser) -> None:
    dossier, leader = a_dossier_to_sign(world), browser("leader")
    assert leader.get(at(dossier, "du-thao.pdf")).content.startswith(b"%PDF")
    assert leader.get(at(dossier, "du-thao/1.png")).content.startswith(b"\x89PNG")


# --- hand over, papers ---


def test_handing_over_needs_office_and_reason_and_leads_to_the_queue(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world), browser("counter")
    assert "Chưa chọn cơ quan nhận" in words(press(client, at(dossier, "chuyen"), reason="Chuyển nơi ở."))
    assert "Chưa ghi vì sao chuyển" in words(press(client, at(dossier, "chuyen"), office=OTHER_OFFICE))
    done = press(client, at(dossier, "chuyen"), office=OTHER_OFFICE, reason="Chuyển nơi ở.")
    assert done.redirect_chain[-1][0] == "/can-bo"
    assert dossier.number in words(browser("other_counter").get("/can-bo"))


def test_papers_are_shown_as_pictures_and_given_as_files(world: World, browser: Browser) -> None:
    dossier, client = a_submitted_dossier(world), browser("counter")
    paper = dossier.papers.get()
    assert client.get(at(dossier, f"giay/{paper.pk}/1")).headers["Content-Type"] == "image/jpeg"
    assert client.get(at(dossier, f"giay/{paper.pk}/9")).status_code == 404
    assert browser("other_counter").get(at(dossier, f"giay/{paper.pk}/1")).status_code == 404
    file = client.get(at(dossier, f"giay/{paper.pk}/tep"))
    assert "attachment" in file.headers["Content-Disposition"]
    file.close()


def test_the_declaration_is_printed(world: World, browser: Browser) -> None:
    file = browser("counter").get(at(a_submitted_dossier(world), "to-khai.pdf"))
    assert file.content.startswith(b"%PDF")


def test_a_second_round_is_put_before_the_head_who_sends_it(world: World, browser: Browser) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=a_moment(date(2026, 11, 12)))
    answered(world, dossier, at=a_moment(date(2026, 11, 13)))
    pins = {
        "ghim": ["row:children[0]"], "reason:row:children[0]": "answer-incomplete",
        "wrong:row:children[0]": "Thiếu họ đệm của con.",
    }  # fmt: skip
    page = words(browser("specialist").post(at(dossier, "bo-sung"), {**pins, "_preview": "1"}))
    assert "lần này lãnh đạo phòng, tổ phải đồng ý" in page
    sent = browser("specialist").post(
        at(dossier, "bo-sung"), {**pins, "why_again": "Mới thấy.", "_send": "1"}, follow=True
    )
    assert "Đã trình lãnh đạo cho bổ sung lần nữa" in words(sent)
    assert "Đồng ý, gửi cho người nộp" not in words(sent)
    asked_again, head = "/can-bo/bo-sung-lan-nua", browser("head")
    assert "1 đề nghị bổ sung lần nữa chờ ông/bà" in words(head.get("/can-bo"))
    listed = words(head.get(asked_again))
    assert dossier.number in listed and "Mới thấy." in listed and world["specialist"].name in listed
    for name in ("specialist", "director"):  # who proposed, and who leads another office
        assert "Không có đề nghị nào chờ" in words(browser(name).get(asked_again))
    done = head.post(at(dossier, "bo-sung-lan-nua"), {"_agree": "1"}, follow=True)
    assert "Đã gửi yêu cầu bổ sung" in words(done)
    assert "đề nghị bổ sung lần nữa chờ" not in words(head.get("/can-bo"))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.supplement_requests.count()) == (State.WAITING_FOR_APPLICANT, 2)


def test_what_was_not_answered_in_time_is_proposed_for_refusal(
    world: World, browser: Browser, settings: Settings
) -> None:
    dossier = a_dossier_with_request(world)
    assert "quá hạn bổ sung" not in words(browser("specialist").get(at(dossier)))
    assert browser("specialist").get(at(dossier, "tu-choi")).status_code == 409
    settings.CLOCK = lambda: a_moment(date(2026, 12, 10), 9)
    client = browser("specialist")
    assert "Đề xuất từ chối: quá hạn bổ sung" in words(client.get(at(dossier)))
    page = client.get(at(dossier, "tu-choi"))
    assert "Yêu cầu bổ sung kết thúc" in words(page)
    why = {
        "reasons": ["supplement-not-given"], "pin:supplement-not-given": "field:bank_account",
        "why:supplement-not-given": "Quá hạn chưa gửi ảnh rõ.", "_unanswered": "1",
    }  # fmt: skip
    assert "Đã đề xuất từ chối" in words(client.post(at(dossier, "tu-choi"), why, follow=True))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.stage) == (State.IN_PROGRESS, "control")


def test_papers_that_came_by_post_are_looked_at_before_silence_is_refused(
    world: World, browser: Browser, settings: Settings
) -> None:
    dossier = a_dossier_with_request(world)
    counter, came = world["counter"].officer_id, a_moment(date(2026, 11, 13))
    IncomingItem.objects.create(
        office_code=LOCAL_OFFICE, sender="Trần Thị Mai Lan", received_on=came.date(), what="Giấy khai sinh",
        registered_at=came, registered_by_id=counter, state="matched", dossier=dossier, ended_at=came,
        ended_by_id=counter,
    )  # fmt: skip
    settings.CLOCK = lambda: a_moment(date(2026, 12, 10), 9)
    why = {
        "reasons": ["supplement-not-given"], "pin:supplement-not-given": "field:bank_account",
        "why:supplement-not-given": "Giấy gửi đến vẫn mờ.", "_unanswered": "1",
    }  # fmt: skip
    client = browser("specialist")
    refused = client.post(at(dossier, "tu-choi"), why)
    assert refused.status_code == 422
    assert "bưu điện đã chuyển giấy của hồ sơ này ngày 13/11/2026" in words(refused)
    assert re.search(r'<textarea[^>]*name="note"[^>]*aria-invalid="true"', refused.content.decode())
    assert "Giấy gửi đến vẫn mờ." in words(refused)
    done = client.post(at(dossier, "tu-choi"), {**why, "note": "Giấy khai sinh mờ trang hai."}, follow=True)
    assert "Đã đề xuất từ chối" in words(done)
