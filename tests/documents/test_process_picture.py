"""The picture of a process: every step in it, in words too, and where the dossier stands."""

from __future__ import annotations

import pytest

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import folders
from ansinh.documents.process_picture import NAME_LETTERS, Step, Words, process_svg
from ansinh.platform.xml import parse
from ansinh.web.process_view import process_of

WORDS = Words("Sơ đồ <thử>", "1. Nộp. 2. Ký.", "yêu cầu bổ sung", "trả lại")
STEPS = [
    Step("submit", "Kê khai & nộp hồ sơ", "Ông/bà làm", "done"),
    Step("intake", "Tiếp nhận một cửa: kiểm tra thành phần, cấp giấy hẹn", "Bộ phận Một cửa", "done"),
    Step("appraise", "Thẩm định", "Chuyên viên", "now"),
    Step("sign", "Ký duyệt", "Lãnh đạo"),
]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = parse(process_svg(STEPS, WORDS, standalone=True).encode())
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Sơ đồ <thử>"  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc").text == "1. Nộp. 2. Ký."  # type: ignore[union-attr]


def test_the_present_step_is_marked_once() -> None:
    root = parse(process_svg(STEPS, WORDS, standalone=True).encode())
    assert [group.get("class") for group in root.findall(f"{SVG}g")] == ["done", "done", "now", "later"]


def test_a_long_name_is_broken_into_lines_that_fit() -> None:
    root = parse(process_svg(STEPS, WORDS, standalone=True).encode())
    names = [text.text or "" for text in root.iter(f"{SVG}text") if text.get("class") == "n"]
    assert " ".join(names).startswith("Kê khai & nộp hồ sơ Tiếp nhận một cửa: kiểm tra")
    assert max(map(len, names)) <= NAME_LETTERS


def test_only_steps_that_can_ask_or_return_turn_back() -> None:
    turning = process_svg(STEPS, WORDS)
    assert turning.count("yêu cầu bổ sung") == turning.count("trả lại") == 1
    straight = process_svg([STEPS[0], Step("system", "Tự động", "Hệ thống")], WORDS)
    assert "yêu cầu bổ sung" not in straight


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.slug)
def test_every_procedure_has_its_picture(folder: ProcedureFolder) -> None:
    root = parse(process_of(folder, standalone=True).encode())
    assert len(root.findall(f"{SVG}g")) == len(folder.stages)
