"""Ask for more: pin answers and papers, give each its reason, read it as the person will, send it once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.access import the_dossier
from ansinh.casework.ask_again import approve_again, decline_again, may_decide, open_proposal, propose_again
from ansinh.casework.ask_for_more import Ask, ask_for_more, was_asked
from ansinh.casework.limits import answer_within
from ansinh.casework.reasons import Reason, reasons, reasons_for
from ansinh.casework.second_press import last_event
from ansinh.dossiers.models import Dossier, State
from ansinh.law.deadlines import due
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.language import pick, translate
from ansinh.web.clock import now, today
from ansinh.web.officer.acts import open_for
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.pin_places import Place, places_of
from ansinh.web.officer.pin_rows import FIND, TURN, looks_around, row_pages
from ansinh.web.officer.pressed import press
from ansinh.web.officer.watched import act_page
from ansinh.web.page import Option

MOST_PINS = 60


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
    chooses = request.method == "GET" and "chon" in request.GET  # the form of that page posts to its own address
    again = {"_choose", TURN, FIND} & set(request.POST) or chooses or _too_many(request)
    if pins and not again:
        return _slots(request, officer, found, pins, {})
    return _choose(request, officer, found, pins)


def _send(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    def act() -> None:
        found = open_for("ask_for_more", dossier_id, officer=officer)
        asks = [pin.ask() for pin in _pins(request, _places(found))]
        if was_asked(found):
            why = request.POST.get("why_again", "")[:2000]
            propose_again(dossier_id, actor=officer, asks=asks, why=why, at=now())
        else:
            ask_for_more(dossier_id, actor=officer, asks=asks, at=now())

    return press(request, officer, dossier_id, act=act, done=lambda: _done(dossier_id, officer))


def _done(dossier_id: UUID, officer: OfficerActor) -> str:
    if the_dossier(dossier_id, viewer=officer).state == State.WAITING_FOR_APPLICANT:
        return translate("Đã gửi yêu cầu bổ sung. Hồ sơ dừng tính giờ từ bây giờ.")
    return translate("Đã trình lãnh đạo cho bổ sung lần nữa. Chưa gửi gì cho người nộp, giờ vẫn tính.")


@act_page
def round_answer(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """A superior lets the applicant be asked once more, or does not."""
    if request.method != "POST":
        return redirect("officer:dossier", dossier_id=dossier_id)
    agrees = "_agree" in request.POST

    def act() -> None:
        if agrees:
            approve_again(dossier_id, actor=officer, at=now())
        else:
            decline_again(dossier_id, actor=officer, note=request.POST.get("note", ""), at=now())

    return press(
        request, officer, dossier_id, act=act,
        done=translate("Đã gửi yêu cầu bổ sung. Hồ sơ dừng tính giờ từ bây giờ.") if agrees
        else translate("Đã trả lời cán bộ: không yêu cầu bổ sung lần nữa."),
    )  # fmt: skip


def waiting_round(found: Dossier, officer: OfficerActor) -> dict[str, Any] | None:
    """The second round that waits for a superior, in words; `decides`: this officer may answer."""
    proposal = open_proposal(found)
    if proposal is None:
        return None
    places = {place.key: place for place in places_of(found, mendable=True)}
    return {
        "proposal": proposal,
        "decides": may_decide(found, proposal, viewer=officer),
        "asks": [
            {
                "label": places[key].label if (key := f"{ask['target_kind']}:{ask['target']}") in places else key,
                "reason": pick(reasons()[ask["reason_code"]], "name"),
                "wrong": ask["wrong"],
            }
            for ask in proposal.asks
        ],
        "seen": last_event(found.pk),
    }


def _choose(request: HttpRequest, officer: OfficerActor, found: Dossier, pins: list[Pin]) -> HttpResponse:
    sections: dict[str, list[Place]] = {}
    places, chosen = _places(found), {pin.place.key for pin in pins}
    for place in places.values():
        if not place.listed:
            sections.setdefault(place.section, []).append(place)
    fault = _wrong_choice(request, pins)
    return desk(
        request,
        officer,
        "pin_choose.html",
        translate("Ghim những chỗ cần bổ sung"),
        **_frame(found),
        problems=1 if fault else 0,
        status=422 if fault else 200,
        sections=sections,
        lists=row_pages(places.values(), chosen, request.POST),
        turned=looks_around(request.POST),
        chosen=chosen,
        fault=fault,
        pins=pins,
    )


def _wrong_choice(request: HttpRequest, pins: list[Pin]) -> str:
    """What is wrong with the places that were posted: none, or more than one request names."""
    if request.method != "POST" or looks_around(request.POST):
        return ""
    if _too_many(request):
        return translate(
            "Mỗi lần ghim nhiều nhất {n} chỗ. Nhiều dòng cùng một lỗi thì xin ghim cả danh sách.", n=MOST_PINS
        )
    return "" if pins else translate("Chưa ghim chỗ nào. Xin đánh dấu từng mục khai hoặc giấy tờ cần bổ sung.")


def _too_many(request: HttpRequest) -> bool:
    return len(set(request.POST.getlist("ghim"))) > MOST_PINS


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
        reasons=[Option(one.code, pick(one, "name")) for one in reasons_for("supplement", on=today())],
    )


def _preview(request: HttpRequest, officer: OfficerActor, found: Dossier, pins: list[Pin]) -> HttpResponse:
    limit = answer_within(found.procedure, on=today())
    answer_by = due(started_on=today(), limit=limit, calendar=work_calendar()).on
    return desk(
        request,
        officer,
        "pin_preview.html",
        translate("Người nộp sẽ đọc như sau"),
        **_frame(found),
        pins=pins,
        answer_by=answer_by,
        again=was_asked(found),
        seen=last_event(found.pk),
    )


def _frame(found: Dossier) -> dict[str, Any]:
    href = reverse("officer:dossier", kwargs={"dossier_id": found.pk})
    return {"current": WORK, "back": (found.number, href), "dossier": found}


def _places(found: Dossier) -> dict[str, Place]:
    """Every answer the person can mend with the rows of its table or list, then every paper."""
    return {place.key: place for place in places_of(found, mendable=True)}


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
