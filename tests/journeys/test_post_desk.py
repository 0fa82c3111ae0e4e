"""The post and the counter in a browser: entered, scanned, matched, posted, returned, filed for; both widths, axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ansinh.dossiers.models import Dossier, State
from tests.files import samples
from tests.journeys.test_officer_desk import Opened, at
from tests.journeys.test_officer_desk import browser as browser
from tests.journeys.test_officer_desk import desk as desk
from tests.journeys.test_officer_desk import place as place
from tests.journeys.test_officer_desk import world as world
from tests.world import World, a_submitted_dossier

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_envelope_is_matched_and_a_result_comes_back(world: World, desk: Opened, tmp_path: Path) -> None:
    dossier = a_submitted_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.WAITING_FOR_ORIGINALS)
    picture = tmp_path / "so.jpg"
    picture.write_bytes(samples.jpeg())
    counter = desk("counter")
    page = counter.open("/can-bo/buu-den")
    page.locator("#sender").fill("Trần Thị Mai Lan")
    page.locator("#what").fill("Sổ BHXH bản chính và đơn đề nghị")
    counter.press("Vào sổ")
    page.locator("#scan").set_input_files(picture)
    counter.press("Thêm bản quét")
    page.locator("#tim").fill(dossier.number)
    counter.press("Tìm")
    counter.look("incoming-item")
    page.locator("#complete").check()
    counter.press("Khớp với hồ sơ này")
    expect(page.locator("main")).to_contain_text("Mọi bưu gửi đã khớp hồ sơ.")
    counter.look("incoming")
    counter.open(f"{at(dossier)}/gui-buu-dien")
    page.locator("#what").fill("Quyết định 12/QĐ-BHXH")
    page.locator("#address").fill("5 đường Bờ Sông, phường Hàm Rồng")
    counter.look("send-by-post")
    counter.press("Lập bưu gửi")
    counter.look("postal-prepared")
    page.locator("#tracking_number").fill("EE123456789VN")
    counter.press("Ghi đã giao")
    page.locator("#reason").fill("không có người nhận")
    counter.press("Ghi hoàn về")
    counter.look("postal-returned")
    counter.open("/can-bo/buu-gui")
    counter.look("postal-items")
    counter.open("/can-bo/nop-giup")
    counter.look("assist")
