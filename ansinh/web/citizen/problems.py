"""Problems that one's organisation tells the social insurance office, with their state and answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.directives.problems import Problem, answer_days
from ansinh.directives.problems_of_units import report_as_unit, reports_of_units, units_of_person
from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.page import Option
from ansinh.web.problem_view import kinds_of_problem, problem_row

MOST = 100
TOLD = "problem_told"
BOX = {"problem-about": "about", "problem-title": "title", "problem-words": "body", "not-your-unit": "organisation"}
"""Code of a refusal → the box it stands beside."""


@citizen_page
def problems(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """What was told, the newest first, and the form for another one."""
    refused: DomainError | None = None
    if request.method == "POST":
        try:
            _tell(request, citizen)
        except DomainError as problem:
            refused = problem
        else:
            return HttpResponseRedirect(reverse("citizen:problems"))
    units = list(units_of_person(citizen, on=today()))
    return render(
        request,
        "citizen/problems.html",
        status=422 if refused else 200,
        page=frame(
            citizen,
            translate("Vướng mắc của đơn vị"),
            current=ACCOUNT,
            back=(translate("Tổ chức"), reverse("citizen:organisations")),
            problems=1 if refused else 0,
        ),
        told=request.session.pop(TOLD, ""),
        units=[Option(str(one.pk), one.name) for one in units],
        kinds=kinds_of_problem(),
        rows=[problem_row(one) for one in reports_of_units(citizen, on=today())[:MOST]],
        days=answer_days(urgent=False, on=today()),
        urgent_days=answer_days(urgent=True, on=today()),
        typed=request.POST,
        faults={BOX.get(refused.code, "title"): sentence(refused)} if refused else {},
    )


def _tell(request: HttpRequest, citizen: Citizen) -> None:
    typed = request.POST
    told = Problem(typed.get("about", ""), typed.get("title", ""), typed.get("body", ""), urgent="urgent" in typed)
    try:
        organisation_id = UUID(typed.get("organisation", ""))
    except ValueError:
        raise Invalid("not-your-unit", "Chưa chọn đơn vị báo vướng mắc. Xin chọn trong danh sách.") from None
    made = report_as_unit(told, organisation_id=organisation_id, actor=citizen, at=now())
    row = problem_row(made)
    request.session[TOLD] = translate("Đã báo {office}.", office=row["to"])
