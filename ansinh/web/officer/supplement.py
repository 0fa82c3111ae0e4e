"""Ask for more: pin answers and papers, give each its reason, read it as the person will, send it once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.limits import answer_within
from ansinh.casework.reasons import Reason, reasons, reasons_for
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier
from ansinh.law.deadlines import due
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.language import pick, translate
from ansinh.web.clock import now, today
from ansinh.web.officer.acts import open_for
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.pressed import press
from ansinh.web.officer.reading import papers_of, sections_of
from ansinh.web.officer.watched import act_page
from ansinh.web.page import Option

MOST_PINS = 60


@dataclass(frozen=True)
class Place:
    """An answer or a paper that can be pinned; `key` is `field:…` or `paper:…`."""

    key: str
    label: str
    given: str
    section: str


@dataclass(frozen=True)
class Pin:
    """A place with what was typed about it so far."""

    number: int
    place: Place
    reason_code: str
    wrong: str
    good: str

    @property
    def reason(self) -> Reason | None:
        """The chosen reason."""
        return reasons().get(self.reason_code)

    @property
    def good_shown(self) -> str:
        """What a good one looks like: as typed, else as the reason says."""
        return self.good.strip() or (pick(self.reason, "good") if self.reason else "")

    def ask(self) -> Ask:
        """What the action takes."""
        kind, _, target = self.place.key.partition(":")
        return Ask(kind, target, self.reason_code, self.wrong, self.good)


@act_page
def supplement(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Three steps of one form: choose the places, fill the four slots of each, read and send."""
    if request.method == "POST" and "_send" in request.POST:
        return _send(request, officer, dossier_id)
    found = open_for("ask_for_more", dossier_id, officer=officer)
    pins = _pins(request, _places(found))
    if request.method == "POST" and "_preview" in request.POST and pins:
        faults = _faults(pins)
        return _preview(request, officer, found, pins) if not faults else _slots(request, officer, found, pins, faults)
    if pins and "_choose" not in request.POST and "chon" not in request.GET:
        return _slots(request, officer, found, pins, {})
    return _choose(request, officer, found, pins)


def _send(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    def act() -> None:
        found = open_for("ask_for_more", dossier_id, officer=officer)
        asks = [pin.ask() for pin in _pins(request, _places(found))]
        ask_for_more(dossier_id, actor=officer, asks=asks, at=now())

    return press(
        request,
        officer,
        dossier_id,
        act=act,
        done=translate("Đã gửi yêu cầu bổ sung. Hồ sơ dừng tính giờ từ bây giờ."),
    )


def _choose(request: HttpRequest, officer: OfficerActor, found: Dossier, pins: list[Pin]) -> HttpResponse:
    sections: dict[str, list[Place]] = {}
    for place in _places(found).values():
        sections.setdefault(place.section, []).append(place)
    nothing = request.method == "POST"
    return desk(
        request,
        officer,
        "pin_choose.html",
        translate("Ghim những chỗ cần bổ sung"),
        **_frame(found),
        problems=1 if nothing and not pins else 0,
        status=422 if nothing and not pins else 200,
        sections=sections,
        chosen={pin.place.key for pin in pins},
        nothing=nothing and not pins,
        pins=pins,
    )


def _slots(
    request: HttpRequest, officer: OfficerActor, found: Dossier, pins: list[Pin], faults: dict[str, str]
) -> HttpResponse:
    return desk(
        request,
        officer,
        "pin_slots.html",
        translate("Yêu cầu bổ sung {n} chỗ", n=len(pins)),
        **_frame(found),
        problems=len(faults),
        status=422 if faults else 200,
        pins=pins,
        faults=faults,
        reasons=[Option(one.code, pick(one, "name")) for one in reasons_for("supplement")],
    )


def _preview(request: HttpRequest, officer: OfficerActor, found: Dossier, pins: list[Pin]) -> HttpResponse:
    answer_by = due(started_on=today(), limit=answer_within(on=today()), calendar=work_calendar()).on
    return desk(
        request,
        officer,
        "pin_preview.html",
        translate("Người nộp sẽ đọc như sau"),
        **_frame(found),
        pins=pins,
        answer_by=answer_by,
        seen=last_event(found.pk),
    )


def _frame(found: Dossier) -> dict[str, Any]:
    href = reverse("officer:dossier", kwargs={"dossier_id": found.pk})
    return {"current": WORK, "back": (found.number, href), "dossier": found}


def _places(found: Dossier) -> dict[str, Place]:
    """Every answer the person can mend, then every paper."""
    places = [
        Place(f"field:{line.key}", pick(line, "label"), pick(line, "text"), pick(section, "title"))
        for section in sections_of(found, on=today())
        for line in section.lines
        if not line.read_only
    ]
    for group in papers_of(found):
        given = group.newest.name if group.newest else translate("chưa có")
        places.append(Place(f"paper:{group.target}", group.name, given, translate("Giấy tờ")))
    return {place.key: place for place in places}


def _pins(request: HttpRequest, places: dict[str, Place]) -> list[Pin]:
    """The places chosen, in the order of the dossier, with what was typed about each."""
    given = request.POST if request.method == "POST" else request.GET
    keys = set(given.getlist("ghim")[:MOST_PINS])
    pins = [place for key, place in places.items() if key in keys]
    return [
        Pin(
            number,
            place,
            given.get(f"reason:{place.key}", ""),
            given.get(f"wrong:{place.key}", "")[:1000],
            given.get(f"good:{place.key}", "")[:1000],
        )
        for number, place in enumerate(pins, start=1)
    ]


def _faults(pins: list[Pin]) -> dict[str, str]:
    """By control: what is missing in the slots."""
    faults: dict[str, str] = {}
    for pin in pins:
        key, place = pin.place.key, pin.place.label
        if pin.reason is None or pin.reason.use != "supplement":
            faults[f"reason:{key}"] = translate("Chưa chọn lý do cho “{place}”. Xin chọn một.", place=place)
        if not pin.wrong.strip():
            faults[f"wrong:{key}"] = translate(
                "Chưa ghi sai ở đâu cho “{place}”. Xin viết một câu để người nộp biết phải sửa gì.", place=place
            )
    return faults
