"""What a version of a procedure changed against the one before, in sentences of both languages."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from ansinh.catalogue.changes import changes
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.loader import from_content
from ansinh.catalogue.queries import folders
from ansinh.platform.language import use
from ansinh.web.public.change_words import history_of, lines_between

SLUG = "huong-bhxh-mot-lan"


@pytest.fixture
def before() -> ProcedureFolder:
    return next(folder for folder in folders() if folder.slug == SLUG)


def later(folder: ProcedureFolder, edit: Callable[[dict[str, Any]], object]) -> ProcedureFolder:
    """The version of a later law."""
    content = copy.deepcopy(dict(folder.content))
    content["in_force_on"] = "2027-01-01"
    edit(content)
    return from_content(content)


def test_a_version_without_a_difference_says_nothing(before: ProcedureFolder) -> None:
    assert changes(before, later(before, lambda content: None)) == ()


def test_a_shorter_limit_is_told_with_before_and_after(before: ProcedureFolder) -> None:
    after = later(before, lambda content: content["procedure"]["deadlines"][0].update(value=5))
    (line,) = lines_between(before, after)
    assert line.mark == "±"
    assert line.text == "Đổi. Thời hạn giải quyết, thời gian: “7 ngày làm việc” thành “5 ngày làm việc”"
    with use("en"):
        (line,) = lines_between(before, after)
    assert line.text == "Changed. Time limit, time: “7 working days” became “5 working days”"


def test_papers_and_questions_that_come_and_go_are_told(before: ProcedureFolder) -> None:
    def edit(content: dict[str, Any]) -> None:
        content["documents"]["papers"].append(
            {"key": "photo", "name_vi": "Ảnh chân dung", "name_en": "Portrait", "required": "optional"}
        )
        content["documents"]["papers"] = [
            one for one in content["documents"]["papers"] if one["key"] != "disease_proof"
        ]
        for section in content["form"]["sections"]:
            section["fields"] = [one for one in section["fields"] if one["key"] != "unemployment_reserved"]
        content["form"]["sections"] = [one for one in content["form"]["sections"] if one["fields"]]
        content["procedure"]["results"].pop()

    texts = [line.text for line in lines_between(before, later(before, edit))]
    assert "Thêm. Giấy tờ: Ảnh chân dung" in texts
    assert "Bỏ. Giấy tờ: Bản tóm tắt hồ sơ bệnh án hoặc giấy ra viện" in texts
    assert any(text.startswith("Bỏ. Mục khai: Đề nghị xác nhận lại") for text in texts)
    assert any(text.startswith("Bỏ. Kết quả: Tờ rời") for text in texts)


def test_a_paper_asked_in_another_case_is_told_in_words(before: ProcedureFolder) -> None:
    def edit(content: dict[str, Any]) -> None:
        (paper,) = [one for one in content["documents"]["papers"] if one["key"] == "disease_proof"]
        paper["when"] = {"field": "reason", "equals": "disability_81"}

    (line,) = lines_between(before, later(before, edit))
    assert "trường hợp: “" in line.text and "81" in line.text


@pytest.mark.django_db
@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.slug)
def test_the_first_version_of_every_procedure_says_so(folder: ProcedureFolder) -> None:
    assert history_of(folder.slug)[-1].first
