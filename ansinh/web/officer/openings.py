"""Say why before a dossier outside one's own work is shown; or break the glass of one that is not one's to see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework import reading
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import rules
from ansinh.platform.errors import NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import NEXT, officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import faults, sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.queue_view import href_of, service_name
from ansinh.web.page import Option


@officer_page
def purpose(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Choose a purpose and give a sentence; then the page that was asked for opens."""
    found = reading.to_look_at(dossier_id, reader=officer, at=now())
    if reading.why_looks(found, reader=officer, at=now()) is not None:
        return HttpResponseRedirect(_onward(request, found))
    if reading.needs_broken_glass(found, at=now()):
        return HttpResponseRedirect(f"{reverse('officer:break-glass')}?so={found.number}")
    typed = _typed(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _faults(typed, break_glass=False)
    if request.method == "POST" and not errors:
        reading.open_for_purpose(
            found.pk, reader=officer, purpose=typed["purpose"], sentence=typed["sentence"], at=now()
        )
        return HttpResponseRedirect(_onward(request, found))
    return desk(
        request,
        officer,
        "purpose.html",
        translate("Xem hồ sơ này để làm gì?"),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        problems=len(errors),
        status=422 if errors else 200,
        dossier=found,
        service=service_name(found),
        purposes=_options(rules.purposes(on=today())),
        minutes=_minutes(break_glass=False),
        onward=_onward(request, found),
        typed=typed,
        errors=errors,
        gaps=[{"path": path, "text": text} for path, text in errors.items()],
    )


@officer_page
def break_glass(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Open one dossier by its whole number, with a legal ground; the person and the head learn of it at once."""
    typed = _typed(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _faults(typed, break_glass=True)
    if request.method == "POST" and not errors:
        try:
            opened = reading.break_glass_of(
                typed["number"], reader=officer, legal_ground=typed["purpose"], sentence=typed["sentence"], at=now()
            )
        except NotFound as refused:
            errors = {"number": sentence(refused)}
        else:
            say(request, translate("Đã mở khẩn cấp. Người có hồ sơ và lãnh đạo đã được báo."))
            return HttpResponseRedirect(reverse("officer:dossier", kwargs={"dossier_id": opened.dossier_id}))
    return desk(
        request,
        officer,
        "break_glass.html",
        translate("Mở khẩn cấp một hồ sơ"),
        back=(translate("Việc của tôi"), reverse("officer:home")),
        problems=len(errors),
        status=422 if errors else 200,
        grounds=_options(rules.legal_grounds(on=today())),
        minutes=_minutes(break_glass=True),
        hours=int(rules.review_time(on=today()).total_seconds()) // 3600,
        typed=typed,
        errors=errors,
        gaps=[{"path": path, "text": text} for path, text in errors.items()],
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    given = request.POST if request.method == "POST" else {}
    return {
        "number": given.get("number", "") or request.GET.get("so", ""),
        "purpose": given.get("purpose", ""),
        "sentence": given.get("sentence", ""),
    }


def _faults(typed: dict[str, str], *, break_glass: bool) -> dict[str, str]:
    """What was left empty, by control."""
    return faults(
        {
            "purpose": lambda: rules.chosen(typed["purpose"], break_glass=break_glass, on=today()),
            "sentence": lambda: rules.sentence(typed["sentence"], on=today()),
        }
    )


def _onward(request: HttpRequest, found: Dossier) -> str:
    """The page of this dossier that was asked for; anything else leads to the dossier."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    here = href_of(found)
    own = reverse("officer:dossier", kwargs={"dossier_id": found.pk})
    is_of_dossier = any(asked == page or asked.startswith((f"{page}/", f"{page}?")) for page in (here, own))
    return asked if is_of_dossier and "/muc-dich" not in asked else here


def _options(choices: list[rules.Choice]) -> list[Option]:
    return [Option(one.code, pick(one, "name"), hint=one.basis) for one in choices]


def _minutes(*, break_glass: bool) -> int:
    return int(rules.opening_time(break_glass=break_glass, on=today()).total_seconds()) // 60
