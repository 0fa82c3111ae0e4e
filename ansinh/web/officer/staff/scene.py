"""What an act of these pages is about: who acts, about whom or which office, and which row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from ansinh.offices.departments import functions
from ansinh.offices.models import Office
from ansinh.offices.queries import office, office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Officer, Role
from ansinh.people.officers.assign import the_officer
from ansinh.people.officers.powers import managed_offices, manages
from ansinh.people.officers.staff import assignments_of, the_member
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.page import Option


@dataclass(frozen=True)
class Scene:
    """`member` or `office` is what the act is about; `row` names the thing it changes."""

    actor: OfficerActor
    today: date
    member: Officer | None = None
    office: Office | None = None
    row: str = ""
    from_elsewhere: bool = False
    leads_to: str = "officer:departments"
    """Where an act about an office comes from."""

    @property
    def person(self) -> Officer:
        """The officer the act is about."""
        assert self.member is not None
        return self.member

    @property
    def place(self) -> Office:
        """The office the act is about."""
        assert self.office is not None
        return self.office

    @property
    def subject(self) -> str:
        """Whom or what it is about, in words."""
        return self.person.full_name if self.member else pick(self.place, "name")

    @property
    def href(self) -> str:
        """The page of the subject; of somebody from elsewhere there is none yet."""
        if self.from_elsewhere:
            return reverse("officer:staff")
        if self.member:
            return reverse("officer:staff-member", kwargs={"officer_id": self.member.pk})
        return f"{reverse(self.leads_to)}?co-quan={self.place.code}"


def refuse_who_manages_nobody(actor: OfficerActor, *, on: date) -> None:
    """Raise NotAllowed for an officer whose own posts manage nobody."""
    if not manages(actor, on=on):
        raise NotAllowed(
            "not-a-manager",
            "Trang này của lãnh đạo, giám đốc BHXH tỉnh và quản trị hệ thống. Xin xem “Nhiệm vụ của tôi”.",
        )


def of_member(officer_id: UUID, *, actor: OfficerActor, today: date, row: str = "") -> Scene:
    """About somebody of an office the actor manages. Raises NotAllowed, NotFound."""
    refuse_who_manages_nobody(actor, on=today)
    return Scene(actor, today, member=the_member(officer_id, viewer=actor, on=today), row=row)


def of_anybody(officer_id: UUID, *, actor: OfficerActor, today: date) -> Scene:
    """About any officer, for a post at an office the actor manages. Raises NotAllowed, NotFound."""
    refuse_who_manages_nobody(actor, on=today)
    known = assignments_of(officer_id, offices=managed_offices(actor, on=today))
    return Scene(actor, today, member=the_officer(officer_id), from_elsewhere=not known)


def of_office(
    code: str, *, actor: OfficerActor, today: date, row: str = "", leads_to: str = "officer:departments"
) -> Scene:
    """About an office the actor manages. Raises NotAllowed, NotFound."""
    refuse_who_manages_nobody(actor, on=today)
    if code not in managed_offices(actor, on=today):
        raise NotFound("office-not-yours", "Ông/bà không quản lý cơ quan này. Xin chọn lại trong danh sách.")
    return Scene(actor, today, office=office(code), row=row, leads_to=leads_to)


def managed_options(actor: OfficerActor, *, on: date) -> list[Option]:
    """Offices the actor manages, to choose from."""
    offices = office_names(set(managed_offices(actor, on=on)))
    return [Option(code, pick(offices[code], "name")) for code in sorted(offices)]


def function_options() -> list[Option]:
    """Functions to choose from."""
    return [Option(one.key, pick(one, "name")) for one in functions().values()]


def role_name(role: str) -> str:
    """A role in words."""
    return translate(Role(role).label)


def function_name(function: str) -> str:
    """A function in words; an unknown key as it is."""
    known = functions().get(function)
    return pick(known, "name") if known else function


def uuid_of(row: str) -> UUID:
    """The row of the address; raises NotFound for what is none."""
    try:
        return UUID(row)
    except ValueError:
        raise NotFound("row-unknown", "Địa chỉ này không đúng. Xin mở lại từ danh sách.") from None


def number_of(row: str) -> int:
    """The numbered row of the address; raises NotFound for what is none."""
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        raise NotFound("row-unknown", "Địa chỉ này không đúng. Xin mở lại từ danh sách.")
    return int(row)
