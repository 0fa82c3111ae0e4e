"""Problems of one's office, told to the office above; and those that wait for one's answer."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.directives import problems
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import PROBLEMS, desk, say
from ansinh.web.page import Option
from ansinh.web.problem_view import kinds_of_problem, problem_row

MOST = 100


@officer_page
def problem_reports(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What waits for an answer, what was reported, and the form for another one."""
    problem, typed = "", request.POST
    if request.method == "POST":
        try:
            say(request, _act(typed, officer))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:problem-reports")
    names = office_names(set(officer.office_codes))
    return desk(
        request,
        officer,
        "letters/problems.html",
        translate("Vướng mắc"),
        current=PROBLEMS,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        at_fault=typed.get("report", "") or "title",
        waiting=[problem_row(one) for one in problems.to_answer(officer, at=now())[:MOST]],
        rows=[problem_row(one) for one in problems.known(officer, at=now())[:MOST]],
        offices=[Option(code, pick(one, "name")) for code, one in sorted(names.items()) if one.parent_id],
        kinds=kinds_of_problem(),
        days=problems.answer_days(urgent=False, on=today()),
        urgent_days=problems.answer_days(urgent=True, on=today()),
        typed=typed,
    )


def _act(typed: Mapping[str, str], officer: OfficerActor) -> str:
    act, key = typed.get("_act", ""), typed.get("report", "")
    if act == "answer":
        problems.answer(_uuid(key), text=typed.get(f"words-{key}", ""), actor=officer, at=now())
        return translate("Đã trả lời. Nơi báo vướng mắc thấy ngay và được báo tin.")
    if act == "pass-on":
        found = problems.pass_on(_uuid(key), note=typed.get(f"words-{key}", ""), actor=officer, at=now())
        return translate("Đã chuyển lên {office}.", office=pick(found.to_office, "name"))
    told = problems.Problem(
        typed.get("about", ""), typed.get("title", ""), typed.get("body", ""), urgent="urgent" in typed
    )
    made = problems.report(told, office_code=typed.get("office", ""), actor=officer, at=now())
    return translate("Đã báo {office}.", office=pick(made.to_office, "name"))


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound(
            "problem-unknown", "Không có vướng mắc này đang chờ cơ quan ông/bà trả lời. Xin tải lại trang."
        ) from None
