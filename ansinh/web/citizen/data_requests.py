"""Ask the office about my data: correct, restrict, object, erase; or why somebody looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.own_data.office import responsible_office
from ansinh.dossiers.access import refuse_without
from ansinh.offices.queries import office
from ansinh.people.actors import Citizen, Right
from ansinh.people.data_rights import rules
from ansinh.people.data_rights.requests import ASKABLE, ask, known_kind, own_request, protection_ended, requests_of
from ansinh.people.models import DataRequest, Reading
from ansinh.people.models_rights import Outcome, RequestKind, RequestState
from ansinh.people.readings.queries import owners, the_reading
from ansinh.people.readings.rules import sentence as a_sentence
from ansinh.platform.errors import NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.citizen.readings import who_read, why_read
from ansinh.web.clock import now, today
from ansinh.web.errors import faults
from ansinh.web.page import Option

LOOK = "luot-xem"


@citizen_page
def data_requests(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """What I asked, newest first."""
    refuse_without(Right.READ, actor=citizen)
    return render(
        request,
        "citizen/data_requests.html",
        page=_frame(citizen, translate("Yêu cầu về dữ liệu của tôi"), to_data=True),
        requests=[_shown(one) for one in requests_of(citizen.owner_id)],
        sent="da-gui" in request.GET,
    )


@citizen_page
def new_request(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The form; with `?luot-xem=…` it asks about one look."""
    refuse_without(Right.FILE, actor=citizen)
    look = _look(request, citizen)
    typed = {name: request.POST.get(name, "") for name in ("kind", "words")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        checks: dict[str, Callable[[], object]] = {} if look else {"kind": lambda: known_kind(typed["kind"])}
        errors = faults({**checks, "words": lambda: a_sentence(typed["words"], on=today())})
    if request.method == "POST" and not errors:
        ask(
            citizen,
            kind=RequestKind.ASK_READING if look else typed["kind"],
            words=typed["words"],
            office_code=look.office_code if look else responsible_office(citizen.owner_id, on=today()),
            reading=look,
            at=now(),
        )
        return HttpResponseRedirect(f"{reverse('citizen:data-requests')}?da-gui=1")
    title = translate("Hỏi về một lượt xem") if look else translate("Gửi yêu cầu về dữ liệu của tôi")
    return render(
        request,
        "citizen/new_data_request.html",
        status=422 if errors else 200,
        page=_frame(citizen, title, problems=len(errors)),
        kinds=[_kind(kind) for kind in ASKABLE],
        look=_looked(look) if look else None,
        limit=pick(_limit(RequestKind.ASK_READING), "words"),
        typed=typed,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
    )


@citizen_page
def data_request(request: HttpRequest, citizen: Citizen, request_id: UUID) -> HttpResponse:
    """One request with its answer."""
    refuse_without(Right.READ, actor=citizen)
    found = own_request(request_id, subject_id=citizen.owner_id)
    return render(
        request,
        "citizen/data_request.html",
        page=_frame(citizen, translate(RequestKind(found.kind).label)),
        asked=_shown(found),
        ended=protection_ended(found),
        look=_looked(found.reading) if found.reading else None,
    )


def _look(request: HttpRequest, citizen: Citizen) -> Reading | None:
    typed = request.POST.get(LOOK) or request.GET.get(LOOK, "")
    if not typed:
        return None
    found = None
    if typed.isascii() and typed.isdigit() and len(typed) < 19:
        found = the_reading(int(typed), owners=owners(citizen))
    if found is None:
        raise NotFound("reading-not-found", "Không có lượt xem này. Xin chọn lại trong danh sách lượt xem.")
    return found


def _looked(one: Reading) -> dict[str, Any]:
    return {"id": one.pk, "at": one.at, "who": who_read(one), "why": why_read(one), "number": one.dossier_number}


def _kind(kind: RequestKind) -> Option:
    limit = pick(_limit(kind), "words")
    return Option(kind.value, translate(kind.label), hint=translate("Trả lời trong {limit}", limit=limit))


def _limit(kind: str) -> Any:
    return rules.clock(kind, on=today()).answer


def _shown(one: DataRequest) -> dict[str, Any]:
    return {
        "href": reverse("citizen:data-request", kwargs={"request_id": one.pk}),
        "kind": translate(RequestKind(one.kind).label),
        "state": translate(RequestState(one.state).label),
        "outcome": translate(Outcome(one.outcome).label) if one.outcome else "",
        "answered": one.state == RequestState.ANSWERED,
        "words": one.words,
        "asked_at": one.asked_at,
        "due_on": one.due_on,
        "office": pick(office(one.office_code), "name"),
        "extension_reason": one.extension_reason,
        "answer": one.answer,
        "answered_at": one.answered_at,
    }


def _frame(citizen: Citizen, title: str, *, to_data: bool = False, problems: int = 0) -> Any:
    back = (
        (translate("Dữ liệu về tôi"), reverse("citizen:own-data"))
        if to_data
        else (translate("Yêu cầu về dữ liệu của tôi"), reverse("citizen:data-requests"))
    )
    return frame(citizen, title, current=ACCOUNT, back=back, problems=problems)
