"""Open an organisation when its registration is approved; close it, and move a branch, when the office says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.law.names import search_key
from ansinh.people.actors import Actor, OfficerActor
from ansinh.people.models_organisations import (
    Organisation,
    OrganisationState,
    StaffMember,
    StaffRole,
)
from ansinh.people.organisations.access import in_hand
from ansinh.people.organisations.history import record
from ansinh.people.organisations.staff import open_organisations
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.zone import local_day

BRANCH_LENGTH = 14
"""Characters of a branch's tax code: ten digits, a dash, three digits."""


@dataclass(frozen=True)
class NewOrganisation:
    """What a registration declares."""

    kind: str
    name: str
    tax_code: str
    managing_office: str
    unit_code: str = ""
    facility_code: str = ""
    address: dict[str, Any] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    representative: str = ""
    contact_name: str = ""
    contact_phone: str = ""


def open_organisation(
    new: NewOrganisation, *, administrator_id: UUID, dossier_id: UUID | None, actor: Actor, at: datetime
) -> Organisation:
    """Make the organisation with its first administrator, who has every role, in the caller's transaction.

    A branch's tax code finds its parent. Raises Conflict when the tax code or the unit code is taken.
    """
    for code, sentence in obstacles(new, on=local_day(at)):
        raise Conflict(code, sentence)
    made = Organisation.objects.create(
        **vars(new),
        search_key=search_key(new.name),
        parent=parent_of(new.tax_code, on=local_day(at)),
        registered_by_dossier=dossier_id,
        valid_from=local_day(at),
    )
    first = StaffMember.objects.create(
        organisation=made, account_id=administrator_id, roles=list(StaffRole.values), valid_from=local_day(at)
    )
    record(made, "organisation_opened", actor=actor, at=at, administrator=first.account.display_name)
    return made


def obstacles(new: NewOrganisation, *, on: date) -> list[tuple[str, str]]:
    """Why it cannot be opened on a day: (code, Vietnamese sentence). For officers only; strangers are not told."""
    found: list[tuple[str, str]] = []
    taken = open_organisations(on=on)
    if taken.filter(tax_code=new.tax_code).exists():
        found.append(("tax-code-taken", "Mã số thuế này đã có tổ chức đăng ký. Xin đối chiếu và đề xuất từ chối."))
    if new.unit_code and taken.filter(managing_office=new.managing_office, unit_code=new.unit_code).exists():
        found.append(("unit-code-taken", "Mã đơn vị đã khai đang thuộc một tổ chức khác. Xin đối chiếu lại."))
    return found


def parent_of(tax_code: str, *, on: date) -> Organisation | None:
    """The organisation whose branch has this tax code, where it is registered."""
    if len(tax_code) != BRANCH_LENGTH:
        return None
    return open_organisations(on=on).filter(tax_code=tax_code.partition("-")[0]).first()


def close_organisation(
    organisation_id: UUID, *, actor: OfficerActor, reason: str, successor_id: UUID | None = None, at: datetime
) -> None:
    """Dissolved, split or merged: nobody acts for it from now on. Its staff get no right in a successor by this."""
    if not reason.strip():
        raise Invalid("closing-needs-reason", "Chưa ghi căn cứ ngừng giao dịch. Xin ghi số văn bản và lý do.")
    with transaction.atomic(), acting_as(actor.label):
        found = in_hand(organisation_id, actor=actor, on=local_day(at))
        if found.state == OrganisationState.CLOSED:
            return
        found.state, found.valid_to, found.succeeded_by_id = OrganisationState.CLOSED, local_day(at), successor_id
        found.save(update_fields=["state", "valid_to", "succeeded_by"])
        successor = Organisation.objects.get(pk=successor_id).name if successor_id else ""
        record(found, "organisation_closed", actor=actor, at=at, reason=reason.strip()[:500], successor=successor)


def move_branch(branch_id: UUID, *, actor: OfficerActor, parent_id: UUID | None, at: datetime) -> None:
    """The branch belongs to another organisation, or to none: the staff of the former parent act for it no more."""
    with transaction.atomic(), acting_as(actor.label):
        branch = in_hand(branch_id, actor=actor, on=local_day(at))
        before = branch.parent.name if branch.parent else ""
        branch.parent_id = parent_id
        branch.save(update_fields=["parent"])
        after = Organisation.objects.get(pk=parent_id).name if parent_id else ""
        record(branch, "branch_moved", actor=actor, at=at, before=before, after=after)
