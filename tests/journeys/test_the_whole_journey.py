"""From no account to a signed result, in the demonstration as `./start` makes it: real procedures, real programs."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from ansinh.signing.check import check_pdf
from tests.chromium import open_browser
from tests.files import samples
from tests.journeys.citizen_site import OVERFLOW
from tests.journeys.newcomer import HOME_OFFICE, NAME, PHONE, Newcomer
from tests.journeys.officials import Official
from tests.journeys.real_world import RealWorld
from tests.signing.conftest import forget_keys

AMOUNT, IN_WORDS = "55.080.000", "Năm mươi lăm triệu không trăm tám mươi nghìn đồng"
"""Six months of 8,400,000 and twice the base of 2,340,000."""


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with open_browser() as opened:
        yield opened


@pytest.fixture
def trust(settings: Settings, world: RealWorld) -> Iterator[None]:
    """This process trusts the authority of the installation."""
    settings.SIGNING_DIR = world.installation.var / "signing"
    forget_keys()
    yield
    forget_keys()


def photo(folder: Path, name: str) -> Path:
    """A photograph that differs from every other."""
    path = folder / name
    path.write_bytes(samples.image_bytes("JPEG", samples.picture(width=500 + len(name))))
    return path


def words(pdf: bytes) -> str:
    """The text of every page on one line."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).split())


def is_valid_for_others(path: Path) -> bool:
    """What poppler's pdfsig says of the signature; where it is missing nothing is claimed."""
    if shutil.which("pdfsig") is None:
        return True
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    return "Signature is Valid." in done.stdout and "Total document signed" in done.stdout


@pytest.mark.requirement("R-048")
@pytest.mark.requirement("R-053")
@pytest.mark.requirement("R-067")
@pytest.mark.requirement("R-071")
@pytest.mark.requirement("R-076")
@pytest.mark.requirement("R-078")
@pytest.mark.requirement("R-129")
@pytest.mark.requirement("R-130")
@pytest.mark.usefixtures("trust")
def test_from_no_account_to_a_signed_result(world: RealWorld, browser: Browser, tmp_path: Path) -> None:
    person = Newcomer(browser, world)
    becomes_a_user(person, browser, world, tmp_path)
    number = files_a_claim(person, browser, world, tmp_path)
    is_asked_and_answers(person, browser, world, number, tmp_path)
    result = is_decided(person, browser, world, number, tmp_path)
    anyone_can_check(browser, world, result, number)
    texts = person.telephone.read()
    told = ("Da nhan ho so dang ky", "da duoc duyet", f"Da nhan ho so {number}", "tiep nhan, hen tra", "da co ket qua")
    for event in told:
        assert sum(event in text for text in texts) == 1, event


def becomes_a_user(person: Newcomer, browser: Browser, world: RealWorld, folder: Path) -> None:
    """Registration, a foreign counter, the delegate, the first sign-in."""
    registered = person.register()
    assert registered in person.telephone.wait_for("Da nhan ho so dang ky")
    person.sign_in()
    expect(person.page.get_by_role("alert")).to_contain_text("chưa được cơ quan BHXH phê duyệt")
    counter = Official(browser, world, "nhatrang")
    counter.find_registration(registered)
    printed = counter.complete_registration(
        {name: photo(folder, f"{name}.jpg") for name in ("identity_photos", "portrait")}
    )
    assert NAME in words(printed)
    expect(counter.page.locator("main")).to_contain_text("chưa được giám đốc giao phê duyệt")
    delegate = Official(browser, world, "duyetdangky")
    delegate.find_registration(registered)
    assert "dùng được từ bây giờ" in delegate.twice("Phê duyệt đăng ký")
    assert registered in person.telephone.wait_for("da duoc duyet")
    person.sign_in()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")


def files_a_claim(person: Newcomer, browser: Browser, world: RealWorld, folder: Path) -> str:
    """Search, form, paper, completeness, code, an impatient double click, a receipt that proves itself."""
    page = person.page
    person.choose_maternity()
    person.fill_maternity()
    page.goto(page.url.replace("/giay-to", "/kiem-tra"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Còn 1 chỗ cần làm")
    page.get_by_role("link", name="Làm chỗ thứ nhất").click()
    page.locator("#birth_paper").set_input_files(photo(folder, "khai sinh.jpg"))
    expect(page.get_by_text("Đã nhận", exact=True)).to_be_visible()
    person.go_on()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")
    person.confirm()
    page.get_by_role("button", name="Nộp hồ sơ").dblclick()
    world.kill_job_worker()
    page.wait_for_url("**/giay-tiep-nhan")
    expect(page.get_by_role("link", name="Tải bản PDF")).to_be_visible(timeout=60_000)
    receipt = person.download("Tải bản PDF", folder / "receipt.pdf")
    assert check_pdf(receipt, at=datetime.now(UTC)).valid
    assert is_valid_for_others(folder / "receipt.pdf")
    number: str = re.findall(rf"\d{{5,}}/\d{{4}}/{HOME_OFFICE}", words(receipt))[0]
    page.goto("/ho-so")
    expect(page.get_by_role("link", name="Thai sản")).to_have_count(1)
    (code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(receipt)[0].render(scale=3).to_pil())
    anyone_can_look_it_up(browser, code.text, number)
    assert code.text.startswith(world.site)
    return number


def anyone_can_look_it_up(browser: Browser, address: str, number: str) -> None:
    """The address of the QR code says that the receipt is ours; with the telephone number, the state; no name."""
    context = browser.new_context(locale="vi")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("văn bản này do cơ quan BHXH phát hành")
    page.get_by_role("link", name="Tra cứu hồ sơ này đang ở đâu").click()
    expect(page.get_by_label("Số hồ sơ")).to_have_value(number)
    page.get_by_label("Số điện thoại").fill(PHONE)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận, chờ kiểm tra")
    assert NAME not in page.content()
    context.close()


def is_asked_and_answers(person: Newcomer, browser: Browser, world: RealWorld, number: str, folder: Path) -> None:
    """Accepted at the counter, asked for two things by the specialist, answered the same day."""
    counter = Official(browser, world, "tiepnhan")
    counter.find(number)
    assert "Đã tiếp nhận hồ sơ" in counter.twice("Tiếp nhận hồ sơ")
    person.telephone.wait_for("tiep nhan, hen tra")
    specialist = Official(browser, world, "chuyenvien")
    expect(specialist.page.get_by_role("row").filter(has_text=number)).to_contain_text("Thẩm định")
    assert specialist.page.evaluate(OVERFLOW) == 0
    specialist.find(number)
    specialist.ask_for_two_things()
    assert "dừng tính giờ" in specialist.said()
    assert "can bo sung 2 cho" in person.telephone.wait_for("bo sung")
    person.page.goto("/ho-so")
    person.page.get_by_role("link", name="Thai sản").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Đang chờ ông/bà bổ sung 2 chỗ")
    person.answer_supplement(photo(folder, "khai sinh rõ hơn.jpg"))
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Đang thẩm định")


def is_decided(person: Newcomer, browser: Browser, world: RealWorld, number: str, folder: Path) -> Path:
    """Proposed with the computed amount, controlled, signed; told, downloaded."""
    specialist = Official(browser, world, "chuyenvien")
    specialist.find(number)
    specialist.press(f"Đề xuất giải quyết {AMOUNT}")
    specialist.press(re.compile("^Đề xuất giải quyết"))
    assert "Đã đề xuất giải quyết" in specialist.said()
    head = Official(browser, world, "truongphong")
    head.find(number)
    assert "Đã trình lãnh đạo ký" in head.twice("Đồng ý, trình lãnh đạo ký")
    leader = Official(browser, world, "giamdoc")
    leader.find(number)
    leader.press("Xem thư và ký")
    leader.press("Ký quyết định")
    world.kill_job_worker()
    assert "Đã ký." in leader.said()
    assert number in person.telephone.wait_for("da co ket qua")
    person.page.goto("/ho-so")
    person.page.get_by_role("link", name="Thai sản").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Đã có kết quả")
    path = folder / "result.pdf"
    text = words(person.download("Tải ", path))
    assert AMOUNT in text
    assert IN_WORDS in text
    assert NAME in text
    assert check_pdf(path.read_bytes(), at=datetime.now(UTC)).valid
    assert is_valid_for_others(path)
    return path


def anyone_can_check(browser: Browser, world: RealWorld, result: Path, number: str) -> None:
    """The public page knows the result, and a copy with one byte changed is none."""
    context = browser.new_context(base_url=world.site, locale="vi")
    page = context.new_page()
    content = result.read_bytes()
    changed = result.with_name("changed.pdf")
    changed.write_bytes(samples.changed(content, 3000, content[3000] ^ 1))
    for path, title in ((result, "Văn bản này đúng do cơ quan BHXH phát hành"), (changed, "Chưa xác nhận được")):
        page.goto("/minh-chung")
        page.locator("#van_ban").set_input_files(path)
        page.locator("main button[type=submit]").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    context.close()
