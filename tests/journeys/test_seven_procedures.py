"""Each procedure filed here, filed once in a browser from its real folder, without scripts: form, papers, code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ansinh.catalogue.queries import folders, services_on
from ansinh.demo.accounts import world as demonstration
from ansinh.platform.zone import local_day
from ansinh.web.clock import now
from tests.chromium import open_browser
from tests.files import samples
from tests.journeys.form_filler import fill_section, place, press
from tests.journeys.real_world import RealWorld, Telephone

HOME = {"province": "44", "commune": "19333", "detail": "12 đường Cây Xanh"}
OFFICE = "04401"
REGISTRATION = "dang-ky-gdt-ca-nhan"
CLAIMS = {
    REGISTRATION: ("", "0912345278", "chua-co-ma-so"),
    "huong-bhxh-mot-lan": ("099185000027", "0900000027", "nghi-du-12-thang"),
    "che-do-thai-san": ("099196000018", "0900000018", "sinh-con-lan-dau"),
    "che-do-tu-tuat": ("099196000018", "0900000018", "mai-tang-va-tuat-hang-thang"),
    "cap-lai-doi-dieu-chinh-so-the": ("099196000018", "0900000018", "sua-ho-ten"),
    "thay-doi-hinh-thuc-linh": ("099158000036", "0900000036", "tien-mat-sang-tai-khoan"),
    "dang-ky-gdt-to-chuc": ("099185000027", "0900000027", "nop-giay-tai-co-quan"),
    "tnld-bnn-tai-phat": ("099166000045", "0900000045", "tai-phat-35"),
    "bnn-sau-nghi-huu-thoi-viec": ("099158000036", "0900000036", "diec-nghe-nghiep-12"),
    "luong-huu-tu-nguyen-bao-luu": ("099166000045", "0900000045", "nam-bao-luu-28-nam"),
}
"""Procedure → who files it (`ansinh/demo/world.yaml`), the telephone, the example whose answers are typed."""


FILED_ELSEWHERE = {
    "dang-ky-su-dung-ivan", "dang-ky-gdt-duoi-18", "che-do-om-dau", "duong-suc-phuc-hoi", "tnld-bnn-lan-dau",
    "tnld-bnn-tiep-tuc-bi", "bhxh-bat-buoc-dieu-chinh-dong",
}  # fmt: skip
"""Filed in `test_organisation.py`, `test_parent_and_child.py` and `test_employer_list.py`."""


@pytest.fixture(scope="module")
def small_browser(world: RealWorld) -> Iterator[BrowserContext]:
    """A telephone's browser without scripts, one after the other in many hands: what it fetched once it keeps."""
    with open_browser() as opened:
        yield opened.new_context(
            viewport={"width": 360, "height": 800}, base_url=world.site, locale="vi", java_script_enabled=False
        )


@pytest.fixture
def page(small_browser: BrowserContext) -> Iterator[Page]:
    """Its page, after whoever had it before has left no trace."""
    small_browser.clear_cookies()
    page = small_browser.new_page()
    yield page
    page.close()


def typed_answers(slug: str, example: str) -> dict[str, Any]:
    """The answers of an example, at home in the demonstration and not in the past."""
    today = local_day(now())
    (folder,) = [one for one in folders() if one.slug == slug]  # as it lies there: no database of the test's own
    found = next(one for one in folder.examples if one.key == example)
    answers: dict[str, Any] = json.loads(json.dumps(dict(found.answers), default=str))
    for key, value in answers.items():
        if isinstance(value, dict) and "province" in value:
            answers[key] = HOME
    next_month = today.replace(day=1) + timedelta(days=32)
    given = {"receiving_office": OFFICE, "chosen_office": OFFICE, "effective_month": f"{next_month:%Y-%m}"}
    return {**answers, **{key: value for key, value in given.items() if key in answers}}


def sign_in(page: Page, login: str) -> None:
    """As the person of the demonstration."""
    page.goto("/dang-nhap")
    page.locator("#login").fill(login)
    page.locator("#password").fill(demonstration()["password"])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/ho-so")


def send_papers(page: Page, folder: Path) -> None:
    """A photograph for each paper that is asked for."""
    boxes = page.locator("input[type=file]").evaluate_all("boxes => boxes.map(box => box.name)")
    for number, box in enumerate(boxes):
        photo = folder / f"{number}.jpg"
        photo.write_bytes(samples.image_bytes("JPEG", samples.picture(width=500 + number)))
        page.locator(f"input[name='{box}']").set_input_files(photo)
        press(page, page.locator(f"button[name=_upload][value='{box}']"))
    expect(page.get_by_text("Đã nhận", exact=True)).to_have_count(len(boxes))


def test_what_is_filed_below_is_filed_here() -> None:
    online = {one.slug for one in services_on(local_day(now())) if one.procedure.online and one.form is not None}
    assert set(CLAIMS) | FILED_ELSEWHERE <= online


@pytest.mark.requirement("R-081")
@pytest.mark.requirement("R-082")
@pytest.mark.parametrize("slug", CLAIMS)
def test_it_is_filed_from_its_folder(slug: str, world: RealWorld, page: Page, tmp_path: Path) -> None:
    login, phone, example = CLAIMS[slug]
    answers = typed_answers(slug, example)
    if login:
        sign_in(page, login)
        page.goto(f"/ho-so/bat-dau/{slug}")
        press(page, page.get_by_role("button", name="Bắt đầu kê khai"))
    else:
        page.goto("/dang-ky")
        press(page, page.get_by_role("button", name="Bắt đầu đăng ký"))
    while not place(page).endswith(("/giay-to", "/kiem-tra")):
        fill_section(page, answers)
    if place(page).endswith("/giay-to"):
        send_papers(page, tmp_path)
        press(page, page.get_by_role("button", name="Lưu và tiếp tục"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã đủ, nộp được")
    press(page, page.locator("a.btn, button").filter(has_text="Đọc lại và nộp"))
    telephone = Telephone(page.context.new_page(), world.mailbox, phone)
    telephone.clear()
    press(page, page.get_by_role("button", name="Gửi mã xác nhận"))
    page.get_by_label("Mã 6 chữ số").fill(telephone.code("xac nhan giao dich" if login else "dang ky tai khoan"))
    if not login:
        page.get_by_label("Đặt mật khẩu").fill("mưa rào tháng bảy")
    page.get_by_role("button", name="Nộp hồ sơ" if login else "Nộp đăng ký").click()
    page.wait_for_url(re.compile("/giay-tiep-nhan" if login else "/xong"))
    assert re.search(rf"\d{{5,}}/\d{{4}}/{OFFICE}", page.locator("main").inner_text())
    telephone.page.close()
