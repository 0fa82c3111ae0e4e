"""Change what one of the staff may do, or end it. Both hold from the next request on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.happened import OrganisationStaffTold
from ansinh.people.models_organisations import Organisation, StaffMember, StaffRole, StaffState
from ansinh.people.organisations.access import in_hand, organisation_not_found
from ansinh.people.organisations.history import record
from ansinh.people.organisations.invite import known_roles
from ansinh.people.organisations.staff import memberships
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day


def change_roles(
    member_id: UUID, *, actor: Citizen | OfficerActor, roles: Sequence[str], branches: bool, at: datetime
) -> StaffMember:
    """Give these roles instead of the present ones. Raises Invalid, Conflict (`last-administrator`), NotAllowed."""
    chosen = known_roles(roles)
    with transaction.atomic(), acting_as(actor.label):
        organisation = in_hand(_organisation_of(member_id), actor=actor, on=local_day(at))
        member = _active(member_id)
        if StaffRole.ADMINISTER not in chosen:
            _refuse_last_administrator(organisation, member, actor=actor, at=at)
        before, member.roles, member.branches = member.roles, chosen, branches
        member.save(update_fields=["roles", "branches"])
        record(
            organisation, "roles_changed", actor=actor, at=at,
            name=member.account.display_name, before=before, roles=chosen, branches=branches,
        )  # fmt: skip
        publish(OrganisationStaffTold(member.account_id, "staff_roles_changed", organisation.name, at))
    return member


def end_membership(member_id: UUID, *, actor: Citizen | OfficerActor, at: datetime) -> None:
    """Somebody works here no more: by an administrator, the office, or the person who leaves.

    A second press changes nothing. Raises Conflict (`last-administrator`) unless the office does it.
    """
    with transaction.atomic(), acting_as(actor.label):
        organisation_id = _organisation_of(member_id)
        if _is_own(member_id, actor):
            organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
        else:
            organisation = in_hand(organisation_id, actor=actor, on=local_day(at))
        member = StaffMember.objects.select_for_update(of=("self",)).select_related("account").get(pk=member_id)
        if member.state == StaffState.ENDED:
            return
        _refuse_last_administrator(organisation, member, actor=actor, at=at)
        member.state, member.ended_at = StaffState.ENDED, at
        member.save(update_fields=["state", "ended_at"])
        record(organisation, "staff_left", actor=actor, at=at, name=member.account.display_name, roles=member.roles)
        publish(OrganisationStaffTold(member.account_id, "staff_ended", organisation.name, at))


def _is_own(member_id: UUID, actor: Citizen | OfficerActor) -> bool:
    return isinstance(actor, Citizen) and StaffMember.objects.filter(pk=member_id, account_id=actor.account_id).exists()


def _organisation_of(member_id: UUID) -> UUID:
    found = StaffMember.objects.filter(pk=member_id).values_list("organisation_id", flat=True).first()
    if found is None:
        raise organisation_not_found()
    return found


def _active(member_id: UUID) -> StaffMember:
    rows = StaffMember.objects.select_for_update(of=("self",)).select_related("account")
    found = rows.filter(pk=member_id, state=StaffState.ACTIVE).first()
    if found is None:
        raise NotFound("member-not-found", "Người này không còn là người dùng của tổ chức. Xin tải lại trang.")
    return found


def _refuse_last_administrator(
    organisation: Organisation, member: StaffMember, *, actor: Citizen | OfficerActor, at: datetime
) -> None:
    """An organisation nobody administers could only be helped by its office: so only the office may make one."""
    if StaffRole.ADMINISTER not in member.roles or isinstance(actor, OfficerActor):
        return
    others = memberships(on=local_day(at)).filter(organisation=organisation, roles__contains=[StaffRole.ADMINISTER])
    if not others.exclude(pk=member.pk).exists():
        raise Conflict(
            "last-administrator",
            "Đây là người quản lý cuối cùng của tổ chức. Xin giao vai trò “Quản lý người dùng” cho người khác trước, "
            "hoặc nhờ cơ quan BHXH quản lý.",
        )
