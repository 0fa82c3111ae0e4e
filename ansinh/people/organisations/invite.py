"""Invite by personal number; the invited person answers after signing in.

Nothing here says whether the number has an account: it is taken like any other, and waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.law.identifiers import IdentifierError, parse_personal_id
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.happened import OrganisationStaffTold
from ansinh.people.models import Account, AccountState
from ansinh.people.models_organisations import (
    InvitationState,
    Organisation,
    StaffInvitation,
    StaffMember,
    StaffRole,
)
from ansinh.people.organisations.access import in_hand
from ansinh.people.organisations.history import record
from ansinh.people.organisations.rules import invitation_days
from ansinh.people.organisations.staff import memberships, open_organisations
from ansinh.people.queries import the_person
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.zone import local_day


def invite(
    organisation_id: UUID,
    *,
    actor: Citizen | OfficerActor,
    personal_id_number: str,
    roles: Sequence[str],
    branches: bool,
    at: datetime,
) -> StaffInvitation:
    """Invite somebody with these roles. Raises Invalid (number, roles), Conflict, NotAllowed, NotFound."""
    number, chosen = read_number(personal_id_number), known_roles(roles)
    with transaction.atomic(), acting_as(actor.label):
        organisation = in_hand(organisation_id, actor=actor, on=local_day(at))
        _refuse_second(organisation, number, at=at)
        made = StaffInvitation.objects.create(
            organisation=organisation,
            personal_id_number=number,
            roles=chosen,
            branches=branches,
            invited_by=actor.name,
            invited_at=at,
            answer_by=local_day(at) + timedelta(days=invitation_days(on=local_day(at))),
        )
        record(organisation, "staff_invited", actor=actor, at=at, number=hidden(number), roles=chosen)
        with at_the_door():  # found by the number; who invites learns nothing of it
            invited = Account.objects.filter(person__personal_id_number=number, state=AccountState.ACTIVE).first()
        if invited is not None:
            publish(OrganisationStaffTold(invited.pk, "staff_invited", organisation.name, at))
    return made


def withdraw_invitation(invitation_id: UUID, *, actor: Citizen | OfficerActor, at: datetime) -> None:
    """Take an invitation back before it was answered; a second press changes nothing."""
    with transaction.atomic(), acting_as(actor.label):
        found = StaffInvitation.objects.filter(pk=invitation_id).first()
        if found is None:
            raise invitation_not_found()
        organisation = in_hand(found.organisation_id, actor=actor, on=local_day(at))
        if not open_invitations().filter(pk=invitation_id).update(state=InvitationState.WITHDRAWN, answered_at=at):
            return
        record(organisation, "invitation_withdrawn", actor=actor, at=at, number=hidden(found.personal_id_number))


def accept_invitation(invitation_id: UUID, *, actor: Citizen, at: datetime) -> StaffMember:
    """Become one of the staff from now on. Raises NotFound for a foreign, answered or late invitation."""
    with transaction.atomic(), acting_as(actor.label):
        found = _answer(invitation_id, actor=actor, state=InvitationState.ACCEPTED, at=at)
        if memberships(on=local_day(at)).filter(organisation=found.organisation, account=actor.account_id).exists():
            raise already_staff()
        member = StaffMember.objects.create(
            organisation=found.organisation,
            account_id=actor.account_id,
            roles=found.roles,
            branches=found.branches,
            valid_from=local_day(at),
        )
        record(
            found.organisation, "staff_joined", actor=actor, at=at,
            name=actor.name, roles=found.roles, invited_by=found.invited_by,
        )  # fmt: skip
    return member


def decline_invitation(invitation_id: UUID, *, actor: Citizen, at: datetime) -> None:
    """Say no; the organisation sees that, and nothing about the person."""
    with transaction.atomic(), acting_as(actor.label):
        found = _answer(invitation_id, actor=actor, state=InvitationState.DECLINED, at=at)
        number = hidden(found.personal_id_number)
        record(found.organisation, "invitation_declined", actor=actor, at=at, number=number)


def invitations_to(actor: Citizen, *, on: date) -> list[StaffInvitation]:
    """Invitations the actor can answer on a day."""
    return list(_for(actor, on=on).select_related("organisation").order_by("-invited_at"))


def open_invitations() -> QuerySet[StaffInvitation]:
    """Invitations nobody has answered or taken back."""
    return StaffInvitation.objects.filter(state=InvitationState.OPEN)


def read_number(text: str) -> str:
    """The personal number as typed, in digits. Raises Invalid."""
    try:
        return parse_personal_id(text)
    except IdentifierError as refused:
        raise Invalid(refused.code, refused.message_vi) from refused


def known_roles(roles: Sequence[str]) -> list[str]:
    """The roles, each once, in the order of the list. Raises Invalid for none or an unknown one."""
    if not roles or not set(roles) <= set(StaffRole.values):
        raise Invalid("roles-missing", "Chưa chọn người này được làm gì. Xin chọn ít nhất một vai trò.")
    return [role for role in StaffRole.values if role in roles]


def hidden(number: str) -> str:
    """A personal number of which only the end shows, enough to tell one invitation from another."""
    return f"•••• {number[-4:]}"


def already_staff() -> Conflict:
    """The refusal of a second membership."""
    return Conflict("already-staff", "Người này đã là người dùng của tổ chức. Xin đổi vai trò ở danh sách người dùng.")


def invitation_not_found() -> NotFound:
    """The one answer for a foreign, an answered and a late invitation."""
    return NotFound("invitation-not-found", "Lời mời này không còn hiệu lực. Xin nhờ người quản lý mời lại.")


def _answer(invitation_id: UUID, *, actor: Citizen, state: InvitationState, at: datetime) -> StaffInvitation:
    found = _for(actor, on=local_day(at)).select_for_update(of=("self",)).filter(pk=invitation_id).first()
    if found is None:
        raise invitation_not_found()
    found.state, found.answered_at = state, at
    found.save(update_fields=["state", "answered_at"])
    return found


def _for(actor: Citizen, *, on: date) -> QuerySet[StaffInvitation]:
    number = the_person(actor.person_id).personal_id_number
    return open_invitations().filter(
        personal_id_number=number, answer_by__gte=on, organisation__in=open_organisations(on=on).values("pk")
    )


def _refuse_second(organisation: Organisation, number: str, *, at: datetime) -> None:
    on = local_day(at)
    staff = memberships(on=on).filter(organisation=organisation, account__person__personal_id_number=number)
    if staff.exists():
        raise already_staff()
    waiting = open_invitations().filter(organisation=organisation, personal_id_number=number)
    waiting.filter(answer_by__lt=on).update(state=InvitationState.WITHDRAWN, answered_at=at)
    if waiting.exists():
        raise Conflict(
            "already-invited", "Số này đang có một lời mời chưa trả lời. Xin rút lời mời đó trước khi mời lại."
        )
