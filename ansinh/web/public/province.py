"""The public face of a province: offices, departments, contact points, links, closed counters (R-041, R-045)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.directives.published import published
from ansinh.offices import counters, face, queries
from ansinh.offices.departments import departments_by_function, functions
from ansinh.offices.models import FaceEntry, Office
from ansinh.offices.models_face import LINKS, EntryKind
from ansinh.platform.language import pick, translate
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.counter_words import closed_counter
from ansinh.web.display import PROVINCE_COOKIE
from ansinh.web.middleware import A_YEAR
from ansinh.web.page import Link
from ansinh.web.public.frame import frame, show
from ansinh.web.support import way_link

MOST_LETTERS = 30


@public_page
def provinces(request: HttpRequest) -> HttpResponse:
    """Every province of today, each leading to its page."""
    links = [
        Link(pick(one, "name"), reverse("public:province", kwargs={"code": one.code}))
        for one in queries.provinces(on=today())
    ]
    return show(request, "public/provinces.html", frame(request, translate("BHXH các tỉnh, thành phố")), links=links)


@public_page
def province(request: HttpRequest, code: str) -> HttpResponse:
    """One province; the foot of later pages shows its support."""
    day = today()
    found = next((one for one in queries.provinces(on=day) if one.code == code), None)
    if found is None:
        raise Http404
    office, central = face.office_of_province(code, on=day), face.central_office(on=day)
    codes = [one.code for one in (office, central) if one is not None]
    lines = list(face.entries(codes, on=day))
    own = [one for one in lines if office is not None and one.office_id == office.code]
    response = show(
        request,
        "public/province.html",
        frame(request, translate("BHXH {province}", province=pick(found, "name")), back=_back()),
        province=found,
        office=office,
        rooms=_rooms(office),
        contacts=[_contact(one) for one in own if one.kind == EntryKind.CONTACT],
        ways=[way_link(one) for one in face.support(code, on=day).ways],
        links=_links(own, lines),
        closures=[closed_counter(row, office=row.office, on=day) for row in counters.present_and_coming(
            on=day, province_code=code
        )],
        letters=list(published(code)[:MOST_LETTERS]),
        offices_href=f"{reverse('public:offices')}?tinh={code}",
    )  # fmt: skip
    response.set_cookie(
        PROVINCE_COOKIE, code, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def _back() -> tuple[str, str]:
    return translate("BHXH các tỉnh, thành phố"), reverse("public:provinces")


def _rooms(office: Office | None) -> list[tuple[str, str]]:
    """Departments of the provincial office with what each does."""
    if office is None:
        return []
    does: dict[str, list[str]] = {}
    for function, room in departments_by_function(office.code, on=today()).items():
        does.setdefault(pick(room, "name"), []).append(pick(functions()[function], "name"))
    return [(name, ", ".join(works)) for name, works in sorted(does.items())]


def _contact(one: FaceEntry) -> dict[str, str]:
    mail = "@" in one.address
    return {
        "label": pick(one, "label"), "function": pick(functions()[one.function], "name"), "address": one.address,
        "href": f"mailto:{one.address}" if mail else f"tel:{''.join(one.address.split())}", "hours": one.hours,
    }  # fmt: skip


def _links(own: list[FaceEntry], lines: list[FaceEntry]) -> list[Link]:
    """The province's own links; of the national ones those it does not replace."""
    written = {one.kind for one in own} - {EntryKind.OTHER_LINK}
    shown = [
        one for one in lines if one.kind in LINKS and (one in own or one.kind not in written | {EntryKind.OTHER_LINK})
    ]
    return [
        Link(pick(one, "label"), one.address, note=one.address)
        for one in sorted(shown, key=lambda one: LINKS.index(one.kind))
    ]
