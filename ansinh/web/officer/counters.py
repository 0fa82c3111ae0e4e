"""Counters of the offices whose public face one keeps: close, open again, and where people turn meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.offices import counters as known
from ansinh.offices.models import CounterPause, Level, Office
from ansinh.offices.models_counters import DecisionMaker
from ansinh.offices.queries import office, office_names, open_offices
from ansinh.people.actors import OfficerActor
from ansinh.people.officers import counters as actions
from ansinh.people.officers.powers import refuse_unless_speaking, speaks_for
from ansinh.platform.errors import DomainError, NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.counter_words import span
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import COUNTERS, desk, say
from ansinh.web.officer.typed_days import a_day, boxes, the_day
from ansinh.web.page import Option

PLACES = range(1, known.MOST_NEAREST + 1)


@officer_page
def counters(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Every office one speaks for, with the state of its counter."""
    codes = speaks_for(officer, on=today())
    if not codes:
        raise NotAllowed(
            "not-your-office",
            "Ông/bà không được ghi thông tin công khai của cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống ở đó.",
        )
    offices = [one for _, one in sorted(office_names(set(codes)).items()) if one.level != Level.CENTRAL]
    coming = {row.office_id: row for row in known.present_and_coming(on=today()).reverse()}
    return desk(
        request,
        officer,
        "counters.html",
        translate("Quầy tiếp nhận"),
        current=COUNTERS,
        rows=[_line(one, coming.get(one.code)) for one in offices if one.valid_to is None or one.valid_to >= today()],
    )


@officer_page
def office_counter(request: HttpRequest, officer: OfficerActor, office_code: str) -> HttpResponse:
    """One counter: its pauses and the offices to turn to; POST closes it, opens it, or writes the list."""
    refuse_unless_speaking(officer, office_code=office_code, on=today())
    held, problem = office(office_code), ""
    if request.method == "POST":
        try:
            say(request, _act(request, officer, office_code))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:office-counter", office_code=office_code)
    listed = known.nearest_of(office_code, on=today())
    return desk(
        request,
        officer,
        "office_counter.html",
        translate("Quầy của {office}", office=pick(held, "name")),
        current=COUNTERS,
        back=(translate("Quầy tiếp nhận"), reverse("officer:counters")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        typed=request.POST,
        first=boxes(request.POST, "from"),
        last=boxes(request.POST, "to"),
        pauses=[_pause_line(row, request.POST) for row in known.history(office_code)[:20]],
        grounds=[Option(one.key, pick(one, "name")) for one in known.grounds().values()],
        makers=[Option(key, translate(label)) for key, label in DecisionMaker.choices if key != DecisionMaker.DISTRICT],
        offices=[
            Option(one.code, pick(one, "name"))
            for one in open_offices(on=today(), province_code=held.province_code)
            if one.code != office_code
        ],
        places=[(f"place-{n}", n, listed[n - 1].code if len(listed) >= n else "") for n in PLACES],
        instead=known.nearest_open(office_code, on=today()),
    )


def _act(request: HttpRequest, officer: OfficerActor, office_code: str) -> str:
    typed = request.POST
    match typed.get("_act"):
        case "pause":
            wanted = known.Pausing(
                office_code, typed.get("ground", ""), typed.get("reason", ""), _maker(typed),
                typed.get("document", ""), typed.get("notice_vi", ""), typed.get("notice_en", ""),
                the_day(typed, "from"), a_day(typed, "to"), typed.get("legal_bases", "").splitlines(),
            )  # fmt: skip
            actions.pause(wanted, actor=officer, at=now())
            return translate(
                "Đã ghi đợt tạm dừng. Trang công khai và tờ khai báo từ ngày đầu; hạn giải quyết không đổi."
            )
        case "reopen":
            pause = next((one for one in known.history(office_code) if str(one.pk) == typed.get("pause")), None)
            if pause is None:
                raise NotFound("pause-unknown", "Không có đợt tạm dừng này. Xin tải lại trang.")
            document, day = typed.get(f"under-{pause.pk}", ""), the_day(typed, f"open-{pause.pk}")
            actions.reopen(pause.pk, on=day, document=document, actor=officer, at=now())
            return translate("Đã ghi ngày mở lại quầy.")
        case "nearest":
            ordered = [code for n in PLACES if (code := typed.get(f"place-{n}", ""))]
            actions.list_nearest(office_code, ordered, valid_from=today(), actor=officer, at=now())
            return translate("Đã lưu danh sách cơ quan gần nhất, áp dụng từ hôm nay.")
    raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")


def _maker(typed: Mapping[str, str]) -> str:
    chosen = typed.get("decided_by", "")
    return chosen if chosen in DecisionMaker.values else DecisionMaker.OFFICE


def _line(held: Office, pause: CounterPause | None) -> dict[str, object]:
    return {
        "name": pick(held, "name"),
        "href": reverse("officer:office-counter", kwargs={"office_code": held.code}),
        "state": translate("Tạm dừng {span}", span=span(pause)) if pause else translate("Đang nhận trực tiếp"),
        "closed": pause is not None,
    }


def _pause_line(row: CounterPause, typed: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": row.pk,
        "span": span(row),
        "ground": pick(known.grounds()[row.ground], "name"),
        "reason": row.reason,
        "decided": f"{translate(DecisionMaker(row.decided_by).label)}, {row.document}",
        "reopened": row.reopened_document,
        "running": _runs(row, today()),
        "opening": f"open-{row.pk}",
        "boxes": boxes(typed, f"open-{row.pk}"),
        "under": f"under-{row.pk}",
        "typed_under": typed.get(f"under-{row.pk}", ""),
    }


def _runs(row: CounterPause, day: date) -> bool:
    return row.reopens_on is None and (row.valid_to is None or row.valid_to >= day)
