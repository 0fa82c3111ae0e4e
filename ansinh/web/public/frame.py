"""The head and foot of the public pages, for somebody who has signed in or has not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from ansinh.offices.closed_days import SpecialDay, next_closed_day
from ansinh.people.models import Account
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi, weekday_vi
from ansinh.web.actors import account_of, render
from ansinh.web.citizen.frame import short_name
from ansinh.web.clock import today
from ansinh.web.formats import first_upper
from ansinh.web.page import Link, NavItem, Notice, Page
from ansinh.web.support import foot_support

SERVICES, LOOK_UP, HELP = "public:services", "public:look-up", "public:help"
NOTICE_DAYS = 10
"""A closed day is announced so many days ahead."""


def show(request: HttpRequest, template: str, page: Page, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a public page; who has signed in keeps the head of the own pages."""
    layout = "layout/citizen.html" if page.account_name else "layout/public.html"
    return render(request, template, status, page=page, layout=layout, **context)


def frame(
    request: HttpRequest,
    title: str,
    *,
    current: str = "",
    notice: Notice | None = None,
    back: tuple[str, str] | None = None,
    problems: int = 0,
) -> Page:
    """What the layout needs to know of a public page; `current` is the name of a page in the navigation."""
    account = account_of(request)
    return Page(
        title,
        nav=_nav(account, current),
        notice=notice,
        **foot_support(account.person_id if account else None),
        office_href=reverse("public:offices"),
        account_name=short_name(account.display_name) if account else "",
        account_href=address("citizen:account") if account and account.person_id else "",
        sign_in_href="" if account else address("account:sign-in"),
        sign_out_href=address("account:sign-out") if account else "",
        foot_links=[
            Link(translate("Kiểm tra văn bản đã nhận"), reverse("public:check-paper")),
            Link(translate("Chặn đổi tài khoản"), reverse("public:stop-change")),
            Link(translate("Thông báo, bảo trì"), reverse("public:announcements")),
            Link(translate("Lịch nghỉ của cơ quan"), reverse("public:holidays")),
            Link(translate("Dữ liệu mở"), reverse("public:open-data")),
            Link(translate("Trợ giúp về tài khoản"), reverse("public:help")),
            Link(translate("Cỡ chữ và ngôn ngữ"), reverse("public:display")),
        ],
        back=back,
        problems=problems,
    )


def closed_day_notice() -> Notice | None:
    """The line about the next closed day, while it is near."""
    day = today()
    coming = next_closed_day(day, within=NOTICE_DAYS)
    if coming is None:
        return None
    return Notice(_closed(coming), Link(translate("Xem lịch nghỉ"), reverse("public:holidays")))


def _closed(coming: SpecialDay) -> str:
    facts = {
        "weekday": translate(weekday_vi(coming.day)),
        "day": date_vi(coming.day),
        "name": translate(coming.name_vi),
    }
    if coming.day == today():
        return translate("Hôm nay quầy đóng cửa ({name}). Vẫn nộp trực tuyến được.", **facts)
    text = translate("{weekday} {day} quầy đóng cửa ({name}). Vẫn nộp trực tuyến được.", **facts)
    return first_upper(text)


def address(name: str, **parts: object) -> str:
    """The address of a page of another area, or empty when that page does not exist."""
    try:
        return reverse(name, kwargs=parts)
    except NoReverseMatch:
        return ""


def _nav(account: Account | None, current: str) -> list[NavItem]:
    places = [(translate("Dịch vụ"), SERVICES)]
    if account is not None and account.person_id is not None:
        places += [
            (translate("Hồ sơ"), "citizen:home"),
            (translate("Giấy tờ"), "citizen:store"),
            (translate("Thông báo"), "citizen:notices"),
        ]
    else:
        places += [(translate("Tra cứu hồ sơ"), LOOK_UP), (translate("Trợ giúp"), HELP)]
    return [NavItem(label, href, name == current) for label, name in places if (href := address(name))]
