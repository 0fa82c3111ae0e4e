"""The head and foot of the desk, and the sentence that says what was just done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from ansinh.casework.retention.lists import PROPOSES
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.data_rights.requests import is_handler
from ansinh.people.doors.officers import MAY_UNLOCK
from ansinh.people.doors.rules import door_rules
from ansinh.people.models import Role
from ansinh.people.officers.powers import manages
from ansinh.people.readings.review import is_reviewer
from ansinh.platform.language import pick, translate
from ansinh.registry.bank_accounts.settle import COMPARES, DECIDES
from ansinh.statistics.registrations import STEERS
from ansinh.web.actors import render
from ansinh.web.clock import today
from ansinh.web.page import Link, NavItem, Page

WORK, REGISTRATIONS, RECOVERIES = "work", "registrations", "recoveries"
ACTING, BANK_ACCOUNTS, ORGANISATIONS = "acting", "bank-accounts", "organisations"
CONTRACTS = "contracts"
STAFF, DUTIES, OVERSIGHT, DATA_REQUESTS = "staff", "duties", "oversight", "data-requests"
SAID = "desk_said"
COUNTER_ROLES = frozenset({Role.INTAKE, Role.APPROVER})
KEEP_CONTRACTS = frozenset({Role.HEALTH, Role.LEADER})
"""Whose work the treatment contracts of health facilities are."""


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
    idle = int(door_rules(today()).officer.idle.total_seconds())
    return render(request, f"officer/{template}", status=status, page=page, said=said, idle_seconds=idle, **context)


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
        account_href=_address("doors:home"),
        sign_out_href=_address("account:sign-out"),
        search_href=reverse("officer:search"),
        search_value=request.GET.get("q", "") if request.path == reverse("officer:search") else "",
        home_href=reverse("officer:home"),
        back=back,
        foot_links=_foot(officer),
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
        items.append(NavItem(translate("Khôi phục tài khoản"), reverse("officer:recoveries"), current == RECOVERIES))
        items.append(NavItem(translate("Đại diện, ủy quyền"), reverse("officer:acting-people"), current == ACTING))
        items.append(NavItem(translate("Tổ chức"), reverse("officer:organisations"), current == ORGANISATIONS))
    if any(post.role in COMPARES | DECIDES for post in officer.posts):
        href = reverse("officer:bank-accounts")
        items.append(NavItem(translate("Tài khoản nhận tiền"), href, current == BANK_ACCOUNTS))
    if any(post.role in KEEP_CONTRACTS for post in officer.posts):
        href = reverse("officer:contracts")
        items.append(NavItem(translate("Hợp đồng KCB"), href, current == CONTRACTS))
    if manages(officer, on=today()):
        items.append(NavItem(translate("Nhân sự"), reverse("officer:staff"), current == STAFF))
    if is_reviewer(officer, on=today()):
        items.append(NavItem(translate("Giám sát"), reverse("officer:oversight"), current == OVERSIGHT))
    if is_handler(officer, on=today()):
        label = translate("Yêu cầu về dữ liệu")
        items.append(NavItem(label, reverse("officer:data-requests"), current == DATA_REQUESTS))
    return items


def _foot(officer: OfficerActor) -> list[Link]:
    roles = {post.role for post in officer.posts}
    duties = (
        (STEERS, translate("Tiến độ đăng ký"), "officer:registration-progress"),
        (PROPOSES, translate("Hồ sơ hết thời hạn lưu"), "officer:retention"),
        (MAY_UNLOCK, translate("Cán bộ không vào được"), "officer:locked"),
    )
    own = Link(translate("Nhiệm vụ của tôi"), reverse("officer:my-duties"))
    return [own, *(Link(words, reverse(name)) for duty, words, name in duties if roles & duty)]


def _office(officer: OfficerActor) -> str:
    offices = office_names(set(officer.office_codes))
    return ", ".join(pick(offices[code], "name") for code in sorted(offices))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
