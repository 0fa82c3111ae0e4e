"""An employer's list of workers: pasted, uploaded, mended by row and column, put back, looked at in pages."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ansinh.casework.accept import accept
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.dossiers.models import Dossier, Draft
from tests.web.citizen.conftest import MONDAY
from tests.web.citizen.sick_lists import SLUG, begun, filed, lines, paste, text_of, worker
from tests.world import World

KILOBYTES_OF_AN_EMPTY_FORM = 100


@pytest.fixture
def page(browser: Client, world: World) -> str:
    """The address of the list in a fresh draft of a company."""
    return begun(browser)


def upload(browser: Client, page: str, name: str, content: bytes) -> Any:
    """Choose a file and press the button."""
    return browser.post(page, {"_upload_list": "workers", "_list.workers.file": SimpleUploadedFile(name, content)})


def held() -> list[dict[str, Any]]:
    """The rows of the draft."""
    rows: list[dict[str, Any]] = Draft.objects.get().answers.get("workers", [])
    return rows


@pytest.mark.requirement("R-082")
def test_two_faults_are_named_by_row_and_column_and_mended_one_after_the_other(browser: Client, page: str) -> None:
    rows = [worker(1), worker(2, from_date="31/04/2026"), worker(3, si_number="45161")]
    assert paste(browser, page, rows).headers["Location"].endswith("#workers")
    shown = browser.get(page)
    said = text_of(shown)
    assert "Đã nhập 3 dòng." in said and "2 dòng cần sửa." in said
    assert "Dòng 2, cột Nghỉ từ ngày: 31/04/2026 không có trong lịch vì tháng 4 có 30 ngày" in said
    assert "Dòng 3, cột Mã số BHXH" in said
    assert held()[1]["from_date"] == "31/04/2026"  # kept as it was typed

    row = browser.get(f"{page}?sua=workers[1]")
    assert 'value="31"' in row.content.decode() and "Lưu và đến dòng cần sửa tiếp theo" in text_of(row)
    day = {f"workers[1].from_date.{part}": text for part, text in (("day", "5"), ("month", "10"), ("year", "2026"))}
    answer = browser.post(f"{page}?sua=workers[1]", {**day, "_next": "1"})
    assert "workers%5B2%5D" in answer.headers["Location"]
    assert held()[1]["from_date"] == "2026-10-05" and held()[1]["diagnosis"] == "Viêm phổi"

    still = browser.post(f"{page}?sua=workers[2]", {"workers[2].si_number": "451"})
    assert still.status_code == 422 and held()[2]["si_number"] == "451"
    done = browser.post(f"{page}?sua=workers[2]", {"workers[2].si_number": "4500000003"})
    assert done.status_code == 302
    assert "cần sửa" not in text_of(browser.get(page))


def test_the_gaps_lead_to_the_row(browser: Client, page: str) -> None:
    paste(browser, page, [worker(1), worker(2, from_date="31/04/2026")])
    gaps = browser.get(f"{page.rpartition('/')[0]}/kiem-tra").content.decode()
    assert "workers_section?sua=workers%5B1%5D#workers%5B1%5D.from_date" in gaps


def test_a_template_comes_with_the_names_of_the_columns_and_goes_back_filled(browser: Client, page: str) -> None:
    blank = browser.get(f"{page}?mau=workers.xlsx")
    assert blank["Content-Disposition"] == f'attachment; filename="{SLUG}-workers.xlsx"'
    with zipfile.ZipFile(io.BytesIO(blank.content)) as book:
        assert "Mã bệnh (ICD-10)" in book.read("xl/sharedStrings.xml").decode()
    assert browser.get(f"{page}?mau=workers.csv").content.decode("utf-8-sig").split(",")[0] == "Họ và tên"
    assert upload(browser, page, "mau.xlsx", blank.content).status_code == 422  # only names yet

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, line in enumerate(lines([worker(1), worker(2)])):
            for column, cell in enumerate(line):
                sheet.write_string(place, column, cell)
    assert upload(browser, page, "danh-sach.xlsx", content.getvalue()).status_code == 302
    assert [row["si_number"] for row in held()] == ["4500000001", "4500000002"]
    filled = browser.get(f"{page}?tai=workers.xlsx")
    assert upload(browser, page, "lai.xlsx", filled.content).status_code == 302
    assert held()[2:] == held()[:2]  # what goes out comes back the same, added behind


def test_what_is_not_understood_is_refused_and_stays_in_the_box(browser: Client, page: str) -> None:
    answer = browser.post(
        page, {"_paste": "workers", "_list.workers.text": "Họ và tên\tMã số BHXH\tLương thưởng\nA\t1\t2"}
    )
    assert answer.status_code == 422 and held() == []
    assert (
        "Không rõ cột “Lương thưởng”" in text_of(answer) and "Họ và tên\tMã số BHXH\tLương" in answer.content.decode()
    )
    answer = upload(browser, page, "danh-sach.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 64)
    assert answer.status_code == 422 and "kiểu cũ (.xls)" in text_of(answer)
    answer = browser.post(page, {"_upload_list": "workers"})
    assert answer.status_code == 422 and "Chưa chọn tệp nào" in text_of(answer)


def test_a_list_that_was_replaced_can_be_put_back(browser: Client, page: str) -> None:
    paste(browser, page, [worker(1), worker(2)])
    paste(browser, page, [worker(3)], **{"_list.workers.mode": "instead"})
    assert [row["si_number"] for row in held()] == ["4500000003"]
    assert "Danh sách trước có 2 dòng" in text_of(browser.get(page))
    browser.post(page, {"_put_back": "workers"})
    assert [row["si_number"] for row in held()] == ["4500000001", "4500000002"]
    browser.post(page, {"_put_back": "workers"})
    assert [row["si_number"] for row in held()] == ["4500000003"]


def test_rows_are_added_taken_out_and_put_back_one_by_one(browser: Client, page: str) -> None:
    paste(browser, page, [worker(1), worker(2)])
    new = browser.post(page, {"_add": "workers"}).headers["Location"]
    assert "sua=workers%5B2%5D" in new and len(held()) == 2
    assert browser.get(new).status_code == 200
    browser.post(f"{page}?sua=workers[2]", {"workers[2].full_name": "Lê Thị Bình"})
    unticked = dict.fromkeys(("long_term_disease", "heavy_job", "paper_certificate", "treated_abroad"), False)
    assert held()[2] == {"full_name": "Lê Thị Bình", "weekly_rest": [], **unticked}
    browser.post(f"{page}?sua=workers[0]", {"_remove": "workers[0]"})
    assert [row.get("si_number") for row in held()] == ["4500000002", None]
    assert "Đã bỏ một mục" in text_of(browser.get(page))
    browser.post(page, {"_restore": "workers"})
    assert held()[0]["si_number"] == "4500000001"
    assert browser.get(f"{page}?sua=workers[7]").status_code == 404


def test_a_supplement_sends_the_list_anew(browser: Client, page: str, world: World) -> None:
    at, dossier_id = MONDAY, filed(browser, page, world, [worker(1), worker(2)]).pk
    accept(dossier_id, actor=world["counter"], at=at)
    wrong = Ask("field", "workers", "answer-differs-from-registry", "Mã số của dòng 2 không có trong sổ.", "")
    ask_for_more(dossier_id, actor=world["specialist"], asks=[wrong], at=at)
    address = f"/ho-so/{dossier_id}/bo-sung"
    shown = browser.get(address)
    assert "2 người lao động" in text_of(shown) and "Dán các dòng chép từ bảng tính" in text_of(shown)
    mended = {"_list.workers.text": "\n".join("\t".join(line) for line in lines([worker(1), worker(9)]))}
    refused = browser.post(address, {"_list.workers.text": "Lạ\tHọ và tên\tMã số BHXH\nA\tB\tC"})
    assert refused.status_code == 422 and "Không rõ cột “Lạ”" in text_of(refused)
    faulty = browser.post(address, {k: v.replace("05/10/2026", "31/04/2026") for k, v in mended.items()})
    assert faulty.status_code == 422 and "Dòng 1, cột Nghỉ từ ngày" in text_of(faulty)
    assert browser.post(address, mended).status_code == 302
    dossier = Dossier.objects.get(pk=dossier_id)
    assert [row["si_number"] for row in dossier.answers["workers"]] == ["4500000001", "4500000009"]
    assert dossier.state == "in_progress"


def test_a_page_of_the_form_is_light_when_it_is_empty(
    browser: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(14):
        answer = browser.get(page)
    assert len(answer.content) < KILOBYTES_OF_AN_EMPTY_FORM * 1024


def test_five_hundred_workers_stay_usable(
    browser: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [worker(number, **({"to_date": "hôm qua"} if number % 50 == 0 else {})) for number in range(1, 501)]
    with django_assert_max_num_queries(24):
        assert paste(browser, page, rows).status_code == 302
    assert len(held()) == 500
    with django_assert_max_num_queries(16):
        first = browser.get(page)
    assert len(first.content) < KILOBYTES_OF_AN_EMPTY_FORM * 1024
    assert "10 dòng cần sửa" in text_of(first) and "1–50 trong 500" in text_of(first)
    last = text_of(browser.get(f"{page}?trang=10"))
    assert "Sửa dòng 500" in last and "Sửa dòng 450 " not in last
    wrong = text_of(browser.get(f"{page}?loi=1"))
    assert "1–10 trong 10" in wrong and "Sửa dòng 50 " in wrong and "Sửa dòng 51 " not in wrong
    more = [worker(number) for number in range(501, 1002)]
    refused = paste(browser, page, more)
    assert refused.status_code == 422 and len(held()) == 500


def test_the_row_shows_its_days_and_which_of_them_are_working_days(browser: Client, page: str) -> None:
    paste(browser, page, [worker(1, to_date="12/10/2026", weekly_rest="Chủ nhật"), worker(2, from_date="hôm qua")])
    row = browser.get(f"{page}?sua=workers[0]")
    assert "8 ngày, trong đó 7 ngày làm việc" in text_of(row) and "tháng 10 năm 2026" in text_of(row)
    assert row.content.decode().count('class="work"') == 7 and row.content.decode().count('class="off"') == 1
    assert "trong đó" not in text_of(browser.get(f"{page}?sua=workers[1]"))


def test_the_list_speaks_english(browser: Client, page: str) -> None:
    browser.cookies["ngon_ngu"] = "en"
    paste(browser, page, [worker(1, from_date="31/04/2026")])
    said = text_of(browser.get(page))
    assert "Row 1, column Off from" in said and "Edit row 1" in said and "Workers on sick leave" in said
