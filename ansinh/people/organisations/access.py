"""Who may look at an organisation and who may change it: its own staff of that day, and the office that manages it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models_organisations import Organisation, StaffMember, StaffRole
from ansinh.people.officers.delegations import ORGANISATIONS, delegation_to_approve
from ansinh.people.organisations.staff import memberships, open_organisations
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.row_security.viewer import learn


def own_membership(organisation_id: UUID, *, actor: Citizen, on: date) -> StaffMember:
    """The actor's membership in an organisation that day, as a person and whatever one acts for. Raises NotFound.

    For a branch it may be the membership in its parent.
    """
    mine = memberships(on=on).filter(account_id=actor.account_id).select_related("organisation")
    found = mine.filter(organisation_id=organisation_id).first()
    if found is None:
        found = mine.filter(branches=True, organisation__branches=organisation_id).first()
    if found is None or not open_organisations(on=on).filter(pk=organisation_id).exists():
        raise organisation_not_found()
    learn(owner_id=organisation_id)  # as its staff one sees its rows
    return found


def the_organisation(organisation_id: UUID, *, actor: Citizen, on: date) -> Organisation:
    """An organisation of whose staff the actor is. Raises NotFound: strangers do not learn that it exists."""
    own_membership(organisation_id, actor=actor, on=on)
    return Organisation.objects.select_related("parent").get(pk=organisation_id)


def the_organisation_at_office(organisation_id: UUID, *, actor: OfficerActor) -> Organisation:
    """An organisation that one of the officer's offices manages, closed ones too. Raises NotFound."""
    rows = Organisation.objects.filter(managing_office__in=actor.office_codes)
    found = rows.select_related("parent").filter(pk=organisation_id).first()
    if found is None:
        raise NotFound(
            "organisation-not-here", "Cơ quan của ông/bà không quản lý tổ chức này. Xin tìm lại bằng mã số thuế."
        )
    return found


def in_hand(
    organisation_id: UUID, *, actor: Citizen | OfficerActor, on: date, role: str = StaffRole.ADMINISTER
) -> Organisation:
    """The organisation under lock, for whoever may change it: its staff with `role`, or a delegate of its office.

    Raises NotFound, NotAllowed.
    """
    if isinstance(actor, Citizen):
        member = own_membership(organisation_id, actor=actor, on=on)
        if role not in member.roles:
            raise NotAllowed(
                f"staff-may-not-{role}",
                "Việc này cần vai trò “{role}” trong tổ chức. Xin nhờ người quản lý của tổ chức.",
                role=StaffRole(role).label,
            )
    found = Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation_id).first()
    if found is None:
        raise organisation_not_found()
    if isinstance(actor, OfficerActor):
        refuse_other_offices(found, actor=actor, on=on)
    return found


def refuse_other_offices(organisation: Organisation, *, actor: OfficerActor, on: date) -> None:
    """Raise NotAllowed unless the officer holds the director's delegation at the office that manages it."""
    office_code = organisation.managing_office
    held = delegation_to_approve(actor.officer_id, office_code=office_code, procedure=ORGANISATIONS, on=on)
    if office_code in actor.office_codes and held:
        return
    raise NotAllowed("no-delegation", "Ông/bà chưa được giám đốc giao phê duyệt đăng ký. Xin chuyển người được giao.")


def organisation_not_found() -> NotFound:
    """The one answer for what does not exist and what is not the asker's."""
    return NotFound(
        "organisation-not-found", "Không tìm thấy tổ chức này trong danh sách của ông/bà. Xin xem lại trang Tổ chức."
    )
