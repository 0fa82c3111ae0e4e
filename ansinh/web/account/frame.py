"""The head and foot of the account's own pages, for a citizen and for an officer."""

from __future__ import annotations

from django.urls import reverse

from ansinh.people.doors.sessions import SignedIn
from ansinh.platform.language import translate
from ansinh.web.citizen.frame import address, short_name
from ansinh.web.page import Link, NavItem, Page
from ansinh.web.support import foot_support


def account_frame(signed: SignedIn, title: str, *, back: tuple[str, str] | None = None, problems: int = 0) -> Page:
    """What the layout needs; an officer's way leads to the desk, a citizen's to the own dossiers."""
    officer = signed.account.person_id is None
    return Page(
        title,
        nav=_desk_nav() if officer else _own_nav(),
        account_name=short_name(signed.account.display_name),
        account_href=reverse("doors:home" if officer else "citizen:account"),
        sign_out_href=reverse("account:sign-out"),
        **foot_support(signed.account.person_id),
        office_href=address("public:offices"),
        home_href=reverse("officer:home") if officer else "/",
        foot_links=[Link(translate("Trợ giúp về tài khoản"), address("public:help"))],
        back=back,
        problems=problems,
    )


def doors_back() -> tuple[str, str]:
    """The way back to the list of doors."""
    return translate("Đăng nhập và bảo mật"), reverse("doors:home")


def _desk_nav() -> list[NavItem]:
    return [NavItem(translate("Việc của tôi"), reverse("officer:home"))]


def _own_nav() -> list[NavItem]:
    return [
        NavItem(translate("Dịch vụ"), address("public:services")),
        NavItem(translate("Hồ sơ"), reverse("citizen:home")),
        NavItem(translate("Giấy tờ"), reverse("citizen:store")),
        NavItem(translate("Thông báo"), reverse("citizen:notices")),
    ]
