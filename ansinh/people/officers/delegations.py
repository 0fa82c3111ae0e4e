"""Under which delegation somebody approves, and what can be delegated at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.db.models import F, Q

from ansinh.offices.departments import departments_by_function
from ansinh.people.models_officers import Delegation, held_on
from ansinh.people.officers.posts import own_posts

PERSONS, CHILDREN, ORGANISATIONS = "dang-ky-gdt-ca-nhan", "dang-ky-gdt-duoi-18", "dang-ky-gdt-to-chuc"
RECOVERY = "khoi-phuc-tai-khoan"
"""Opening an account again at the counter: delegated like the registrations, though no procedure of the list."""


@dataclass(frozen=True)
class Delegable:
    """Something whose approval a director may delegate."""

    procedure: str
    name_vi: str
    name_en: str


@cache
def delegable() -> Mapping[str, Delegable]:
    """What can be delegated, by procedure."""
    rows = yaml.safe_load(Path(__file__).with_name("delegable.yaml").read_text(encoding="utf-8"))
    return {row["procedure"]: Delegable(**row) for row in rows}


def delegation_to_approve(officer_id: UUID, *, office_code: str, procedure: str, on: date) -> Delegation | None:
    """The delegation under which this officer may approve a procedure at an office on a day (R-060).

    By name before by department. It takes a post of one's own there that day: who left the office or only stands in
    for somebody has none, and a delegation to a department is for those who do its functions. Of two, one that wants
    four eyes is never hidden by one that does not.
    """
    functions = {post.function for post in own_posts(officer_id, on=on) if post.office_code == office_code}
    if not functions:
        return None
    mapped = departments_by_function(office_code, on=on)
    departments = {mapped[function].pk for function in functions if function in mapped}
    return (
        Delegation.objects.filter(
            held_on(on),
            Q(officer_id=officer_id) | Q(department_id__in=departments),
            office_code=office_code,
            procedures__contains=[procedure],
        )
        .order_by("-four_eyes", F("officer_id").asc(nulls_last=True), "-valid_from")
        .first()
    )
