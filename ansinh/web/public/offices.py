"""The directory of offices: by province and commune, with address, telephone, hours and the communes each serves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ansinh.offices import counters, queries
from ansinh.offices.directory import served_communes
from ansinh.offices.models import CounterPause, Level, Office
from ansinh.platform.language import pick, translate
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.counter_words import ClosedCounter, closed_counter
from ansinh.web.public.frame import frame, show

PAGE = 40


@dataclass(frozen=True)
class Card:
    """One office as it is listed; `nearest` is the office that serves the chosen commune."""

    name: str
    address: str
    phone: str
    dial: str
    email: str
    hours: str
    communes: tuple[str, ...]
    nearest: bool = False
    closed: ClosedCounter | None = None


@public_page
def offices(request: HttpRequest) -> HttpResponse:
    """Choose a province, then a commune; without either the way to choose."""
    day = today()
    provinces = queries.provinces(on=day)
    chosen = next((one for one in provinces if one.code == request.GET.get("tinh", "")), None)
    communes = queries.communes(chosen.code, on=day) if chosen else []
    commune = next((one for one in communes if one.code == request.GET.get("xa", "")), None)
    serving = queries.office_for_commune(commune.code, on=day) if commune else None
    found = queries.open_offices(on=day, province_code=chosen.code) if chosen else []
    if serving:
        found = [serving, *[one for one in found if one.level == Level.PROVINCE and one.code != serving.code]]
    served = served_communes({one.code for one in found}, on=day)
    paused = counters.pauses([one.code for one in found], on=day)
    return show(
        request,
        "public/offices.html",
        frame(request, _title(pick(chosen, "name") if chosen else "")),
        provinces=[{"value": one.code, "label": pick(one, "name")} for one in provinces],
        communes=[{"value": one.code, "label": one.name_vi} for one in communes],
        province=chosen,
        commune=commune,
        cards=[
            _card(one, served.get(one.code, []), nearest=one == serving, pause=paused.get(one.code)) for one in found
        ],
        closures=[] if chosen else _closures(),
        unknown_office=commune is not None and serving is None,
    )


def _closures() -> list[ClosedCounter]:
    """Counters closed today or soon, in the whole country: the public notice."""
    rows = counters.present_and_coming(on=today())[:PAGE]
    return [closed_counter(row, office=row.office, on=today()) for row in rows]


def _card(office: Office, communes: list[str], *, nearest: bool, pause: CounterPause | None) -> Card:
    return Card(
        name=pick(office, "name"),
        address=office.address,
        phone=office.phone,
        dial="".join(office.phone.split()),
        email=office.email,
        hours=translate(
            "Thứ Hai đến thứ Sáu, {opens}–{closes}",
            opens=f"{office.opens_at:%H:%M}",
            closes=f"{office.closes_at:%H:%M}",
        ),
        communes=tuple(communes),
        nearest=nearest,
        closed=closed_counter(pause, office=office, on=today()) if pause else None,
    )


def _title(province: str) -> str:
    if province:
        return translate("Cơ quan BHXH ở {province}", province=province)
    return translate("Tìm cơ quan BHXH")
