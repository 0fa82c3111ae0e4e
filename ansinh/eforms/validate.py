"""Checks the answers of a whole form and tells every fault at once.

Each sentence says what is wrong, why, and what to do; nothing is blamed on the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ansinh.eforms.check_value import check_value
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.definition import Field, Form
from ansinh.eforms.household import household_faults
from ansinh.eforms.problems import Problem, Words, problem_at, upper_first
from ansinh.eforms.visibility import answers_asked, asked_columns, asked_keys, is_fact

_EMPTY: tuple[Any, ...] = (None, "", [], {})


def check(form: Form, answers: Mapping[str, Any], *, today: date) -> list[Problem]:
    """All problems of the answers to the questions that are asked, in the order of the form.

    A fact that no register holds (``read_only`` without a value) is not the person's to give: the
    office looks it up, so it is no problem here.
    """
    keys = asked_keys(form, answers)
    return check_asked(form, answers_asked(form, answers, keys), keys, today=today)


def check_asked(form: Form, asked: Mapping[str, Any], keys: frozenset[str], *, today: date) -> list[Problem]:
    """`check` where the answers to what is asked and the keys of it are known already."""
    problems = [
        problem
        for field in form.fields()
        if field.key in keys
        for problem in _check(field, asked.get(field.key), field.key, asked, asked, today)
    ]
    faulty = {problem.path for problem in problems}
    problems += [
        Problem(
            path=rule.field,
            code=rule.key,
            message=rule.message_vi,
            message_en=rule.message_en,
            label_vi=_label(form, rule.field).label_vi,
            label_en=_label(form, rule.field).label_en,
        )
        for rule in form.rules
        if rule.field.split(".")[0] in keys and rule.field not in faulty and evaluate(rule.when, asked)
    ]
    return problems


def check_section(form: Form, section_key: str, answers: Mapping[str, Any], *, today: date) -> list[Problem]:
    """The problems of one section only (the page a person is on)."""
    keys = {field.key for field in form.section(section_key).fields}
    return [
        problem for problem in check(form, answers, today=today)
        if problem.path.split(".")[0].split("[")[0] in keys
    ]  # fmt: skip


def _check(
    field: Field, value: Any, path: str, form: Mapping[str, Any], around: Mapping[str, Any],
    today: date,
) -> Iterator[Problem]:  # fmt: skip
    if field.type == "table":
        yield from _check_table(field, value, path, form, today)
    elif field.parts:
        yield from _check_parts(field, value, path, form, today)
    elif field.type == "bool":
        yield from _check_bool(field, value, path)
    elif value in _EMPTY:
        if field.required and not is_fact(field, form):
            yield _missing(field, path)
    else:
        yield from check_value(field, value, path=path, around=around, today=today)


def _check_bool(field: Field, value: Any, path: str) -> Iterator[Problem]:
    if value not in (True, False, *_EMPTY):
        yield problem_at(
            path, field, "not-yes-or-no",
            "“{Label}” chỉ nhận có hoặc không. Xin chọn lại.",
        )  # fmt: skip
    elif field.must_be_true and value is not True:
        yield problem_at(
            path, field, "not-agreed",
            "Chưa đánh dấu “{Label}”. Xin đọc kỹ rồi đánh dấu nếu đúng.",
        )  # fmt: skip


def _check_parts(field: Field, value: Any, path: str, form: Mapping[str, Any], today: date) -> Iterator[Problem]:
    if value in _EMPTY:
        if field.required:
            yield _missing(field, path)
        return
    if not isinstance(value, Mapping):
        yield problem_at(path, field, "wrong-shape", "Chưa đọc được {label}. Xin nhập lại từng ô.")
        return
    around = {**form, **value}
    for part in field.parts:
        yield from _check(part, value.get(part.key), f"{path}.{part.key}", form, around, today)


def _check_table(field: Field, value: Any, path: str, form: Mapping[str, Any], today: date) -> Iterator[Problem]:
    rows = value if isinstance(value, list) else []
    least = max(field.min_rows, 1 if field.required else 0)
    row = Words(field.row_label_vi or "dòng", field.row_label_en or "row")
    if len(rows) < least:
        yield problem_at(
            path, field, "rows-missing",
            "Mục “{Label}” cần ít nhất {least} {row}, mới có {count}. Xin thêm cho đủ.",
            least=least, count=len(rows), row=row,
        )  # fmt: skip
    if field.max_rows is not None and len(rows) > field.max_rows:
        yield problem_at(
            path, field, "rows-too-many",
            "Mục “{Label}” nhận nhiều nhất {most} {row}, đang có {count}. Xin bỏ bớt.",
            most=field.max_rows, count=len(rows), row=row,
        )  # fmt: skip
    for index, cells in enumerate(rows):
        if not isinstance(cells, Mapping):
            continue
        around = {**form, **cells}
        for column in asked_columns(field, form, cells):
            cell = f"{path}[{index}].{column.key}"
            for problem in _check(column, cells.get(column.key), cell, form, around, today):
                yield _in_row(problem, field, column, index)
    if field.household:
        for index, column, fault in household_faults(field, path, rows):
            yield _in_row(fault, field, column, index)
    for index, other in overlaps(field, rows):
        column = next(one for one in field.columns if field.spans and one.key == field.spans.first)
        found = problem_at(
            f"{path}[{index}].{column.key}", column, "days-overlap",
            "Khoảng ngày này trùng với dòng {other}. Xin sửa ngày, hoặc gộp hai dòng làm một.",
            other=other + 1,
        )  # fmt: skip
        yield _in_row(found, field, column, index)


def _in_row(problem: Problem, table: Field, column: Field, index: int) -> Problem:
    """The problem with its row named: “Thân nhân 2”, or in a list “Dòng 17, cột Ngày sinh”."""
    if table.as_list:
        return replace(
            problem,
            row_vi=f"Dòng {index + 1}, cột {column.label_vi}",
            row_en=f"Row {index + 1}, column {column.label_en}",
        )
    row = Words(table.row_label_vi or "dòng", table.row_label_en or "row")
    return replace(problem, row_vi=f"{upper_first(row)} {index + 1}", row_en=f"{upper_first(row.en)} {index + 1}")


def overlaps(field: Field, rows: list[Any]) -> Iterator[tuple[int, int]]:
    """Rows whose days meet those of an earlier row of the same answers: its place, and the place of that one."""
    if field.spans is None:
        return
    seen: dict[tuple[Any, ...], list[tuple[str, str, int]]] = {}
    for index, row in enumerate(rows):
        first, last = (
            row.get(key) if isinstance(row, Mapping) else None for key in (field.spans.first, field.spans.last)
        )
        last = last or first
        whose = tuple(str(row.get(key) or "") for key in field.spans.of) if isinstance(row, Mapping) else ()
        if not (_is_day(first) and _is_day(last)) or "" in whose:
            continue
        before = seen.setdefault(whose, [])
        if (other := next((place for f, t, place in before if f <= str(last) and str(first) <= t), None)) is not None:
            yield index, other
        before.append((str(first), str(last), index))


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == "-"


def _missing(field: Field, path: str) -> Problem:
    if field.type == "multi_choice":
        return problem_at(path, field, "choice-missing", "Chưa chọn ý nào ở “{Label}”. Xin chọn ít nhất một ý.")
    if field.choices:
        return problem_at(path, field, "choice-missing", "Chưa trả lời “{Label}”. Xin chọn một ý.")
    if field.catalogue and field.type != "facility":
        return problem_at(path, field, "choice-missing", "Chưa chọn {label}. Xin chọn trong danh sách.")
    if field.parts and field.source_vi:
        return problem_at(path, field, "missing", "Chưa điền “{Label}”. Xin điền từng ô như trong {source}.")
    if field.parts:
        return problem_at(path, field, "missing", "Chưa điền “{Label}”. Xin điền từng ô của phần này.")
    if field.source_vi:
        return problem_at(path, field, "missing", "Chưa có {label}. Xin nhập như trong {source}.")
    return problem_at(path, field, "missing", "Chưa có {label}. Xin nhập vào ô này.")


def _label(form: Form, path: str) -> Field:
    field = form.field(path.split(".")[0])
    for part in (*field.parts, *field.columns):
        if path.endswith(f".{part.key}"):
            return part
    return field
