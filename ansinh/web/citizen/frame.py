"""The head and foot of a signed-in person's pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse

from ansinh.people.actors import Behalf, Citizen
from ansinh.people.models_acting import RIGHTS
from ansinh.platform.language import translate
from ansinh.web.page import ActingFor, Link, NavItem, Page
from ansinh.web.support import foot_support

SERVICES, DOSSIERS, PAPERS, NOTICES, ACCOUNT = "services", "dossiers", "papers", "notices", "account"


def frame(
    citizen: Citizen | None,
    title: str,
    *,
    current: str = "",
    back: tuple[str, str] | None = None,
    problems: int = 0,
) -> Page:
    """What the layout needs: `citizen` None is somebody who has not signed in (registration)."""
    offices = address("public:offices")
    return Page(
        title,
        nav=_signed_in_nav(current) if citizen else _public_nav(),
        account_name=short_name(citizen.name) if citizen else "",
        account_href=reverse("citizen:account") if citizen else "",
        sign_in_href="" if citizen else reverse("account:sign-in"),
        sign_out_href=reverse("account:sign-out") if citizen else "",
        **foot_support(citizen.person_id if citizen else None),
        office_href=offices,
        foot_links=[Link(translate("Trợ giúp về tài khoản"), href)] if (href := address("public:help")) else [],
        back=back,
        problems=problems,
        acting=_acting(citizen.behalf) if citizen and citizen.behalf else None,
    )


def _acting(behalf: Behalf) -> ActingFor:
    rights = translate("được {rights}", rights=", ".join(rights_in_words(behalf.rights)))
    return ActingFor(
        name=behalf.name, words=rights, href=reverse("citizen:acting"), leave_href=reverse("citizen:leave-behalf")
    )


def rights_in_words(rights: Iterable[str]) -> list[str]:
    """The rights of a behalf, in their usual order, as one reads them."""
    held = set(rights)
    return [translate(words) for right, words in RIGHTS.items() if right in held]


def short_name(full_name: str) -> str:
    """The last two words, as one is called: “Mai Lan” of “Trần Thị Mai Lan”; a telephone has no room for more."""
    return " ".join(full_name.split()[-2:])


def address(name: str, **parts: object) -> str:
    """The address of a page of another area, or empty when that page does not exist."""
    try:
        return reverse(name, kwargs=parts)
    except NoReverseMatch:
        return ""


def _signed_in_nav(current: str) -> list[NavItem]:
    services = address("public:services")
    items = [NavItem(translate("Dịch vụ"), services, current == SERVICES)] if services else []
    return [
        *items,
        NavItem(translate("Hồ sơ"), reverse("citizen:home"), current == DOSSIERS),
        NavItem(translate("Giấy tờ"), reverse("citizen:store"), current == PAPERS),
        NavItem(translate("Thông báo"), reverse("citizen:notices"), current == NOTICES),
    ]


def _public_nav() -> list[NavItem]:
    places = (
        (translate("Dịch vụ"), "public:services"),
        (translate("Tra cứu hồ sơ"), "public:look-up"),
        (translate("Trợ giúp"), "public:help"),
    )
    return [NavItem(label, href) for label, name in places if (href := address(name))]
