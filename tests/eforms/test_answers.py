"""From a posted form to canonical answers, with every fault told on the way."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ansinh.eforms
from ansinh.eforms.canonical import canonical, digest
from ansinh.eforms.display import date_boxes, show_answers, typed_text
from ansinh.eforms.errors import FormError
from ansinh.eforms.read_input import read_answers
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import asked_keys
from ansinh.platform.language import translate, use
from tests.eforms.forms import field, form_of

TODAY = date(2026, 11, 23)


def says(fields: dict[str, Any], answer: Any) -> list[str]:
    return [problem.sentence for problem in check(form_of(fields), {fields["key"]: answer}, today=TODAY)]


def test_a_day_that_is_not_in_the_calendar_says_why_and_what_to_do() -> None:
    birth = field("birth", "date", label_vi="Ngày sinh", source_vi="giấy khai sinh")
    read = read_answers(form_of(birth), {"birth.day": ["31"], "birth.month": ["04"], "birth.year": ["2026"]})
    assert says(birth, read["birth"]) == [
        "31/04/2026 không có trong lịch vì tháng 4 có 30 ngày. Xin xem lại giấy khai sinh."
    ]
    assert date_boxes(read["birth"]) == ("31", "04", "2026")
    assert "không nhuận" in says(birth, "29/02/2026")[0]
    assert says(birth, "2028-02-29") == []
    assert "Chưa có ngày sinh. Xin nhập như trong giấy khai sinh." in says(birth, None)


@pytest.mark.parametrize(
    ("kind", "posted", "read"),
    [
        ("money", "1.234.567", 1234567),
        ("money", "１.２３４ đ", 1234),
        ("money", "1,234,567 VND", 1234567),
        ("money", "12x", "12x"),
        ("int", "007", 7),
        ("decimal", "2,34", 2.34),
        ("date", "4/5/2026", "2026-05-04"),
        ("date", "ngày 4 tháng 5 năm 2026", "2026-05-04"),
        ("month", "5/2026", "2026-05"),
        ("phone", "0912 345 278", "84912345278"),
        ("si_number", "45.1612-3456", "4516123456"),
        ("text", "  Trần   Thị ", "Trần Thị"),
        ("bool", "on", True),
    ],
)
def test_many_spellings_are_read(kind: str, posted: str, read: Any) -> None:
    assert read_answers(form_of(field("k", kind)), {"k": [posted]}) == {"k": read}


def test_facts_of_a_register_are_never_taken_from_a_post() -> None:
    form = form_of(field("k", read_only=True))
    assert read_answers(form, {"k": ["forged"]}) == {}


def test_rows_are_read_in_order_and_can_be_dropped() -> None:
    form = form_of(field("t", "table", columns=[field("n"), field("d", "date")]))
    posted = {"t[5].n": ["hai"], "t[2].n": ["một"], "t[2].d.day": ["4/5/2026"], "t[9].n": ["ba"], "t[9].remove": ["1"]}
    assert read_answers(form, posted)["t"] == [{"n": "một", "d": "2026-05-04"}, {"n": "hai"}]


def test_unticked_boxes_of_the_posted_section_are_answered() -> None:
    form = form_of(field("yes", "bool"), field("many", "multi_choice", choices="yes_no"), field("x"))
    assert read_answers(form, {"x": ["1"]}, section=form.sections[0]) == {"yes": False, "many": [], "x": "1"}


def test_hiding_runs_on() -> None:
    form = form_of(
        field("a", "choice", choices="yes_no"),
        field("b", "choice", choices="yes_no", when={"field": "a", "equals": "yes"}),
        field("c", when={"field": "b", "equals": "yes"}),
    )
    answers = {"a": "no", "b": "yes", "c": "kept"}
    assert asked_keys(form, answers) == {"a"}
    assert canonical(form, answers) == {"a": "no"}
    assert check(form, answers, today=TODAY) == []


def test_the_digest_depends_on_every_answer_and_paper_but_not_on_their_order() -> None:
    papers = [{"key": "a", "sha256": "1"}, {"key": "b", "sha256": "2"}]
    first = digest({"x": 1, "y": "é"}, papers)
    assert digest({"y": "é", "x": 1}, papers[::-1]) == first
    assert digest({"x": 1, "y": "é"}, papers[:1]) != first
    assert digest({"x": 2, "y": "é"}, papers) != first
    decomposed = canonical(form_of(field("k")), {"k": "e\u0301"})
    assert decomposed == {"k": "é"}


def test_answers_are_shown_in_vietnamese_form() -> None:
    form = form_of(field("m", "money"), field("d", "date"), field("c", "choice", choices="yes_no"), field("p", "phone"))
    lines = show_answers(form, {"m": 56280000, "d": "2026-11-09", "c": "yes", "p": "84912345278"})[0].lines
    assert [line.text_vi for line in lines] == ["56.280.000\u00a0đ", "09/11/2026", "Có", "0912 345 278"]
    assert lines[2].text_en == "Yes"
    assert typed_text(form.field("m"), 56280000) == "56.280.000"
    assert typed_text(form.field("m"), "12x") == "12x"


def test_a_circle_of_conditions_is_refused() -> None:
    with pytest.raises(FormError, match="circle"):
        form_of(
            field("a", when={"field": "b", "given": True}),
            field("b", when={"field": "a", "given": True}),
        )


def test_a_condition_on_an_answer_never_offered_is_refused() -> None:
    with pytest.raises(FormError, match="never offered"):
        form_of(field("a", "choice", choices="yes_no"), field("b", when={"field": "a", "equals": "maybe"}))


def messages() -> set[str]:
    """Every msgid written where code of eforms hands it to ``problem_at`` (tests/house/test_english.py asks all)."""
    found: set[str] = set()
    for path in Path(ansinh.eforms.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "problem_at" and len(node.args) > 3:
                sentence = node.args[3]
                if isinstance(sentence, ast.Constant | ast.BinOp):
                    found.add(ast.literal_eval(sentence))
    return found


def test_every_sentence_has_its_english() -> None:
    known = messages()
    assert len(known) > 20
    with use("en"):
        untranslated = [text for text in known if translate(text) == text]
    assert untranslated == []


def test_a_problem_speaks_english_with_english_labels() -> None:
    [problem] = check(form_of(field("k", label_en="Date of birth", label_vi="Ngày sinh")), {}, today=TODAY)
    with use("en"):
        assert problem.sentence_in("en", translate) == "The date of birth is missing. Please enter it in this box."


def test_a_fact_no_register_holds_is_not_asked_of_the_person() -> None:
    form = form_of(field("k", read_only=True), field("n"))
    assert [problem.path for problem in check(form, {}, today=date(2026, 11, 23))] == ["n"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Trần Thị Mаi Lan", "không thuộc chữ Việt"),  # the second word from the end has a Cyrillic “а”
        ("Ⲛguyễn Văn Hiếu", "không thuộc chữ Việt"),
        ("阮文孝", "không thuộc chữ Việt"),
        ("Trần Thị M4i", "Hãy bỏ ký tự “4”"),
        ("Lan\u200b Trần", "ký tự ẩn"),
        ("...", "Hãy nhập họ và tên"),
    ],
)
@pytest.mark.parametrize("key", ["full_name", "child_name", "holder"])
def test_a_name_is_written_in_latin_letters(key: str, typed: str, told: str) -> None:
    (sentence,) = says(field(key, "text"), typed)
    assert told in sentence


@pytest.mark.parametrize("typed", ["Trần Thị Mai Lan", "K'Đăm H'Bia", "Nguye\u0302\u0303n An", "TRAN THI MAI LAN"])
def test_names_of_every_people_of_the_country_are_taken(typed: str) -> None:
    assert says(field("full_name", "text"), typed) == []


def test_a_word_of_two_scripts_is_refused_in_any_text() -> None:
    place = field("issued_by", "text", label_vi="Nơi cấp")
    assert says(place, "Công аn tỉnh") == [
        "Từ “аn” có chữ trông giống chữ Latinh nhưng thuộc bảng chữ khác. Xin xóa rồi gõ lại từ này."
    ]
    assert says(place, "Công an tỉnh, Москва, phòng α") == []
