"""The guidance beside each question (R-187)."""

import pytest

from ansinh.eforms.definition import Field
from ansinh.web.citizen.hints import hint_of

pytestmark = pytest.mark.requirement("R-187")


def a_field(kind: str, **more: object) -> Field:
    return Field("x", kind, "Câu hỏi", "Question", **more)  # type: ignore[arg-type]


def test_the_folder_speaks_first() -> None:
    assert hint_of(a_field("phone", hint_vi="Số máy bàn cũng được")) == "Số máy bàn cũng được"


def test_where_it_says_nothing_the_kind_of_question_does() -> None:
    assert hint_of(a_field("si_number")).startswith("Mã số 10 chữ số")
    assert "Chỉ biết năm" in hint_of(a_field("date", year_only=True))


def test_guidance_stands_after_the_hint() -> None:
    both = a_field("text", hint_vi="Ví dụ: vợ", guidance_vi="Chỉ một người đứng khai.")
    assert hint_of(both) == "Ví dụ: vợ. Chỉ một người đứng khai."
    assert hint_of(a_field("choice", guidance_vi="Chỉ cần một giấy.")) == "Chỉ cần một giấy."


def test_a_choice_needs_none() -> None:
    assert hint_of(a_field("choice")) == ""
