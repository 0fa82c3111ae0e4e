"""For which organisations an account acts, asked of the present rows at each request: who left is out at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from django.db.models import QuerySet

from ansinh.offices.models import valid_on
from ansinh.people.actors import Behalf, Citizen, Right
from ansinh.people.models import AccountState
from ansinh.people.models_organisations import (
    Organisation,
    OrganisationState,
    StaffMember,
    StaffRole,
    StaffState,
)
from ansinh.platform.errors import NotAllowed
from ansinh.platform.row_security.viewer import learn

RIGHTS: dict[str, Right] = {
    StaffRole.READ: Right.READ,
    StaffRole.FILE: Right.FILE,
    StaffRole.SIGN: Right.SIGN,
    StaffRole.PAY: Right.PAY,
}
"""Role → right in the organisation's matters. Who files, signs or pays reads too; an administrator as such does not."""


def behalves_of_staff(account_id: UUID, on: date) -> list[Behalf]:
    """The organisations, and the branches where the membership says so, for which an account acts on a day."""
    found: list[Behalf] = []
    for row in memberships(on=on).filter(account_id=account_id).select_related("organisation").order_by("valid_from"):
        if rights := rights_of(row.roles):
            found.append(_behalf(row.organisation, rights, basis=row.pk))
            if row.branches:
                found += [
                    _behalf(branch, rights, basis=basis_in_branch(row.pk, branch.pk))
                    for branch in open_organisations(on=on).filter(parent_id=row.organisation_id).order_by("name")
                ]
    return found


def acting_for_facility(actor: Citizen, facility_code: str, *, on: date) -> Citizen:
    """The actor on behalf of the health facility of this code, for a program that names it in each message.

    Raises NotAllowed when the actor is none of its staff that day: it is not told whether the facility exists.
    """
    codes = dict(open_organisations(on=on).exclude(facility_code="").values_list("pk", "facility_code"))
    for one in behalves_of_staff(actor.account_id, on):
        if facility_code and codes.get(one.owner_id) == facility_code:
            learn(owner_id=one.owner_id)
            return replace(actor, behalf=one)
    raise NotAllowed(
        "not-of-this-facility", "Tài khoản này không phải người dùng của cơ sở đã ghi. Xin xem lại mã cơ sở."
    )


def memberships(*, on: date) -> QuerySet[StaffMember]:
    """Memberships in force on a day: of active accounts, in organisations that are open that day."""
    return StaffMember.objects.filter(
        valid_on(on),
        state=StaffState.ACTIVE,
        account__state=AccountState.ACTIVE,
        organisation__in=open_organisations(on=on).values("pk"),
    )


def readers_of_organisation(organisation_id: UUID, *, on: date) -> list[UUID]:
    """Accounts of the people who read the organisation's matters on a day, the longest there first."""
    rows = memberships(on=on).filter(organisation_id=organisation_id).order_by("valid_from", "pk")
    return [row.account_id for row in rows if rights_of(row.roles)]


def open_organisations(*, on: date) -> QuerySet[Organisation]:
    """Organisations that transact on a day."""
    return Organisation.objects.filter(valid_on(on), state=OrganisationState.ACTIVE)


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """The rights that roles give; empty for an administrator who does nothing else."""
    given = frozenset(RIGHTS[role] for role in roles if role in RIGHTS)
    return given | {Right.READ} if given else given


def basis_in_branch(member_id: UUID, branch_id: UUID) -> UUID:
    """What a session keeps to act for a branch: one number of membership and branch, with no row of its own."""
    return uuid5(member_id, str(branch_id))


def _behalf(organisation: Organisation, rights: frozenset[Right], *, basis: UUID) -> Behalf:
    return Behalf("organisation", organisation.pk, organisation.name, rights, basis)
