"""The head and foot of the desk, and the sentence that says what was just done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.data_rights.requests import is_handler
from ansinh.people.models import Role
from ansinh.people.readings.review import is_reviewer
from ansinh.platform.language import pick, translate
from ansinh.web.actors import render
from ansinh.web.clock import today
from ansinh.web.page import NavItem, Page

WORK, REGISTRATIONS, OVERSIGHT, DATA_REQUESTS = "work", "registrations", "oversight", "data-requests"
SAID = "desk_said"
COUNTER_ROLES = frozenset({Role.INTAKE, Role.APPROVER})


def desk(
    request: HttpRequest,
    officer: OfficerActor,
    template: str,
    title: str,
    *,
    current: str = "",
    back: tuple[str, str] | None = None,
    problems: int = 0,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the desk; `said` in its context is what the last act did, told once."""
    page = Page(
        title,
        nav=_nav(officer, current),
        office_name=_office(officer),
        account_name=officer.name,
        sign_out_href=_address("account:sign-out"),
        search_href=reverse("officer:search"),
        search_value=request.GET.get("q", "") if request.path == reverse("officer:search") else "",
        home_href=reverse("officer:home"),
        back=back,
        problems=problems,
    )
    said = request.session.pop(SAID, "") if SAID in request.session else ""
    return render(request, f"officer/{template}", status=status, page=page, said=said, **context)


def say(request: HttpRequest, sentence: str) -> None:
    """The next page of the desk tells this."""
    request.session[SAID] = sentence


def at_counter(officer: OfficerActor) -> bool:
    """Whether registrations are this officer's work."""
    return any(post.role in COUNTER_ROLES for post in officer.posts)


def _nav(officer: OfficerActor, current: str) -> list[NavItem]:
    items = [NavItem(translate("Việc của tôi"), reverse("officer:home"), current == WORK)]
    if at_counter(officer):
        items.append(NavItem(translate("Đăng ký tại quầy"), reverse("officer:registrations"), current == REGISTRATIONS))
    if is_reviewer(officer, on=today()):
        items.append(NavItem(translate("Giám sát"), reverse("officer:oversight"), current == OVERSIGHT))
    if is_handler(officer, on=today()):
        label = translate("Yêu cầu về dữ liệu")
        items.append(NavItem(label, reverse("officer:data-requests"), current == DATA_REQUESTS))
    return items


def _office(officer: OfficerActor) -> str:
    offices = office_names(set(officer.office_codes))
    return ", ".join(pick(offices[code], "name") for code in sorted(offices))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
