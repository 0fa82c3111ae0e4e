"""The head and foot of the desk, and the sentence that says what was just done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from ansinh.casework.retention.lists import PROPOSES
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.language import pick, translate
from ansinh.registry.bank_accounts.settle import COMPARES, DECIDES
from ansinh.statistics.registrations import STEERS
from ansinh.web.actors import render
from ansinh.web.page import NavItem, Page

WORK, REGISTRATIONS, BANK_ACCOUNTS = "work", "registrations", "bank-accounts"
PROGRESS, RETENTION = "progress", "retention"
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
    page = head(request, officer, title, current=current, back=back, problems=problems)
    said = request.session.pop(SAID, "") if SAID in request.session else ""
    return render(request, f"officer/{template}", status=status, page=page, said=said, **context)


def head(
    request: HttpRequest,
    officer: OfficerActor,
    title: str,
    *,
    current: str = "",
    back: tuple[str, str] | None = None,
    problems: int = 0,
) -> Page:
    """What the layout of the desk needs to know of a page."""
    return Page(
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
    if any(post.role in COMPARES | DECIDES for post in officer.posts):
        items.append(
            NavItem(translate("Tài khoản nhận tiền"), reverse("officer:bank-accounts"), current == BANK_ACCOUNTS)
        )
    if any(post.role in STEERS for post in officer.posts):
        href = reverse("officer:registration-progress")
        items.append(NavItem(translate("Tiến độ đăng ký"), href, current == PROGRESS))
    if any(post.role in PROPOSES for post in officer.posts):
        items.append(NavItem(translate("Lưu trữ"), reverse("officer:retention"), current == RETENTION))
    return items


def _office(officer: OfficerActor) -> str:
    offices = office_names(set(officer.office_codes))
    return ", ".join(pick(offices[code], "name") for code in sorted(offices))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
