"""What I agree to: each purpose with its own text, nothing chosen beforehand, taken back as easily as given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.own_data.office import responsible_office
from ansinh.dossiers.access import refuse_without
from ansinh.people.actors import Citizen, Right
from ansinh.people.data_rights.consents import Standing, say, standings
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.language import current, pick, translate
from ansinh.web.actors import citizen_page, device, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence

ANSWERS = {"yes": True, "no": False}


@citizen_page
def consents(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The purposes with what was last said of each; one button says yes or no to one of them."""
    refuse_without(Right.FILE, actor=citizen)
    problem = ""
    if request.method == "POST":
        try:
            _say(request, citizen)
            return HttpResponseRedirect(f"{reverse('citizen:consents')}?da-ghi=1")
        except (Invalid, Conflict) as refused:
            problem = sentence(refused)
    return render(
        request,
        "citizen/consents.html",
        status=422 if problem else 200,
        page=frame(
            citizen,
            translate("Việc tôi đồng ý hay không"),
            current=ACCOUNT,
            back=(translate("Dữ liệu về tôi"), reverse("citizen:own-data")),
            problems=1 if problem else 0,
        ),
        problem=problem,
        said="da-ghi" in request.GET,
        purposes=[_shown(one) for one in standings(citizen.owner_id, on=today())],
    )


def _say(request: HttpRequest, citizen: Citizen) -> None:
    given = ANSWERS.get(request.POST.get("answer", ""))
    if given is None:
        raise Invalid("consent-unanswered", "Chưa chọn đồng ý hay không. Xin bấm một trong hai nút.")
    say(
        citizen,
        purpose=request.POST.get("purpose", ""),
        version=request.POST.get("version", ""),
        given=given,
        channel="portal",
        language=current(),
        device=device(request),
        office_code=responsible_office(citizen.owner_id, on=today()),
        at=now(),
    )


def _shown(one: Standing) -> dict[str, Any]:
    return {
        "code": one.purpose.code,
        "version": one.purpose.version,
        "name": pick(one.purpose, "name"),
        "text": pick(one.purpose, "text"),
        "given": one.given,
        "last_at": one.last.at if one.last else None,
    }
