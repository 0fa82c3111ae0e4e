"""The pages: far areas entered, ended, taken back; a complaint typed at the office above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.casework.models import Complaint
from ansinh.casework.sign import sign
from ansinh.offices.models import RemoteArea
from ansinh.platform.storage import open_file
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.world import LOCAL_OFFICE, World, a_paper

Browser = Callable[[str], Client]
AREAS, ABOVE = "/can-bo/dia-ban", "/can-bo/khieu-nai/nhap-don"
DAY = {"from.day": "1", "from.month": "1", "from.year": "2026"}


def test_an_area_is_entered_ended_and_told_beside_its_box(world: World, browser: Browser) -> None:
    desk = browser("director")
    wrong = desk.post(AREAS, {"office": LOCAL_OFFICE, **DAY})
    assert wrong.status_code == 422 and 'id="document:error"' in wrong.content.decode()
    assert desk.post(AREAS, {"office": LOCAL_OFFICE, "document": "12/QĐ-UBND", **DAY}).status_code == 302
    area = RemoteArea.objects.get()
    page = desk.get(AREAS).content.decode()
    assert "Toàn bộ địa bàn cơ quan phục vụ" in page and "12/QĐ-UBND" in page
    early = desk.post(AREAS, {"_end": str(area.pk), f"to-{area.pk}.day": "31", f"to-{area.pk}.month": "12",
                              f"to-{area.pk}.year": "2025"})  # fmt: skip
    assert early.status_code == 422 and f'id="to-{area.pk}:error"' in early.content.decode()
    assert desk.post(AREAS, {"_back": str(area.pk)}).status_code == 302
    assert "đã bỏ vì ghi nhầm" in desk.get(AREAS).content.decode()
    assert browser("specialist").get(AREAS).status_code == 403


@pytest.mark.parametrize("name", ["Kẻ Khác", "Trần Thị Mai Lan"])
def test_a_complaint_is_typed_at_the_office_above(world: World, browser: Browser, name: str) -> None:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    desk = browser("director")
    assert ABOVE in desk.get("/can-bo/khieu-nai").content.decode()
    typed: dict[str, Any] = {
        "number": dossier.number, "applicant": name, "channel": "counter", "received.day": "9", "received.month": "11",
        "received.year": "2026", "complainant": "Ngô Văn Bảy", "about": "Thiếu năm 2015 trong quá trình đóng.",
        "wants": "Tính lại theo đủ quá trình đóng.",
    }  # fmt: skip
    assert desk.post(ABOVE, typed).status_code == 422  # without the scan
    with open_file(a_paper(world.citizen, kind="portrait").file.sha256) as picture:
        typed["scan"] = SimpleUploadedFile("don.jpg", picture.read(), "image/jpeg")
    answer = desk.post(ABOVE, typed)
    if name == "Kẻ Khác":
        html = answer.content.decode()
        assert answer.status_code == 422 and 'id="number:error"' in html and dossier.applicant_name not in html
        return
    assert answer.status_code == 302, answer.content.decode()
    assert Complaint.objects.get().channel == "counter"
