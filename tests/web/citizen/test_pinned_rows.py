"""A row of a long list that the office pinned: mended in its own boxes, without sending the list anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ansinh.casework.accept import accept
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.dossiers.models import Dossier, SupplementItem
from tests.web.citizen.conftest import MONDAY
from tests.web.citizen.sick_lists import begun, filed, lines, text_of, worker
from tests.world import World


@pytest.fixture
def dossier(browser: Client, world: World) -> Dossier:
    """Three workers filed, the second and the third pinned."""
    found = filed(browser, begun(browser), world, [worker(1), worker(2), worker(3)])
    accept(found.pk, actor=world["counter"], at=MONDAY)
    asks = [
        Ask("row", f"workers[{place}]", "answer-incomplete", f"Số giấy ra viện của dòng {place + 1} sai.", "Như giấy.")
        for place in (1, 2)
    ]
    ask_for_more(found.pk, actor=world["specialist"], asks=asks, at=MONDAY)
    return found


def at(dossier: Dossier) -> str:
    """The page of the supplement."""
    return f"/ho-so/{dossier.pk}/bo-sung"


def boxes(place: int, **changes: str) -> dict[str, str]:
    """The boxes of a row as a browser sends them, unchanged but for these."""
    held = {
        "full_name": "Nguyễn Văn An", "si_number": f"45{place + 1:08d}", "from_date.day": "05", "from_date.month": "10",
        "from_date.year": "2026", "to_date.day": "09", "to_date.month": "10", "to_date.year": "2026",
        "sick_case": "inpatient", "for_child": "no", "document_serial": "RV-1", "diagnosis_code": "J18.9",
        "diagnosis": "Viêm phổi", "payment_method": "via_employer",
    }  # fmt: skip
    return {f"workers[{place}].{name}": value for name, value in {**held, **changes}.items()}


def rows_of(dossier: Dossier) -> list[dict[str, Any]]:
    """The workers as they are declared now."""
    rows: list[dict[str, Any]] = Dossier.objects.get(pk=dossier.pk).answers["workers"]
    return rows


@pytest.mark.requirement("R-082")
def test_each_pinned_row_has_its_boxes_and_no_other_row_has(browser: Client, dossier: Dossier) -> None:
    for address in (at(dossier), f"/ho-so/{dossier.pk}"):
        answer = browser.get(address)
        html, said = answer.content.decode(), text_of(answer)
        assert 'name="workers[1].document_serial"' in html and 'name="workers[2].document_serial"' in html
        assert 'name="workers[0].' not in html and 'value="4500000002"' in html
        assert "Số giấy ra viện của dòng 2 sai." in said and "các dòng khác giữ như đã nộp" in said
        assert "Hoặc gửi lại cả danh sách" in said


def test_the_rows_are_mended_and_sent_together(browser: Client, dossier: Dossier) -> None:
    before = rows_of(dossier)
    sent = {**boxes(1, document_serial="RV-22"), **boxes(2, document_serial="RV-33")}
    stolen = {"workers[0].document_serial": "RV-99"}
    assert browser.post(at(dossier), {**sent, **stolen}).headers["Location"] == f"/ho-so/{dossier.pk}"
    after = rows_of(dossier)
    assert after[0] == before[0]
    assert [row["document_serial"] for row in after] == ["RV-1", "RV-22", "RV-33"]
    assert {key: cell for key, cell in after[1].items() if key != "document_serial"} == {
        key: cell for key, cell in before[1].items() if key != "document_serial"
    }
    dossier.refresh_from_db()
    assert dossier.state == "in_progress"


def test_a_wrong_cell_is_told_beside_its_box_and_everything_typed_stays(browser: Client, dossier: Dossier) -> None:
    wrong = {**boxes(1, **{"from_date.day": "31", "from_date.month": "9"}), **boxes(2, document_serial="RV-33")}
    answer = browser.post(at(dossier), wrong)
    html, said = answer.content.decode(), text_of(answer)
    assert answer.status_code == 422 and 'id="workers[1].from_date:error"' in html
    assert 'href="#workers[1].from_date"' in html and "Dòng 2, cột Nghỉ từ ngày" in said
    assert 'value="31"' in html and 'value="RV-33"' in html
    assert "Đã sửa. Trước đây khai: RV-1" in said
    assert rows_of(dossier)[2]["document_serial"] == "RV-1"


def test_what_a_mended_row_makes_wrong_elsewhere_is_told_at_it(browser: Client, dossier: Dossier) -> None:
    twice = {**boxes(1, si_number="4500000001"), **boxes(2, document_serial="RV-33")}
    answer = browser.post(at(dossier), twice)
    assert answer.status_code == 422 and "Khoảng ngày này trùng với dòng 1" in text_of(answer)
    assert rows_of(dossier)[1]["si_number"] == "4500000002"


def test_a_row_that_is_right_is_kept_with_a_tick_of_its_own(browser: Client, dossier: Dossier) -> None:
    sent = {**boxes(1), **boxes(2, document_serial="RV-33")}
    silent = browser.post(at(dossier), sent)
    assert silent.status_code == 422 and "dòng 2: vẫn như đã khai" in text_of(silent)
    assert 'id="workers[1]:error"' in silent.content.decode() and 'id="workers[2]:error"' not in silent.content.decode()
    assert browser.post(at(dossier), {**sent, "kept:workers[1]": "true"}).status_code == 302
    items = SupplementItem.objects.filter(request__dossier=dossier).order_by("target")
    assert [item.kept for item in items] == [True, False]


def test_the_whole_list_can_still_be_sent_anew(browser: Client, dossier: Dossier) -> None:
    def pasted(*rows: dict[str, str]) -> dict[str, str]:
        return {"_list.workers.text": "\n".join("\t".join(line) for line in lines(rows)), **boxes(1), **boxes(2)}

    others = pasted(worker(9), worker(2, document_serial="RV-22"), worker(3, document_serial="RV-33"))
    refused = browser.post(at(dossier), others)
    assert refused.status_code == 422 and "chỉ những dòng được yêu cầu" in text_of(refused)
    for text in ("Lạ\tHọ và tên\tMã số BHXH\nA\tB\tC", "A\tB"):  # not understood; one row instead of three
        unread = browser.post(at(dossier), {**boxes(1, document_serial="RV-77"), "_list.workers.text": text})
        assert unread.status_code == 422 and 'value="RV-77"' in unread.content.decode()
    right = pasted(worker(1), worker(2, document_serial="RV-22"), worker(3, document_serial="RV-33"))
    assert browser.post(at(dossier), right).status_code == 302
    assert [row["document_serial"] for row in rows_of(dossier)] == ["RV-1", "RV-22", "RV-33"]
