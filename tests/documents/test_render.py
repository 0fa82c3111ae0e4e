"""Papers: what they say survives as text, what people typed stays text, the same data give the same bytes."""

import io
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp

from ansinh.documents.payload import BOX
from ansinh.documents.render import TemplateFault, render, render_source
from tests.documents.pages import picture, words
from tests.documents.papers import AT, DECISION_DATA, PAPERS, RECEIPT, REFUSAL, STRANGE, decision_in


@pytest.mark.parametrize("template", PAPERS)
def test_a_paper_is_tagged_vietnamese_and_archivable(template: str) -> None:
    with pikepdf.open(io.BytesIO(render(template, data=PAPERS[template], at=AT))) as document:
        assert document.Root.Lang == "vi-VN"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        number = "04128/2026/04401" if template == "receipt" else "1208/QĐ-BHXH"
        assert number in metadata["dc:title"]
        assert document.docinfo["/CreationDate"] == "D:20261109131437Z"


@pytest.mark.parametrize("template", PAPERS)
def test_a_paper_has_the_heads_and_the_person(template: str) -> None:
    text = words(render(template, data=PAPERS[template], at=AT))
    for expected in (
        "BẢO HIỂM XÃ HỘI TỈNH QUẢNG TRỊ BHXH CƠ SỞ ĐÔNG HÀ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 04128/2026/04401" if template == "receipt" else "Số: 1208/QĐ-BHXH",
        "Đông Hà, ngày 05 tháng 02 năm 2026",
        "Trần Thị Mai Lan",
    ):
        assert expected in text


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Ngọc Ẩn", "Đặng Ỷ Ữ Ợ Ẫ Ặ Ỗ", "Y Bih Niê Kđăm", "H'Hen Ksơr", "Lò Thị Ừng", "Thạch Sô Phép"]
)
def test_every_letter_of_a_name_survives(name: str) -> None:
    for form in ("NFC", "NFD"):
        data = REFUSAL | {"person": {"salutation": "Bà", "full_name": unicodedata.normalize(form, name)}}
        assert name in words(render("refusal", data=data, at=AT))


def with_text_everywhere(value: Any, text: str) -> Any:
    """The data with `text` put behind every free text."""
    if isinstance(value, dict):
        kept = ("sha256", "qr_address")
        return {key: inner if key in kept else with_text_everywhere(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_text_everywhere(inner, text) for inner in value]
    if isinstance(value, str) and not value[:4].isdigit():
        return f"{value} {text}"
    return value


@pytest.mark.parametrize("template", PAPERS)
def test_typst_code_in_any_text_stays_text(template: str) -> None:
    data = with_text_everywhere(PAPERS[template], STRANGE)
    text = words(render(template, data=data, at=AT))
    assert 'panic("x") *đậm* $1/0$' in text
    assert "`mã` // chú thích [ngoặc" in text


def test_typst_code_in_a_decision_stays_text(tmp_path: Path) -> None:
    data = with_text_everywhere(DECISION_DATA, STRANGE)
    assert '#panic("x")' in words(render(decision_in(tmp_path), data=data, at=AT))


@pytest.mark.parametrize("strange", ["😀", "漢字", "\ue000", "\U0010ffff", "\ufdd0", "👨‍👩‍👧", "ประเทศ", "\ufffe"])
def test_a_letter_no_font_has_becomes_a_box_and_the_paper_comes(strange: str) -> None:
    data = REFUSAL | {"person": {"full_name": f"Lan {strange} Anh"}}
    text = words(render("refusal", data=data, at=AT))
    assert BOX in text
    assert "Lan" in text


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x00", "\x1b", "\ufeff"])
def test_invisible_characters_are_left_out(hidden: str) -> None:
    data = REFUSAL | {"person": {"full_name": f"Mai{hidden}Lan"}}
    assert "MaiLan" in words(render("refusal", data=data, at=AT))


def test_the_same_data_and_moment_give_the_same_bytes() -> None:
    first = render("receipt", data=RECEIPT, at=AT)
    assert render("receipt", data=RECEIPT, at=AT) == first
    assert render("receipt", data=RECEIPT, at=AT + timedelta(seconds=1)) != first


def test_papers_made_at_once_hold_only_their_own_data() -> None:
    def rendered(number: int) -> bytes:
        return render("refusal", data=REFUSAL | {"person": {"full_name": f"Người số {number}"}}, at=AT)

    with ThreadPoolExecutor(8) as pool:
        papers = list(pool.map(rendered, range(40)))
    assert all(f"Người số {number} Hồ sơ" in words(paper) for number, paper in enumerate(papers))


def test_a_frozen_template_renders_like_its_file(tmp_path: Path) -> None:
    path = decision_in(tmp_path)
    frozen = render_source(path.read_text(encoding="utf-8"), name="frozen", data=DECISION_DATA, at=AT)
    assert frozen == render(path, data=DECISION_DATA, at=AT)


def test_a_receipt_says_what_was_received_and_when_results_are_due() -> None:
    text = words(render("receipt", data=RECEIPT, at=AT))
    for expected in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "20:14:37, thứ Hai 09/11/2026",
        "Tính là nhận lúc 07:30, thứ Ba 10/11/2026",
        "Chưa tính Thời hạn tính từ khi nhận đủ bản chính.",
        "Sổ BHXH thứ Sáu 27/11/2026",
        "17:00, thứ Sáu 27/11/2026",
        "Khai sinh trang 1.jpg 1,8 MB",
        "900 B",
        "3be8 70c2 96f1 d4a5",
        "Sổ BHXH bản chính",
        "09•• ••• 278",
        "vào ansinh.example/",
    ):
        assert expected in text


@pytest.mark.parametrize("template", ["receipt", "supplement_request", "refusal"])
def test_a_letter_of_the_portal_needs_no_person_and_no_number(template: str) -> None:
    data = {key: value for key, value in PAPERS[template].items() if key != "signature"}
    data["document"] = data["document"] | {"number": None}
    text = words(render(template, data=data, at=AT))
    assert ("(Văn bản điện tử được ký số)" in text) == (template != "receipt")
    assert ("Số: 04128/2026/04401" in text) == (template == "receipt")


def test_a_receipt_leaves_out_what_there_is_not() -> None:
    results = [{"name": "Quyết định", "due": "2026-11-27", "why_not": ""}]
    bare = RECEIPT | {"evidence": "", "originals": [], "items": [], "results": results, "answers_digest": "0c" * 32}
    text = words(render("receipt", data=bare, at=AT))
    assert "Bằng chứng" not in text
    assert "Bản chính" not in text
    assert "Nội dung đã khai 0c0c 0c0c" in text


def test_a_paper_carries_its_statement_as_an_associated_file() -> None:
    statement = '{"kind":"ansinh-paper-1","name":"Giấy ra viện"}'.encode()
    with pikepdf.open(io.BytesIO(render("receipt", data=RECEIPT, at=AT, statement=statement))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert document.attachments["an-sinh.json"].get_file().read_bytes() == statement
        assert document.Root.AF[0].AFRelationship == "/Data"


def test_the_qr_code_of_a_receipt_can_be_read() -> None:
    (code,) = zxingcpp.read_barcodes(picture(render("receipt", data=RECEIPT, at=AT)))
    assert code.text == RECEIPT["qr_address"]


def test_a_result_prints_its_code_and_its_place_in_the_log() -> None:
    marks = {
        "qr_address": f"https://dichvu.ansinh.example/minh-chung?q={'Aa0_' * 33}Aa0",
        "check_address": "dichvu.ansinh.example/minh-chung",
        "log": {"index": 1234, "size": 1240, "root": "3be870c296f1d4a5"},
    }
    pdf = render("refusal", data=REFUSAL | marks, at=AT)
    (code,) = zxingcpp.read_barcodes(picture(pdf))
    assert code.text == marks["qr_address"]
    assert "vị trí 1.234, mốc 1.240, gốc 3be8 70c2 96f1 d4a5" in words(pdf)


def test_a_supplement_request_lists_only_what_is_asked() -> None:
    text = words(render("supplement_request", data=PAPERS["supplement_request"], at=AT))
    for expected in ("bổ sung 2 chỗ", "1. Giấy chứng sinh", "GT-03", "2. Số tài khoản", "thứ Bảy 12/12/2026"):
        assert expected in text
    assert text.count("Đã khai, đã gửi") == 1


def test_a_refusal_says_why_and_what_can_be_done() -> None:
    text = words(render("refusal", data=REFUSAL, at=AT))
    for expected in ("Chưa đóng đủ 06 tháng.", "Luật 41/2024/QH15, Điều 50 · DK-01", "Khiếu nại trong 90 ngày."):
        assert expected in text


def test_a_declaration_prints_answers_as_people_write_them() -> None:
    text = words(render("declaration", data=PAPERS["declaration"], at=AT))
    for expected in (
        "Ngày sinh 12/03/1994",
        "Sinh đôi Không",
        "8.200.000",
        "Điện thoại Không khai",
        "Lê Ánh 01/10/2026",
    ):
        assert expected in text
    assert "(Ký và ghi rõ họ tên)" in text


def test_a_confirmed_declaration_needs_no_hand() -> None:
    data = PAPERS["declaration"] | {"confirmation": "Xác nhận bằng mã giao dịch lúc 20:14."}
    text = words(render("declaration", data=data, at=AT))
    assert "bằng mã giao dịch lúc 20:14" in text
    assert "(Ký và ghi rõ họ tên)" not in text


def test_a_decision_outside_the_package_uses_the_letter(tmp_path: Path) -> None:
    text = words(render(decision_in(tmp_path), data=DECISION_DATA, at=AT))
    for expected in (
        "QUYẾT ĐỊNH Về việc hưởng chế độ thai sản GIÁM ĐỐC BHXH CƠ SỞ ĐÔNG HÀ",
        "Căn cứ Luật Bảo hiểm xã hội số 41/2024/QH15; Xét hồ sơ số 04128/2026/04401.",
        "Điều 1. Bà Trần Thị Mai Lan",
        "56.280.000 đ (Năm mươi sáu triệu hai trăm tám mươi nghìn đồng).",
        "Số tháng nghỉ Điều 53 6",
        "Mức được hưởng 56.280.000 đ",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Ký số bởi: Nguyễn Thị Ngọc Ẩn",
        "Thời gian ký: 20:14:37, thứ Hai 09/11/2026",
    ):
        assert expected in text


def test_dates_are_written_by_what_is_known(tmp_path: Path) -> None:
    template = '#import "letter.typ": *\n#show: letter.with(data, title: "Giấy")\n#data.dates.map(date).join(" · ")'
    data = DECISION_DATA | {"dates": ["2026-02-05", "2026-02", "1958", None, ""]}
    text = words(render(decision_in(tmp_path, template), data=data, at=AT))
    assert "05/02/2026 · 02/2026 · 1958 · không rõ · không rõ" in text


def test_a_draft_is_marked_and_has_room_for_the_signature(tmp_path: Path) -> None:
    data = DECISION_DATA | {"draft": True, "signature": {"position": "Giám đốc", "full_name": "Lê Hoàng Nam"}}
    text = words(render(decision_in(tmp_path), data=data, at=AT))
    assert "DỰ THẢO" in text
    assert "Ký số bởi" not in text


def test_pages_of_a_long_paper_are_numbered_and_the_table_head_repeats() -> None:
    items = [{"name": f"Trang {n}.jpg", "size": 1, "sha256": "ab" * 32} for n in range(60)]
    text = words(render("receipt", data=RECEIPT | {"items": items}, at=AT))
    assert "Trang 2/" in text
    assert text.count("Mã kiểm (SHA-256)") >= 2


def test_nothing_runs_over_the_edge_of_the_page() -> None:
    for template, data in PAPERS.items():
        page = picture(render(template, data=with_text_everywhere(data, "dài" * 12), at=AT)).convert("L")
        margin = page.crop((page.width - round(page.width * 12 / 210), 0, page.width, page.height))
        assert margin.getextrema()[0] == 255, template


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('#import "@preview/cetz:0.3.0": *', "packages"),
        ('#read("/etc/passwd")', "not found"),
        ('#read("../../../../etc/passwd")', "escape"),
        ('#import "letter.typ": *\n#data.nothing', "nothing"),
        ("#let", "expected"),
    ],
)
def test_a_faulty_template_names_itself(tmp_path: Path, text: str, says: str) -> None:
    path = decision_in(tmp_path, text)
    with pytest.raises(TemplateFault, match=says) as fault:
        render(path, data=DECISION_DATA, at=AT)
    assert "decision.typ" in str(fault.value)


def test_a_moment_with_parts_of_a_second_can_be_the_time_of_creation() -> None:
    source = '#import "letter.typ": data\n#set document(title: data.title)\n#data.title'
    at = AT.replace(microsecond=123456)
    assert render_source(source, name="test", data={"title": "Giấy"}, at=at).startswith(b"%PDF")
