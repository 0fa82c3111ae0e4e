"""What readers said of the pages one's offices own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.directives import feedback
from ansinh.people.actors import OfficerActor
from ansinh.people.officers.powers import speaks_for
from ansinh.platform.errors import DomainError, NotAllowed, NotFound
from ansinh.platform.language import translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import FACE, desk, say


@officer_page
def page_feedback(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Comments, open ones first, and how often each page helped; POST says what was done."""
    if not speaks_for(officer, on=today()):
        raise NotAllowed(
            "not-your-office",
            "Ông/bà không được ghi thông tin công khai của cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống ở đó.",
        )
    problem = ""
    if request.method == "POST":
        try:
            found = request.POST.get("feedback", "")
            feedback.answer(_uuid(found), done=request.POST.get(f"done-{found}", ""), actor=officer, at=now())
        except DomainError as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã ghi việc đã làm với góp ý này."))
            return redirect("officer:page-feedback")
    return desk(
        request,
        officer,
        "letters/feedback.html",
        translate("Góp ý về trang"),
        current=FACE,
        back=(translate("Trang công khai"), reverse("officer:faces")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        rows=list(feedback.feedback_for(officer, at=now())[:100]),
        tally=feedback.tally(officer, at=now()),
    )


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound("feedback-unknown", "Không có góp ý này. Xin tải lại trang.") from None
