"""Complaints on both sides: filed on the page of the dossier, answered at the office above, seen at both."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.casework.models import Complaint, ComplaintState
from ansinh.casework.sign import sign
from ansinh.people.models import Reading
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.web.officer.test_desk import words
from tests.world import World, a_submitted_dossier

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
