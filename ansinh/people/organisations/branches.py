"""A branch without a tax code: known by the unit code its office gave; the parent's certificate signs for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import Organisation, OrganisationState
from ansinh.people.organisations.access import in_hand
from ansinh.people.organisations.history import record
from ansinh.people.organisations.staff import open_organisations
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.zone import local_day

UNIT_CODE = re.compile(r"[A-Z0-9]{3,20}")


@dataclass(frozen=True)
class NewBranch:
    """What the office knows of the branch; its people are those of the parent whose roles reach the branches."""

    name: str
    unit_code: str
    contact_name: str
    contact_phone: str


def open_branch(parent_id: UUID, new: NewBranch, *, actor: OfficerActor, at: datetime) -> Organisation:
    """Make a branch of an organisation the office manages. Raises NotFound, NotAllowed, Invalid, Conflict."""
    today, branch = local_day(at), _checked(new)
    with transaction.atomic(), acting_as(actor.label):
        parent = in_hand(parent_id, actor=actor, on=today)
        if parent.state != OrganisationState.ACTIVE:
            raise Conflict("organisation-closed", "Tổ chức đã ngừng giao dịch nên không thêm chi nhánh được.")
        if not parent.tax_code:
            raise Conflict("branch-of-a-branch", "Chi nhánh không có mã số thuế không có chi nhánh của mình.")
        taken = open_organisations(on=today).filter(
            managing_office=parent.managing_office, unit_code=branch.unit_code
        )  # fmt: skip
        if taken.exists():
            raise Conflict("unit-code-taken", "Mã đơn vị đã khai đang thuộc một tổ chức khác. Xin đối chiếu lại.")
        made = Organisation.objects.create(
            kind=parent.kind, name=branch.name, search_key=search_key(branch.name), unit_code=branch.unit_code,
            parent=parent, managing_office=parent.managing_office, contact_name=branch.contact_name,
            contact_phone=branch.contact_phone, valid_from=today,
        )  # fmt: skip
        for side in (parent, made):
            record(side, "branch_opened", actor=actor, at=at, name=made.name, unit_code=made.unit_code)
    return made


def _checked(new: NewBranch) -> NewBranch:
    name, contact = " ".join(new.name.split()), " ".join(new.contact_name.split())
    code = new.unit_code.strip().upper()
    if not name or not contact:
        raise Invalid("branch-incomplete", "Xin ghi tên chi nhánh và người phụ trách.")
    if not UNIT_CODE.fullmatch(code):
        raise Invalid("unit-code-form", "Mã đơn vị gồm 3 đến 20 chữ in hoa và chữ số, ví dụ TA0123A.")
    try:
        phone = parse_phone(new.contact_phone)
    except LawError as wrong:
        raise Invalid("branch-phone", "Số điện thoại chưa đúng. Xin ghi đủ 10 chữ số, bắt đầu bằng 0.") from wrong
    return NewBranch(name[:200], code, contact[:100], phone)
