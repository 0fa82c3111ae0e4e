"""Whom the reader of a page may ask, for its foot: of the province chosen, of the own address, else of the country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from django.urls import reverse

from ansinh.offices.face import SupportWay
from ansinh.offices.models_face import EntryKind
from ansinh.people.support import support_for
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import NO_BREAK_SPACE
from ansinh.web import display
from ansinh.web.clock import today
from ansinh.web.page import Link


class Foot(TypedDict):
    """What head and foot say of announcements and support, as names of `Page`."""

    support_phone: str
    support_ways: Sequence[Link]
    province_href: str
    announcements: Sequence[Link]


def foot_support(person_id: UUID | None = None, *, province_code: str = "") -> Foot:
    """The first telephone, the other ways, and the page of the province."""
    found = support_for(person_id, province_code=province_code or display.current().province, on=today())
    code = found.province_code
    return {
        "support_phone": found.phone,
        "support_ways": [way_link(one) for one in found.besides],
        "province_href": reverse("public:province", kwargs={"code": code}) if code else "",
        "announcements": [
            Link(pick(one, "label"), reverse("public:announcement", kwargs={"announcement_id": one.address}))
            for one in found.notices
        ],
    }


def way_link(way: SupportWay) -> Link:
    """A way to ask, as a link: what it is called, where it leads."""
    digits = "".join(part for part in way.address if part.isdigit())
    match way.kind:
        case EntryKind.ZALO:
            href = way.address if way.address.startswith("https://") else f"https://zalo.me/{digits}"
        case EntryKind.EMAIL:
            href = f"mailto:{way.address}"
        case _:
            href = f"mailto:{way.address}" if "@" in way.address else f"tel:{digits}"
    label = translate("{name}: {address}", name=pick(way, "label"), address=way.address.replace(" ", NO_BREAK_SPACE))
    return Link(label, href, icon="phone" if href.startswith("tel:") else "post", note=way.hours)
