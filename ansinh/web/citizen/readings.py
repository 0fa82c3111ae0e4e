"""Who of the staff looked at my dossiers: when, what and what for, seconds after it happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.offices.queries import office_names
from ansinh.people.actors import Citizen, Right
from ansinh.people.models import Reading
from ansinh.people.models_readings import Ground, PageKind
from ansinh.people.readings import rules
from ansinh.people.readings.queries import PAGE, count_of, owners, readings_of
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, DOSSIERS, frame
from ansinh.web.clock import today
from ansinh.web.plain_input import small_number


@citizen_page
def readings(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Every look at anything of mine."""
    back = (translate("Tài khoản của tôi"), reverse("citizen:account"))
    return _page(request, citizen, translate("Ai đã xem hồ sơ của tôi"), current=ACCOUNT, back=back)


@citizen_page
def of_dossier(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """The looks at one dossier."""
    dossier = the_dossier(dossier_id, actor=citizen)
    back = (translate("Hồ sơ {number}", number=dossier.number), reverse("citizen:dossier", args=[dossier.pk]))
    title = translate("Ai đã xem hồ sơ {number}", number=dossier.number)
    return _page(request, citizen, title, current=DOSSIERS, back=back, dossier_id=dossier.pk)


def _page(
    request: HttpRequest,
    citizen: Citizen,
    title: str,
    *,
    current: str,
    back: tuple[str, str],
    dossier_id: UUID | None = None,
) -> HttpResponse:
    refuse_without(Right.READ, actor=citizen)
    start = small_number(request.GET.get("tu", "")) or 0
    total = count_of(owners(citizen), dossier_id=dossier_id)
    found = readings_of(owners(citizen), dossier_id=dossier_id, start=start)
    offices = office_names({one.office_code for one in found})
    return render(
        request,
        "citizen/readings.html",
        page=frame(citizen, title, current=current, back=back),
        readings=[_shown(one, offices) for one in found],
        start=start,
        total=total,
        next_href=f"{request.path}?tu={start + PAGE}" if start + PAGE < total else "",
        previous_href=f"{request.path}?tu={max(0, start - PAGE)}" if start else "",
        of_one_dossier=dossier_id is not None,
    )


def _shown(one: Reading, offices: Any) -> dict[str, Any]:
    return {
        "at": one.at,
        "who": who_read(one),
        "office": pick(offices[one.office_code], "name") if one.office_code in offices else one.office_code,
        "page": translate(PageKind(one.page).label),
        "number": one.dossier_number,
        "why": why_read(one),
        "is_broken": one.ground == Ground.BREAK_GLASS,
        "ask_href": f"{reverse('citizen:new-data-request')}?luot-xem={one.pk}",
    }


def who_read(one: Reading) -> str:
    """Title with name or staff code, as the rule of today says."""
    if rules.shows_names(on=today()):
        return translate("{title} {name}", title=one.reader_title, name=one.reader_name)
    return translate("{title}, mã cán bộ {code}", title=one.reader_title, code=one.staff_code)


def why_read(one: Reading) -> str:
    """The purpose in words."""
    if one.ground in {Ground.PURPOSE, Ground.BREAK_GLASS}:
        return pick(one, "why")
    return translate("{ground}: {why}", ground=translate(Ground(one.ground).label), why=pick(one, "why"))
