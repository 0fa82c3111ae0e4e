"""A single pinned row of a table: only it opens, it is checked like the list, no other answer changes, also by SQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.dossiers.models import Dossier, State, SupplementItem
from ansinh.dossiers.supplement import answer_fields, send
from ansinh.platform.errors import NotFound
from tests.casework.by_sql import refused
from tests.casework.moves import MONDAY, a_dossier_in_appraisal
from tests.world import World

CHILDREN = [{"name": "Lê An"}, {"name": "Lê Nhiên"}, {"name": "Lê Bình"}]


def ask_about(world: World, *places: int) -> Dossier:
    """A dossier with three children, the rows at these places pinned."""
    dossier = a_dossier_in_appraisal(world, children=CHILDREN)
    asks = [
        Ask("row", f"children[{place}]", "answer-incomplete", "Thiếu họ đệm.", "Như giấy khai sinh.")
        for place in places
    ]
    ask_for_more(dossier.pk, actor=world["specialist"], asks=asks, at=MONDAY)
    return dossier


def of(dossier: Dossier) -> list[dict[str, str]]:
    """The children as they are declared now."""
    rows: list[dict[str, str]] = Dossier.objects.get(pk=dossier.pk).answers["children"]
    return rows


def answered(dossier: Dossier) -> list[tuple[str, bool, bool]]:
    """Each pin with whether it is answered, and kept."""
    items = SupplementItem.objects.filter(request__dossier=dossier).order_by("target")
    return [(item.target, item.answered, item.kept) for item in items]


def test_one_row_is_mended_and_the_others_stay(world: World) -> None:
    dossier = ask_about(world, 1)
    mended = {"children[1]": {"name": "Lê Trần Nhiên"}}
    assert answer_fields(dossier.pk, actor=world.citizen, answers={}, rows=mended, at=MONDAY) == []
    assert of(dossier) == [CHILDREN[0], {"name": "Lê Trần Nhiên"}, CHILDREN[2]]
    send(dossier.pk, actor=world.citizen, at=MONDAY)
    assert Dossier.objects.get(pk=dossier.pk).state == State.IN_PROGRESS


@pytest.mark.parametrize("path", ["children[0]", "children[7]", "children", "phone"])
def test_a_row_that_is_not_pinned_is_refused(world: World, path: str) -> None:
    dossier = ask_about(world, 1)
    with pytest.raises(NotFound, match="không nằm trong phần cần bổ sung"):
        answer_fields(dossier.pk, actor=world.citizen, answers={}, rows={path: {"name": "Kẻ Khác"}}, at=MONDAY)
    assert of(dossier) == CHILDREN


def test_a_row_is_checked_like_the_list(world: World) -> None:
    dossier = ask_about(world, 1, 2)
    empty = {"children[1]": {}, "children[2]": {"name": "Lê Trần Bình"}}
    (problem,) = answer_fields(dossier.pk, actor=world.citizen, answers={}, rows=empty, at=MONDAY)
    assert (problem.path, problem.code) == ("children[1].name", "missing")
    assert of(dossier) == CHILDREN and not any(done for _, done, _ in answered(dossier))


def test_each_row_that_stays_needs_its_own_word(world: World) -> None:
    dossier = ask_about(world, 0, 1)
    rows = {"children[0]": {"name": "Lê Trần An"}, "children[1]": CHILDREN[1]}
    (problem,) = answer_fields(dossier.pk, actor=world.citizen, answers={}, rows=rows, at=MONDAY)
    assert (problem.path, problem.code) == ("children[1]", "unchanged") and "dòng 2" in problem.sentence
    kept = {"children[1]"}
    assert answer_fields(dossier.pk, actor=world.citizen, answers={}, rows=rows, kept=kept, at=MONDAY) == []
    assert answered(dossier) == [("children[0]", True, False), ("children[1]", True, True)]


def test_half_of_the_rows_can_be_answered_first(world: World) -> None:
    dossier = ask_about(world, 0, 2)
    answer_fields(
        dossier.pk, actor=world.citizen, answers={}, rows={"children[2]": {"name": "Lê Trần Bình"}}, at=MONDAY
    )
    assert answered(dossier) == [("children[0]", False, False), ("children[2]", True, False)]


def test_a_number_that_cannot_be_read_is_told_and_not_an_error_of_the_program(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked = Ask("field", "phone", "answer-incomplete", "Thiếu số cuối.", "Đủ mười số.")
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[asked], at=MONDAY)
    (problem,) = answer_fields(dossier.pk, actor=world.citizen, answers={"phone": "090"}, at=MONDAY)
    assert problem.path == "phone"


def sets(answers: str) -> str:
    """The statement that writes these answers."""
    return f"UPDATE dossiers_dossier SET answers = {answers}"


OTHER_ROW = """jsonb_set(answers, '{children,0,name}', '"Kẻ Khác"')"""
PINNED_ROW = """jsonb_set(answers, '{children,1,name}', '"Lê Trần Nhiên"')"""


@pytest.mark.parametrize(
    "answers",
    [
        OTHER_ROW,
        """jsonb_set(answers, '{full_name}', '"Kẻ Khác"')""",
        """jsonb_set(answers, '{children}', answers -> 'children' || '[{"name": "Thêm"}]')""",
        "answers #- '{children,2}'",
        "answers - 'full_name'",
        """answers || '{"made_up": 1}'""",
        "'{}'",
    ],
)
def test_the_database_opens_only_the_pinned_rows(world: World, answers: str) -> None:
    ask_about(world, 1)
    assert refused(sets(answers))
    assert not refused(sets(PINNED_ROW))


def test_the_database_opens_nothing_that_was_not_asked_or_is_answered(world: World) -> None:
    dossier = a_dossier_in_appraisal(world, children=CHILDREN)
    assert refused(sets(PINNED_ROW))
    asks = [Ask("row", "children[1]", "answer-incomplete", "Thiếu họ đệm.", "Như giấy khai sinh.")]
    ask_for_more(dossier.pk, actor=world["specialist"], asks=asks, at=MONDAY)
    mended = {"children[1]": {"name": "Lê Trần Nhiên"}}
    answer_fields(dossier.pk, actor=world.citizen, answers={}, rows=mended, at=MONDAY)
    send(dossier.pk, actor=world.citizen, at=MONDAY)
    assert refused(sets("""jsonb_set(answers, '{children,1,name}', '"Kẻ Khác"')"""))


def test_a_pinned_answer_opens_itself_and_no_other(world: World) -> None:
    dossier = a_dossier_in_appraisal(world, children=CHILDREN)
    asked = Ask("field", "bank_account", "bank-account-not-holder", "Tài khoản đứng tên TRAN THI LAN.", "")
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[asked], at=MONDAY)
    assert not refused(sets("""jsonb_set(answers, '{bank_account,holder}', '"TRAN THI MAI LAN"')"""))
    assert refused(sets(OTHER_ROW))


def test_the_owner_of_the_database_is_refused_too(world: World) -> None:
    dossier = ask_about(world, 1)
    wrong = {**dossier.answers, "children": [{"name": "Kẻ Khác"}, *CHILDREN[1:]]}
    with pytest.raises(IntegrityError, match="was not asked for"), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(answers=wrong)
