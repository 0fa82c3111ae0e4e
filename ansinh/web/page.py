"""What a layout is told about a page. Texts are already in the reader's language."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class Link:
    """A word that leads somewhere; `icon` is a name of `icons.svg`."""

    label: str
    href: str
    _: KW_ONLY
    icon: str = ""
    note: str = ""


@dataclass(frozen=True)
class NavItem:
    """One of the three or four words of the navigation; `current` marks where the reader is."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Notice:
    """The one line under the head: a closed day, planned maintenance. `link` leads to more."""

    text: str
    link: Link | None = None


@dataclass(frozen=True)
class ActingFor:
    """The bar that says in whose place one acts; `href` explains it, posting to `leave_href` leads back to oneself."""

    name: str
    words: str
    href: str
    leave_href: str


@dataclass(frozen=True)
class Option:
    """An answer one can choose; `then` is the markup of the part that opens under it."""

    value: str
    label: str
    _: KW_ONLY
    hint: str = ""
    then: str = ""


@dataclass(frozen=True)
class Page:
    """Everything a layout needs besides its blocks.

    `title` is the page's own title; the layout adds “– An Sinh”, and “Lỗi: ” before it when `problems` > 0.
    Empty texts and addresses leave their element out, so nothing leads nowhere. `back` is (label, href).
    """

    title: str
    _: KW_ONLY
    nav: Sequence[NavItem] = ()
    notice: Notice | None = None
    support_phone: str = ""
    support_ways: Sequence[Link] = ()
    province_href: str = ""
    announcements: Sequence[Link] = ()
    office_name: str = ""
    office_href: str = ""
    account_name: str = ""
    account_href: str = ""
    sign_in_href: str = ""
    sign_out_href: str = ""
    search_href: str = ""
    search_value: str = ""
    home_href: str = "/"
    back: tuple[str, str] | None = None
    foot_links: Sequence[Link] = ()
    acting: ActingFor | None = None
    problems: int = 0
