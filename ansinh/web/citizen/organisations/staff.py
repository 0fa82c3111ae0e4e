"""Invite somebody, change what one may do, let somebody go, name the contact person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ansinh.law.identifiers import show_phone
from ansinh.people.actors import Citizen
from ansinh.people.models_organisations import Organisation, StaffMember, StaffRole
from ansinh.people.organisations.access import own_membership, the_organisation
from ansinh.people.organisations.change_staff import change_roles, end_membership
from ansinh.people.organisations.contact import change_contact
from ansinh.people.organisations.invite import hidden, invite, read_number, withdraw_invitation
from ansinh.people.organisations.queries import page_of
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotFound
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.citizen.organisations.page import back_to, href_of, tell
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.organisation_words import role_options


@citizen_page
def invite_page(request: HttpRequest, citizen: Citizen, organisation_id: UUID) -> HttpResponse:
    """A personal number and roles; what the page answers never tells whether the number has an account."""
    found = _administered(citizen, organisation_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            number = read_number(request.POST.get("number", ""))
            invite(
                organisation_id, actor=citizen, personal_id_number=number, roles=request.POST.getlist("roles"),
                branches="branches" in request.POST, at=now(),
            )  # fmt: skip
        except (Invalid, Conflict) as refused:
            errors["roles" if refused.code == "roles-missing" else "number"] = sentence(refused)
        else:
            tell(
                request,
                translate("Đã mời số {number}. Người đó đăng nhập, mở trang Tổ chức để nhận.", number=hidden(number)),
            )
            return HttpResponseRedirect(href_of(organisation_id))
    return _form(
        request, citizen, found, "invite.html", translate("Mời người dùng"), errors,
        number=request.POST.get("number", "")[:20],
        chosen=request.POST.getlist("roles") or [StaffRole.READ],
        branches="branches" in request.POST,
    )  # fmt: skip


@citizen_page
def withdraw(request: HttpRequest, citizen: Citizen, organisation_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = _administered(citizen, organisation_id)
    if request.method == "POST" and any(one.pk == invitation_id for one in page_of(found, on=today()).invitations):
        withdraw_invitation(invitation_id, actor=citizen, at=now())
        tell(request, translate("Đã rút lời mời."))
    return HttpResponseRedirect(href_of(organisation_id))


@citizen_page
def member_page(request: HttpRequest, citizen: Citizen, organisation_id: UUID, member_id: UUID) -> HttpResponse:
    """What one of the staff may do, for an administrator to change; and the way to leave, also for oneself."""
    found = the_organisation(organisation_id, actor=citizen, on=today())
    member = _member(found, member_id)
    administers = StaffRole.ADMINISTER in own_membership(organisation_id, actor=citizen, on=today()).roles
    own = member.account_id == citizen.account_id
    if not (administers or own):
        raise _no_member()
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _change(request, citizen, member)
        except (Invalid, Conflict) as refused:
            errors["roles"] = sentence(refused)
    return _form(
        request, citizen, found, "member.html", member.account.display_name, errors,
        member=member,
        own=own,
        administers=administers,
        chosen=request.POST.getlist("roles") if "_change" in request.POST else member.roles,
        branches="branches" in request.POST if "_change" in request.POST else member.branches,
    )  # fmt: skip


@citizen_page
def contact_page(request: HttpRequest, citizen: Citizen, organisation_id: UUID) -> HttpResponse:
    """Whom the agency asks at this organisation (R-160)."""
    found = _administered(citizen, organisation_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        name, phone = request.POST.get("name", ""), request.POST.get("phone", "")
        try:
            change_contact(organisation_id, actor=citizen, name=name, phone=phone, at=now())
        except Invalid as refused:
            errors["name" if refused.code == "contact-name" else "phone"] = sentence(refused)
        else:
            tell(request, translate("Đã đổi người phụ trách BHXH."))
            return HttpResponseRedirect(href_of(organisation_id))
    known = show_phone(found.contact_phone) if found.contact_phone else ""
    return _form(
        request, citizen, found, "contact.html", translate("Người phụ trách BHXH"), errors,
        name=request.POST.get("name", found.contact_name)[:100],
        phone=request.POST.get("phone", known)[:20],
    )  # fmt: skip


def _change(request: HttpRequest, citizen: Citizen, member: StaffMember) -> HttpResponse:
    name = member.account.display_name
    if "_end" in request.POST:
        end_membership(member.pk, actor=citizen, at=now())
        if member.account_id == citizen.account_id:
            return HttpResponseRedirect(href_of(member.organisation_id).rpartition("/")[0])
        tell(request, translate("{name} không còn là người dùng của tổ chức.", name=name))
    else:
        change_roles(
            member.pk, actor=citizen, roles=request.POST.getlist("roles"), branches="branches" in request.POST, at=now()
        )
        tell(request, translate("Đã đổi vai trò của {name}.", name=name))
    return HttpResponseRedirect(href_of(member.organisation_id))


def _administered(citizen: Citizen, organisation_id: UUID) -> Organisation:
    """The organisation for an administrator; anybody else of the staff has no such page."""
    found = the_organisation(organisation_id, actor=citizen, on=today())
    if StaffRole.ADMINISTER not in own_membership(organisation_id, actor=citizen, on=today()).roles:
        raise NotFound("staff-page-not-found", "Trang này của người quản lý tổ chức. Xin nhờ người quản lý.")
    return found


def _member(found: Organisation, member_id: UUID) -> StaffMember:
    staff = page_of(found, on=today()).staff
    one = next((row for row in staff if row.pk == member_id), None)
    if one is None:
        raise _no_member()
    return one


def _no_member() -> DomainError:
    return NotFound("member-not-found", "Người này không còn là người dùng của tổ chức. Xin tải lại trang.")


def _form(
    request: HttpRequest,
    citizen: Citizen,
    found: Organisation,
    template: str,
    title: str,
    errors: dict[str, str],
    **context: Any,
) -> HttpResponse:
    return render(
        request,
        f"citizen/organisations/{template}",
        status=422 if errors else 200,
        page=frame(citizen, title, current=ACCOUNT, back=back_to(found), problems=len(errors)),
        organisation=found,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
        roles=role_options(),
        has_branches=found.branches.exists(),
        **context,
    )
