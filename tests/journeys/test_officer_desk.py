"""The office's whole day in a browser: counter, specialist, head, leader."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from ansinh.counterparty.timestamps import Temper
from ansinh.dossiers.models import Dossier, State
from ansinh.notifications.models import Message
from ansinh.notifications.models import State as MessageState
from ansinh.people.models import AccountState
from ansinh.signing.xml.check import check_xml
from tests.casework.moves import (
    MONDAY,
    a_dossier_in_appraisal,
    a_dossier_to_control,
    a_dossier_to_sign,
    answered,
    asked,
)
from tests.chromium import open_browser
from tests.files import samples
from tests.journeys.officer_desk import Desk
from tests.people.officers.rows import rows_of_staff
from tests.world import World, a_moment, a_registration, a_submitted_dossier, a_world, delegate
from tests.world_procedures import BY_POST

pytestmark = pytest.mark.django_db(transaction=True)
NOW = a_moment(date(2026, 11, 9), 10, 15)
Opened = Callable[[str], Desk]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; its event loop must end with the module, before tests with a database."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    """A storage of this test's own, a clock that stands still."""
    settings.FILES_DIR = tmp_path / "files"
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CLOCK = lambda: NOW
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world(transactional_db: None, place: None) -> World:
    """Offices, officers, a person; committed."""
    return a_world()


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, world: World) -> Iterator[Opened]:
    """Sign an officer in."""
    opened: list[Desk] = []

    def of(name: str) -> Desk:
        opened.append(Desk(browser, live_server.url, name))
        return opened[-1]

    yield of
    for one in opened:
        one.close()


def at(dossier: Dossier) -> str:
    """The page of a dossier."""
    return f"/can-bo/ho-so/{dossier.pk}"


def test_the_queue_and_its_search(world: World, desk: Opened) -> None:
    a_dossier_in_appraisal(world, at=a_moment(date(2026, 10, 26)))
    a_dossier_in_appraisal(world, at=a_moment(date(2026, 10, 29)))
    fresh = a_dossier_in_appraisal(world)
    paused = a_dossier_in_appraisal(world)
    asked(world, paused, at=MONDAY)
    specialist = desk("specialist")
    expect(specialist.page.locator("h1")).to_have_text("Việc hôm nay: 4 hồ sơ, 1 trễ, 1 hết hạn chiều nay")
    specialist.look("queue")
    specialist.page.keyboard.press("/")
    specialist.page.keyboard.type("mai lan")
    specialist.page.keyboard.press("Enter")
    expect(specialist.page.locator("h1")).to_have_text("Tìm thấy 4 hồ sơ")
    specialist.look("search")
    specialist.open("/can-bo?viec=cho-ban-chinh")
    specialist.look("queue-empty")
    specialist.open("/can-bo")
    specialist.page.keyboard.press("ArrowDown")
    for _ in range(2):
        specialist.page.keyboard.press("ArrowDown")
    specialist.page.keyboard.press("Enter")
    expect(specialist.page.get_by_text(fresh.number).first).to_be_visible()


def test_the_counter_accepts_by_keyboard_alone(world: World, desk: Opened) -> None:
    dossier = a_submitted_dossier(world)
    counter = desk("counter")
    counter.page.keyboard.press("ArrowDown")
    counter.page.keyboard.press("Enter")
    counter.page.wait_for_url(f"**{at(dossier)}")
    counter.look("dossier-intake")
    counter.page.locator(".batch").get_by_role("link", name="Tiếp nhận hồ sơ").focus()
    counter.page.keyboard.press("Enter")
    counter.page.wait_for_url("**/tiep-nhan")
    counter.look("accept")
    counter.page.get_by_role("button", name="Tiếp nhận hồ sơ").focus()
    counter.page.keyboard.press("Enter")
    expect(counter.page.get_by_role("status").first).to_have_text("Đã tiếp nhận hồ sơ, giờ bắt đầu tính.")
    counter.look("dossier-accepted")


def test_originals_hand_over_and_send_back_pages(world: World, desk: Opened) -> None:
    counter = desk("counter")
    waiting = a_submitted_dossier(world, BY_POST)
    counter.open(at(waiting))
    counter.look("dossier-originals")
    counter.press("Ghi nhận bản chính đã đến")
    counter.look("originals")
    counter.open(at(waiting) + "/chuyen")
    counter.press("Chuyển hồ sơ")
    counter.look("hand-over-faults")
    head = desk("head")
    head.open(at(a_dossier_to_control(world)) + "/tra-lai")
    head.press("Trả lại chuyên viên")
    head.look("send-back-faults")


def test_specialist_head_and_leader_bring_a_decision(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    answered(world, dossier, at=MONDAY)
    specialist = desk("specialist")
    specialist.open(at(dossier))
    specialist.look("dossier-appraise")
    specialist.press("Đề xuất giải quyết 56.280.000 đ")
    specialist.look("grant")
    specialist.page.locator("#amount").fill("56.000.000")
    specialist.press("Đề xuất giải quyết")
    specialist.look("grant-faults")
    specialist.page.locator("#override_reason").fill("Trừ kỳ đã chi tháng 5/2026.")
    specialist.press("Đề xuất giải quyết")
    expect(specialist.page.get_by_role("status").first).to_contain_text("Đã đề xuất giải quyết")
    head = desk("head")
    head.open(at(dossier))
    head.look("dossier-control")
    head.press("Đồng ý, trình lãnh đạo ký")
    head.look("control")
    head.press("Đồng ý, trình lãnh đạo ký")
    leader = desk("leader")
    leader.look("queue-leader")
    leader.open(at(dossier))
    leader.press("Xem thư và ký")
    leader.look("sign")
    leader.press("Ký quyết định")
    expect(leader.page.get_by_role("status").first).to_contain_text("Đã ký.")
    leader.look("dossier-signed")
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED


def test_the_leader_signs_a_list_also_while_time_stamps_are_away_and_the_log_is_behind(
    world: World, desk: Opened, timestamps: Temper, settings: Settings
) -> None:
    first, second = a_dossier_to_sign(world), a_dossier_to_sign(world)
    leader = desk("leader")
    leader.open("/can-bo/trinh-ky")
    leader.look("sign-list")
    leader.page.get_by_role("checkbox", name=first.number).check()
    leader.press("Ký các hồ sơ đã đánh dấu")
    leader.look("signed-list")
    leader.open(at(first))
    with leader.page.expect_download() as download:
        leader.page.get_by_role("link", name="XML").first.click()
    assert download.value.suggested_filename == f"ket-qua-{first.number.replace('/', '-')}.xml"
    assert check_xml(download.value.path().read_bytes(), at=NOW).report.valid
    leader.look("dossier-with-xml")
    timestamps.now = "down"
    leader.open("/can-bo/trinh-ky")
    leader.page.get_by_role("checkbox", name=second.number).check()
    leader.press("Ký các hồ sơ đã đánh dấu")
    leader.look("signed-list-waits")
    leader.open(at(second))
    leader.look("dossier-waits")
    settings.PROOF_UNSEALED_LIMIT = timedelta(0)
    leader.open("/can-bo")
    expect(leader.page.get_by_role("main")).to_contain_text("niêm phong")
    leader.look("log-behind")


def test_the_desk_in_english_fits_a_telephone_also_with_a_message_that_was_lost(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    answered(world, dossier, at=MONDAY)
    Message.objects.about(dossier.pk).update(state=MessageState.EXPIRED, error="out-of-time")
    specialist = desk("specialist")
    specialist.open("/can-bo?lang=en")
    specialist.look("queue-english")
    specialist.open(at(dossier))
    expect(specialist.page.locator("html")).to_have_attribute("lang", "en")
    expect(specialist.page.locator("main")).to_contain_text("Too late, no longer sent")
    specialist.look("dossier-english")


def test_a_refusal_with_its_reasons(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    specialist = desk("specialist")
    specialist.open(at(dossier) + "/tu-choi")
    specialist.press("Đề xuất từ chối")
    specialist.look("refuse-faults")
    specialist.page.get_by_label("Chưa đủ điều kiện hưởng").first.check()
    specialist.page.locator("[id='why:condition-not-met']").fill("Mới đóng 4 tháng, luật cần 6 tháng.")
    specialist.page.locator("[id='pin:condition-not-met']").select_option(index=1)
    specialist.press("Đề xuất từ chối")
    expect(specialist.page.get_by_role("status").first).to_contain_text("Đã đề xuất từ chối")
    specialist.look("dossier-refusal-proposed")


def test_two_places_are_pinned_and_sent(world: World, desk: Opened) -> None:
    dossier = a_dossier_in_appraisal(world)
    specialist = desk("specialist")
    specialist.open(at(dossier))
    specialist.press("Yêu cầu bổ sung")
    specialist.look("pin-choose")
    specialist.page.get_by_label("Tài khoản nhận tiền").check()
    specialist.page.get_by_label("Giấy khai sinh của con").check()
    specialist.press("Ghi lý do cho các chỗ đã ghim")
    specialist.press("Xem như người nộp sẽ đọc")
    specialist.look("pin-slots-faults")
    account, photo = "field:bank_account", "paper:birth_certificate@children[0]"
    specialist.page.locator(f"[id='reason:{account}']").select_option("bank-account-not-holder")
    specialist.page.locator(f"[id='wrong:{account}']").fill("Tài khoản đứng tên TRAN THI LAN.")
    specialist.page.locator(f"[id='reason:{photo}']").select_option("paper-unreadable")
    specialist.page.locator(f"[id='wrong:{photo}']").fill("Ảnh mờ, không đọc được số đăng ký.")
    specialist.press("Xem như người nộp sẽ đọc")
    specialist.look("pin-preview")
    specialist.press("Gửi yêu cầu bổ sung 2 chỗ")
    expect(specialist.page.get_by_role("status").first).to_contain_text("Đã gửi yêu cầu bổ sung")
    specialist.look("dossier-paused")


@pytest.mark.requirement("R-063")
@pytest.mark.requirement("R-067")
@pytest.mark.requirement("R-074")
def test_the_counter_finishes_a_registration(world: World, desk: Opened, tmp_path: Path) -> None:
    delegate(world["counter"], by=world["leader"])
    dossier = a_registration(world, si_number="9000000018", id_number="090190000018", full_name="Trần Mai Lan")
    dossier = a_registration(world)
    counter = desk("counter")
    counter.press("Hoàn tất đăng ký tại quầy")
    counter.look("registrations")
    counter.page.locator("#ten").fill("Khôi")
    counter.press("Tìm hồ sơ đăng ký")
    counter.look("registrations-faults")
    counter.open("/can-bo/dang-ky")
    counter.page.locator("#so").fill(dossier.number)
    counter.press("Tìm hồ sơ đăng ký")
    counter.look("registration")
    for kind in ("id_photo", "portrait"):
        photo = tmp_path / f"{kind}.jpg"
        photo.write_bytes(samples.image_bytes("JPEG", samples.picture(width=500 + len(kind))))
        counter.page.locator(f"#{kind}").set_input_files(photo)
        counter.page.locator(f"button[value={kind}]").click()
        counter.page.wait_for_load_state("networkidle")
    counter.page.locator("#identity_matches").check()
    counter.page.locator("#declaration_signed").check()
    counter.page.locator("#app_guided").check()
    counter.press("Ghi kết quả đối chiếu")
    counter.look("registration-complete")
    counter.press("Phê duyệt đăng ký")
    counter.look("approve")
    counter.press("Phê duyệt đăng ký")
    expect(counter.page.get_by_role("status").first).to_contain_text("dùng được từ bây giờ")
    counter.look("registration-approved")
    dossier.refresh_from_db()
    assert dossier.account is not None
    assert dossier.account.state == AccountState.ACTIVE


@pytest.mark.requirement("R-060")
@pytest.mark.requirement("R-162")
def test_a_leader_manages_the_people_of_the_office(world: World, desk: Opened) -> None:
    rows_of_staff(world, at=NOW)
    leader = desk("leader")
    leader.open("/can-bo/nhan-su")
    leader.look("staff")
    leader.press("Nguyễn Thị Hoa")
    leader.look("staff-member")
    leader.press("Phân công thêm")
    leader.press("Xem lại trước khi ghi")
    leader.look("assign-faults")
    leader.page.select_option("#role", "card_officer")
    leader.page.select_option("#function", "book_card")
    leader.page.fill("#document", "44/QĐ-BHXH")
    leader.press("Xem lại trước khi ghi")
    leader.look("assign-confirm")
    leader.press("Phân công")
    expect(leader.page.get_by_role("status").first).to_have_text("Đã phân công Nguyễn Thị Hoa.")
    for name in ("giao-quyen", "vang-mat", "don-vi", "ban-giao"):
        leader.open(f"/can-bo/nhan-su/{world['counter'].officer_id}/{name}")
        leader.look(f"staff-{name}")
    leader.open("/can-bo/nhan-su/phong")
    leader.look("departments")
    leader.press("Đặt tên phòng, tổ cho mảng việc")
    leader.look("department")
    counter = desk("counter")
    counter.open("/can-bo/nhiem-vu")
    counter.look("my-duties")
