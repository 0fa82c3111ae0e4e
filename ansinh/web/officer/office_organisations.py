"""The organisations an office manages: find one; name an administrator, end a membership or close it, by delegation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import Organisation, OrganisationState, StaffRole
from ansinh.people.organisations.access import the_organisation_at_office
from ansinh.people.organisations.change_staff import end_membership
from ansinh.people.organisations.invite import hidden, invite
from ansinh.people.organisations.queries import OrganisationPage, organisations_at, page_of
from ansinh.people.organisations.register import close_organisation
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, NotFound
from ansinh.platform.language import translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import ORGANISATIONS, desk, say
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.organisation_words import history_of, kind_in_words, roles_in_words

WHY = "Quản lý tổ chức giao dịch với cơ quan"


@people_page(PageKind.ORGANISATION, WHY)
def search(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """By tax code, unit code or name, among those the officer's offices manage."""
    typed = request.GET.get("tim", "").strip()[:100]
    found = organisations_at(officer.office_codes, typed)
    seen.note_people(one.pk for one in found)
    return desk(
        request,
        officer,
        "organisations.html",
        translate("Tổ chức do cơ quan quản lý"),
        current=ORGANISATIONS,
        typed=typed,
        found=[_line(one) for one in found],
    )


@people_page(PageKind.ORGANISATION, WHY)
def organisation(request: HttpRequest, officer: OfficerActor, seen: Seen, organisation_id: UUID) -> HttpResponse:
    """Its people and history, and what a delegate of the office may do where its own administrators cannot."""
    found = the_organisation_at_office(organisation_id, actor=officer)
    shown, errors = page_of(found, on=today()), dict[str, str]()
    seen.note_people([found.pk, *(one.account.person_id for one in shown.staff)])
    if request.method == "POST":
        try:
            say(request, _do(request, officer, shown))
        except DomainError as refused:
            errors["number" if "_invite" in request.POST else "reason"] = sentence(refused)
        else:
            return redirect("officer:organisation", organisation_id=organisation_id)
    return desk(
        request,
        officer,
        "office_organisation.html",
        found.name,
        current=ORGANISATIONS,
        back=(translate("Tổ chức"), reverse("officer:organisations")),
        problems=len(errors),
        status=422 if errors else 200,
        organisation=found,
        kind=kind_in_words(found.kind),
        is_open=found.state == OrganisationState.ACTIVE,
        staff=[
            {"id": one.pk, "name": one.account.display_name, "roles": roles_in_words(one.roles)} for one in shown.staff
        ],
        history=history_of(shown.history),
        errors=errors,
        typed={key: request.POST.get(key, "")[:500] for key in ("number", "reason")},
    )


def _do(request: HttpRequest, officer: OfficerActor, shown: OrganisationPage) -> str:
    """The act that was pressed; answers what to say of it. Raises what the act raises."""
    posted, found = request.POST, shown.organisation
    if "_invite" in posted:
        made = invite(
            found.pk, actor=officer, personal_id_number=posted.get("number", ""), roles=[StaffRole.ADMINISTER],
            branches=False, at=now(),
        )  # fmt: skip
        return translate("Đã mời số {number} làm người quản lý.", number=hidden(made.personal_id_number))
    if "_close" in posted:
        close_organisation(found.pk, actor=officer, reason=posted.get("reason", ""), at=now())
        return translate("Tổ chức đã ngừng giao dịch. Không ai còn làm việc thay tổ chức này.")
    member = next((one for one in shown.staff if str(one.pk) == posted.get("_end")), None)
    if member is None:
        raise NotFound("member-not-found", "Người này không còn là người dùng của tổ chức. Xin tải lại trang.")
    end_membership(member.pk, actor=officer, at=now())
    return translate("{name} không còn là người dùng của tổ chức.", name=member.account.display_name)


def _line(one: Organisation) -> dict[str, str]:
    return {
        "href": reverse("officer:organisation", kwargs={"organisation_id": one.pk}),
        "name": one.name,
        "kind": kind_in_words(one.kind),
        "tax_code": one.tax_code or "–",
        "unit_code": one.unit_code or "–",
        "contact": one.contact_name or "–",
        "state": translate(OrganisationState(one.state).label),
    }
