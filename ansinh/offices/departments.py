"""Functions of an office, and the departments that do them under names of their own (organisation of the agency)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.db import transaction
from django.db.models import QuerySet

from ansinh.offices.models import Department, DepartmentFunction, valid_on
from ansinh.offices.queries import became
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.vietnamese import date_vi


@dataclass(frozen=True)
class Function:
    """A kind of work every office knows, whoever does it there."""

    key: str
    name_vi: str
    name_en: str


@cache
def functions() -> Mapping[str, Function]:
    """Every function by key."""
    rows = yaml.safe_load(Path(__file__).with_name("functions.yaml").read_text(encoding="utf-8"))
    return {row["key"]: Function(**row) for row in rows}


def department_of(office_code: str, function: str, *, on: date) -> Department | None:
    """The department that does a function at an office on a day; for an office that is no more, at its successor."""
    present = became(office_code, on=on)
    if present is None:
        return None
    row = _rows(present.code, on).filter(function=function).select_related("department").first()
    return row.department if row else None


def departments_by_function(office_code: str, *, on: date) -> Mapping[str, Department]:
    """Function → department of an office on a day, in one query."""
    rows = _rows(office_code, on).select_related("department")
    return {row.function: row.department for row in rows}


def departments(office_code: str, *, on: date) -> list[Department]:
    """The departments of an office on a day, by name."""
    return list(Department.objects.filter(valid_on(on), office_id=office_code).order_by("name_vi"))


def name_department(
    office_code: str, *, name_vi: str, name_en: str, does: Collection[str], valid_from: date
) -> Department:
    """From a day on these functions belong to the department of this name; what held before ends the day before.

    A department left without a function ends too. Raises Invalid, Conflict.
    """
    name = " ".join(name_vi.split())
    if not name:
        raise Invalid("department-needs-name", "Chưa ghi tên phòng, tổ. Xin ghi đúng tên cơ quan đang dùng.")
    if not does or set(does) - functions().keys():
        raise Invalid("department-needs-function", "Chưa chọn mảng việc của phòng, tổ. Xin chọn ít nhất một mảng.")
    with transaction.atomic():
        same = Department.objects.select_for_update().filter(valid_on(valid_from), office_id=office_code, name_vi=name)
        department = same.first() or Department.objects.create(
            office_id=office_code, name_vi=name, name_en=name_en.strip(), valid_from=valid_from
        )
        for function in does:
            _give(department, function, valid_from)
        _close_empty(office_code, before=valid_from)
    return department


def _rows(office_code: str, on: date) -> QuerySet[DepartmentFunction]:
    return DepartmentFunction.objects.filter(valid_on(on), office_id=office_code)


def _give(department: Department, function: str, valid_from: date) -> None:
    rows = DepartmentFunction.objects.select_for_update().filter(office_id=department.office_id, function=function)
    later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    if later is not None:
        raise Conflict(
            "department-planned",
            "Mảng việc này đã có thay đổi ghi sẵn từ ngày {day}. Xin chọn ngày sau đó.",
            day=date_vi(later.valid_from),
        )
    present = rows.filter(valid_on(valid_from)).first()
    if present is not None and present.department_id == department.pk:
        return
    if present is not None and present.valid_from == valid_from:  # corrected on its first day
        rows.filter(pk=present.pk).update(department=department)
        return
    if present is not None:
        rows.filter(pk=present.pk).update(valid_to=valid_from - timedelta(days=1))
    DepartmentFunction.objects.create(
        department=department, office_id=department.office_id, function=function, valid_from=valid_from
    )


def _close_empty(office_code: str, *, before: date) -> None:
    working = _rows(office_code, before).values("department_id")
    idle = Department.objects.filter(valid_on(before), office_id=office_code, valid_from__lt=before)
    idle.exclude(pk__in=working).update(valid_to=before - timedelta(days=1))
