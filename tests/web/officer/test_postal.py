"""The post at the desk, and on the applicant's page of the dossier."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ansinh.dossiers.models import Dossier, Draft, State
from ansinh.post.models import IncomingItem, IncomingState, OutgoingItem, OutgoingState
from ansinh.web.formats import groups4
from tests.files import samples
from tests.world import ID_NUMBER, World, a_draft, a_submitted_dossier
from tests.world_procedures import ALLOWANCE

Browser = Callable[[str], Client]
TO = {"recipient": "Trần Thị Mai Lan", "phone": "", "address": "5 đường Bờ Sông, phường Hàm Rồng"}


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


@pytest.mark.requirement("R-118", "R-119")
def test_a_result_goes_out_comes_back_and_goes_again_where_the_applicant_says(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    desk, own = browser("counter"), browser("citizen")
    assert "Gửi bưu điện" in words(desk.get(f"/can-bo/ho-so/{dossier.pk}"))
    here = f"/can-bo/ho-so/{dossier.pk}/gui-buu-dien"
    assert "Trần Thị Mai Lan" in words(desk.get(here))
    missing = desk.post(here, {"contents": "result", "what": "", **TO})
    assert missing.status_code == 422 and "Chưa ghi gửi gì" in words(missing)
    item = desk.post(here, {"contents": "result", "what": "Quyết định 12/QĐ-BHXH", **TO})["Location"]
    assert desk.get(f"{item}/nhan.pdf").content.startswith(b"%PDF")
    assert desk.post("/can-bo/buu-gui", {"_act": "labels"}).content.startswith(b"%PDF")
    wrong = desk.post(item, {"_act": "post", "tracking_number": "1"})
    assert wrong.status_code == 422 and 'id="tracking_number:error"' in words(wrong)
    desk.post(item, {"_act": "post", "tracking_number": "EE123456789VN"})
    page = f"/ho-so/{dossier.pk}"
    assert "EE123456789VN" in words(own.get(page))
    file = SimpleUploadedFile(
        "phat.csv",
        "so_hieu,trang_thai,thoi_diem,ly_do\nEE123456789VN,chuyển hoàn,09/11/2026 10:00,sai địa chỉ\n".encode(),
    )
    assert "Đã ghi" in words(desk.post("/can-bo/buu-gui", {"_act": "file", "file": file}))
    asked = own.get(page)
    assert "Xin cho biết gửi lại đến đâu." in words(asked)
    sent = OutgoingItem.objects.get()
    answer = f"{page}/buu-gui/{sent.pk}"
    assert "sai địa chỉ" in words(own.get(answer))
    assert own.post(answer, {"answer": "send", "address": ""}).status_code == 422
    assert own.post(answer, {"answer": "send", "address": "9 đường Núi, phường Cửa Lò"}).status_code == 302
    assert 'value="9 đường Núi, phường Cửa Lò"' in words(desk.get(item))
    again = desk.post(item, {"_act": "again", **TO, "address": "9 đường Núi, phường Cửa Lò"}, follow=True)
    assert "9 đường Núi, phường Cửa Lò" in words(again)
    assert OutgoingItem.objects.get(again_of=sent).state == OutgoingState.PREPARED
    assert browser("specialist").get("/can-bo/buu-gui").status_code == 403
    assert browser("other_counter").get(item).status_code == 404


@pytest.mark.requirement("R-089", "R-091")
def test_an_envelope_is_entered_scanned_and_matched(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.WAITING_FOR_ORIGINALS)
    desk = browser("counter")
    day = {"received.day": "9", "received.month": "11", "received.year": "2026"}
    given = {"number": "EE123456789VN", "sender": "Trần Thị Mai Lan", "what": "Sổ BHXH", **day}
    wrong = desk.post("/can-bo/buu-den", {**given, "received.day": "31"})
    assert wrong.status_code == 422 and "Sổ BHXH" in words(wrong)
    here = desk.post("/can-bo/buu-den", given)["Location"]
    assert "Trần Thị Mai Lan" in words(desk.get("/can-bo/buu-den"))
    assert desk.post(here, {"_act": "scan"}).status_code == 422
    scan = SimpleUploadedFile("so.jpg", samples.jpeg(), "image/jpeg")
    assert desk.post(here, {"_act": "scan", "scan": scan}).status_code == 302
    kept = IncomingItem.objects.get().scans.get()
    picture = desk.get(f"{here}/{kept.pk}/1")
    assert picture["Content-Type"] == "image/jpeg" and groups4(kept.file_id) in words(desk.get(here))
    found = words(desk.get(here, {"tim": dossier.number}))
    assert "Khớp với hồ sơ này" in found and "Đã đủ bản chính" in found
    match = {"_act": "match", "dossier": dossier.number, "requirement": "birth_certificate", "complete": "true"}
    done = desk.post(here, match, follow=True)
    assert "Đã khớp với hồ sơ" in words(done) and "Mọi bưu gửi đã khớp hồ sơ." in words(done)
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED and dossier.counted_from is not None
    assert "Đã nhận bưu gửi ngày 09/11/2026" in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))
    assert browser("other_counter").get(here).status_code == 404


def test_what_is_nobodys_leaves_the_list_with_a_reason(world: World, browser: Browser) -> None:
    desk = browser("counter")
    day = {"received.day": "6", "received.month": "11", "received.year": "2026"}
    here = desk.post("/can-bo/buu-den", {"number": "", "sender": "Ai đó", "what": "Tờ rơi", **day})["Location"]
    assert "1 ngày làm việc" in words(desk.get("/can-bo/buu-den"))
    assert desk.post(here, {"_act": "aside", "why": ""}).status_code == 422
    desk.post(here, {"_act": "aside", "why": "Quảng cáo, đã hủy"})
    assert IncomingItem.objects.get().state == IncomingState.SET_ASIDE
    assert "Ai đó" not in words(desk.get("/can-bo/buu-den"))


@pytest.mark.requirement("R-091")
def test_a_form_on_paper_is_typed_beside_its_scan_and_filed(world: World, browser: Browser) -> None:
    desk = browser("counter")
    day = {"received.day": "6", "received.month": "11", "received.year": "2026"}
    here = desk.post("/can-bo/buu-den", {"number": "", "sender": "Lan", "what": "Mẫu 2-CBH", **day})["Location"]
    desk.post(here, {"_act": "scan", "scan": SimpleUploadedFile("mau.jpg", samples.jpeg(), "image/jpeg")})
    unknown = desk.post(here, {"_act": "begin", "so": "12", "thu_tuc": ALLOWANCE})
    assert unknown.status_code == 422 and 'id="so:error"' in words(unknown)
    check = desk.post(here, {"_act": "begin", "so": ID_NUMBER, "thu_tuc": ALLOWANCE})["Location"]
    base = check.rsplit("/", 1)[0]
    draft = Draft.objects.get(assisted__isnull=False)
    whole = a_draft(world)
    Draft.objects.filter(pk=draft.pk).update(answers=whole.answers)
    whole.papers.update(draft=draft)
    section = words(desk.get(f"{base}/person"))
    assert "Bản quét của mẫu giấy" in section and f"{here}/" in section
    page = words(desk.get(f"{base}/nop"))
    assert "Xác nhận bằng mẫu giấy đã gửi" in page and "Gửi mã xác nhận" not in page
    assert desk.post(f"{base}/nop", {"_by": "post"}).status_code == 422
    done = desk.post(f"{base}/nop", {"_by": "post", "signed": "true"}, follow=True)
    dossier = Dossier.objects.get()
    assert dossier.number in words(done) and dossier.channel == "post"
    assert str(dossier.counted_from) == "2026-11-06"
    assert "Cán bộ gõ từ mẫu giấy" in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))
