"""Complaints on both sides: filed on the page of the dossier, answered at the office above, seen at both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.casework.models import Complaint, ComplaintState
from ansinh.casework.sign import sign
from ansinh.offices.models import Level, Office
from ansinh.people.models import Reading
from ansinh.platform.storage import open_file
from ansinh.web.clock import today
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.web.officer.test_desk import words
from tests.world import PROVINCE_OFFICE, World, a_paper, a_submitted_dossier

Browser = Callable[[str], Client]
TYPED = {
    "about": "Thiếu năm 2015 trong quá trình đóng để tính.", "wants": "Tính lại trợ cấp theo đủ quá trình đóng.",
}  # fmt: skip


def test_it_is_filed_on_the_page_of_the_dossier_answered_above_and_shown_at_both(
    world: World, browser: Browser
) -> None:
    dossier, citizen, director = a_dossier_to_sign(world), browser("citizen"), browser("director")
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert "Khiếu nại về kết quả" in words(citizen.get(f"/ho-so/{dossier.pk}"))
    form = f"/ho-so/{dossier.pk}/khieu-nai"
    assert "không tham gia quyết định" in words(citizen.get(form))
    short = citizen.post(form, {**TYPED, "about": "Sai"})
    assert short.status_code == 422
    assert "Tính lại trợ cấp" in short.content.decode()
    assert citizen.post(form, TYPED).status_code == 302
    complaint = Complaint.objects.get()
    assert f"{complaint.number}: Đã nhận khiếu nại" in words(citizen.get(f"/ho-so/{dossier.pk}"))

    known = Reading.objects.count()
    listed = words(director.get("/can-bo/khieu-nai"))
    assert complaint.number in listed
    page = director.get(f"/can-bo/khieu-nai/{complaint.pk}")
    assert "Thiếu năm 2015" in words(page)
    assert dossier.number in words(page)
    assert Reading.objects.count() > known
    answer = {"outcome": "partly", "answer": "Sổ gốc có năm 2015; hồ sơ sẽ được giải quyết lại."}
    assert director.post(f"/can-bo/khieu-nai/{complaint.pk}", {**answer, "outcome": ""}).status_code == 422
    assert director.post(f"/can-bo/khieu-nai/{complaint.pk}", answer).status_code == 302
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.ANSWERED
    assert "Khiếu nại đúng một phần" in words(citizen.get(form))


def test_nobody_else_reads_it(world: World, browser: Browser) -> None:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    browser("citizen").post(f"/ho-so/{dossier.pk}/khieu-nai", TYPED)
    address = f"/can-bo/khieu-nai/{Complaint.objects.get().pk}"
    assert browser("specialist").get("/can-bo/khieu-nai").status_code == 403
    for name, status in (("specialist", 403), ("leader", 404), ("other_specialist", 403)):
        assert browser(name).get(address).status_code == status


def test_before_a_result_there_is_nothing_to_complain_about(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    assert "Khiếu nại về kết quả" not in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))


def test_one_on_paper_is_typed_with_its_scan_and_its_answer_takes_longer(world: World, browser: Browser) -> None:
    dossier, counter, director = a_dossier_to_sign(world), browser("counter"), browser("director")
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    form = f"/can-bo/ho-so/{dossier.pk}/don-khieu-nai"
    for one in (counter, specialist := browser("specialist")):
        one.post(
            f"/can-bo/ho-so/{dossier.pk}/muc-dich", {"purpose": "complaint", "sentence": "Nhận đơn khiếu nại giấy."}
        )
    assert "Nhập đơn khiếu nại trên giấy" in words(counter.get(f"/can-bo/ho-so/{dossier.pk}"))
    day = today()
    typed = {
        **TYPED, "channel": "counter", "complainant": "Trần Thị Lan", "received.day": str(day.day),
        "received.month": str(day.month), "received.year": str(day.year),
    }  # fmt: skip
    assert counter.post(form, typed).status_code == 422
    assert specialist.get(form).status_code == 403
    with open_file(a_paper(world.citizen, kind="portrait").file.sha256) as picture:
        scan = SimpleUploadedFile("don.jpg", picture.read(), "image/jpeg")
    assert counter.post(form, {**typed, "scan": scan}).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.scan_name) == ("counter", "don.jpg")

    here = f"/can-bo/khieu-nai/{complaint.pk}"
    assert "Tải bản chụp đơn" in words(director.get(here))
    assert director.get(f"{here}/ban-chup").getvalue()
    assert director.post(here, {"_longer": "1", "why": "Khó"}).status_code == 422
    assert director.post(here, {"_longer": "1", "why": "Phải xác minh tại đơn vị cũ đã giải thể."}).status_code == 302
    assert "Phải xác minh tại đơn vị cũ" in words(director.get(here))
    assert "thời hạn trả lời dài hơn" in words(browser("citizen").get(f"/ho-so/{dossier.pk}/khieu-nai"))


def test_a_second_one_is_filed_on_the_same_page(world: World, browser: Browser) -> None:
    centre = Office.objects.create(
        code="99999", name_vi="Bảo hiểm xã hội Việt Nam", name_en="Vietnam Social Security", level=Level.CENTRAL,
        province_code="90", address="x", phone="1900 9068", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Office.objects.filter(code=PROVINCE_OFFICE).update(parent=centre)
    dossier, citizen, director = a_dossier_to_sign(world), browser("citizen"), browser("director")
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    form = f"/ho-so/{dossier.pk}/khieu-nai"
    citizen.post(form, TYPED)
    first = Complaint.objects.get()
    director.post(f"/can-bo/khieu-nai/{first.pk}", {"outcome": "rejected", "answer": "Sổ gốc không có năm 2015."})
    assert "Gửi khiếu nại lần hai" in words(citizen.get(form))
    assert citizen.post(form, {**TYPED, "_second": "1"}).status_code == 302
    second = Complaint.objects.get(level=2)
    assert (second.office_code, second.first_id) == ("99999", first.pk)
    assert "Khiếu nại lần hai" in words(citizen.get(form))
