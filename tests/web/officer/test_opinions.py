"""The pages of opinions: asked beside the dossier, found on the desk of who is asked, answered with a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.casework.models import Opinion, OpinionState
from ansinh.platform.storage import open_file
from tests.browsers import Client
from tests.casework.moves import a_dossier_in_appraisal
from tests.web.officer.test_desk import at, words
from tests.world import OTHER_OFFICE, World, a_paper

Browser = Callable[[str], Client]
DAY = {"wanted.day": "13", "wanted.month": "11", "wanted.year": "2026", "_act": "ask"}
QUESTION = "Quá trình đóng năm 2015 có khớp sổ gốc không?"


def test_a_question_reaches_the_desk_of_who_is_asked_and_the_answer_comes_back(world: World, browser: Browser) -> None:
    dossier, specialist, collector = a_dossier_in_appraisal(world), browser("specialist"), browser("collector")
    asked = {**DAY, "question": QUESTION, "to": str(world["collector"].officer_id)}
    assert specialist.post(at(dossier, "y-kien"), asked).status_code == 302
    assert "1 câu hỏi chờ ý kiến của ông/bà" in words(collector.get("/can-bo"))
    assert QUESTION in words(collector.get("/can-bo/y-kien"))
    page = collector.get(at(dossier, "y-kien"))  # asked: no purpose has to be chosen
    assert page.status_code == 200
    assert "Gửi ý kiến" in words(page)
    row = str(Opinion.objects.get().pk)
    short = collector.post(at(dossier, "y-kien"), {"_act": "answer", "row": row, "answer": "Có"})
    assert short.status_code == 422
    given = {"_act": "answer", "row": row, "answer": "Khớp với sổ gốc lưu tại kho."}
    assert collector.post(at(dossier, "y-kien"), given).status_code == 302
    assert "Khớp với sổ gốc" in words(specialist.get(at(dossier)))
    assert "câu hỏi chờ ý kiến" not in words(collector.get("/can-bo"))
    assert "Khớp với sổ gốc" not in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))


def test_another_agencys_letter_is_entered_with_its_file(world: World, browser: Browser) -> None:
    dossier, specialist = a_dossier_in_appraisal(world), browser("specialist")
    specialist.post(at(dossier, "y-kien"), {**DAY, "question": QUESTION, "agency": "Công an phường Nam Đông Hà"})
    assert "Công an phường Nam Đông Hà" in words(browser("citizen").get(f"/ho-so/{dossier.pk}"))
    row = str(Opinion.objects.get().pk)
    letter = {
        "_act": "enter", "row": row, "answer": "Người này cư trú từ năm 2012.", "number": "45/CAP",
        "document.day": "9", "document.month": "11", "document.year": "2026",
    }  # fmt: skip
    assert "Xin ghi số, ngày và gửi tệp" in words(specialist.post(at(dossier, "y-kien"), letter))
    with open_file(a_paper(world.citizen, kind="portrait").file.sha256) as picture:
        scan = SimpleUploadedFile("tra-loi.jpg", picture.read(), "image/jpeg")
    assert specialist.post(at(dossier, "y-kien"), {**letter, "file": scan}).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.document_day) == (OpinionState.ANSWERED, date(2026, 11, 9))
    got = specialist.get(at(dossier, f"y-kien/{row}/tep"))
    assert got.getvalue()
    assert got["Content-Disposition"].endswith('"tra-loi.jpg"')


def test_a_colleague_of_another_office_finds_the_question_and_only_that_dossier(world: World, browser: Browser) -> None:
    dossier, specialist, other = a_dossier_in_appraisal(world), browser("specialist"), browser("other_specialist")
    assert other.get(at(dossier, "y-kien")).status_code == 404
    page = words(specialist.get(at(dossier, f"y-kien?co-quan={OTHER_OFFICE}")))
    assert "Bùi Văn Long" in page and "chỉ hồ sơ này" in page and "Phạm Văn Đức" not in page
    asked = {**DAY, "question": QUESTION, "to": str(world["other_specialist"].officer_id), "office": OTHER_OFFICE}
    assert specialist.post(at(dossier, "y-kien"), asked).status_code == 302
    assert "1 câu hỏi chờ ý kiến của ông/bà" in words(other.get("/can-bo"))
    queue = words(other.get("/can-bo/y-kien"))
    assert dossier.number in queue and dossier.applicant_name not in queue
    assert dossier.applicant_name in words(other.get(at(dossier)))
    assert "Đề xuất" not in words(other.get(at(dossier)))
    row = str(Opinion.objects.get().pk)
    given = {"_act": "answer", "row": row, "answer": "Khớp với sổ gốc lưu tại cơ quan tôi."}
    assert other.post(at(dossier, "y-kien"), given).status_code == 302
    assert other.get(at(dossier)).status_code == 404
    assert "Khớp với sổ gốc" in words(specialist.get(at(dossier, "y-kien")))
