"""Write a draft, or write it anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.directives import draft
from ansinh.directives.access import offices_drafted_for, refuse_unless_drafting, the_letter
from ansinh.directives.models import Letter, LetterState, Purpose
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Officer
from ansinh.platform.errors import DomainError, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import LETTERS, desk, say
from ansinh.web.page import Option


@officer_page
def new_letter(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """An empty draft of one of one's offices."""
    offices = sorted(offices_drafted_for(officer))
    if not offices:
        raise NotAllowed(
            "not-your-letters",
            "Việc soạn và chuyển văn bản của văn thư, lãnh đạo và trưởng phòng ở cơ quan này. Xin nhờ người phụ trách.",
        )
    chosen = request.GET.get("co-quan", request.POST.get("office", ""))
    office_code = chosen if chosen in offices else offices[0]
    problem = ""
    if request.method == "POST":
        try:
            made = draft.begin(_wanted(request.POST), office_code=office_code, actor=officer, at=now())
        except DomainError as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã lưu dự thảo. Số và ngày có khi người ký phát hành."))
            return redirect("officer:letter", letter_id=made.pk)
    return _page(request, officer, office_code, request.POST, problem, translate("Soạn văn bản"))


@officer_page
def edit_letter(request: HttpRequest, officer: OfficerActor, letter_id: UUID) -> HttpResponse:
    """The text and recipients of a draft."""
    letter, problem = the_letter(letter_id, viewer=officer), ""
    refuse_unless_drafting(officer, letter.office_id)
    if letter.state != LetterState.DRAFT:
        return redirect("officer:letter", letter_id=letter.pk)
    if request.method == "POST":
        try:
            draft.change(letter.pk, _wanted(request.POST), actor=officer, at=now())
        except DomainError as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã lưu dự thảo. Số và ngày có khi người ký phát hành."))
            return redirect("officer:letter", letter_id=letter.pk)
    typed = request.POST if request.method == "POST" else _written(letter)
    return _page(request, officer, letter.office_id, typed, problem, translate("Sửa dự thảo"), letter=letter)


def _page(
    request: HttpRequest,
    officer: OfficerActor,
    office_code: str,
    typed: Mapping[str, str],
    problem: str,
    title: str,
    *,
    letter: Letter | None = None,
) -> HttpResponse:
    names = office_names(set(offices_drafted_for(officer)))
    return desk(
        request,
        officer,
        "letters/edit.html",
        title,
        current=LETTERS,
        back=(translate("Văn bản"), reverse("officer:letters")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        typed=typed,
        letter=letter,
        office_code=office_code,
        offices=[Option(code, pick(one, "name")) for code, one in sorted(names.items())],
        signers=[Option(str(one.pk), f"{one.full_name}, {one.title_vi}") for one in _signers(office_code, today())],
    )


def _signers(office_code: str, on: date) -> list[Officer]:
    return draft.signers(office_code, on=on)


def _wanted(typed: Mapping[str, str]) -> draft.Wanted:
    recipients = [
        (line.strip(), str(purpose))
        for purpose in Purpose
        for line in typed.get(f"to-{purpose}", "").splitlines()
        if line.strip()
    ]
    try:
        signer: UUID | None = UUID(typed.get("signer", ""))
    except ValueError:
        signer = None
    return draft.Wanted(
        typed.get("symbol", ""), typed.get("summary", ""), typed.get("body", ""), signer, tuple(recipients)
    )


def _written(letter: Letter) -> dict[str, str]:
    rows = list(letter.recipients.all())
    to = {f"to-{purpose}": "\n".join(row.name for row in rows if row.purpose == purpose) for purpose in Purpose}
    return {
        "symbol": letter.symbol, "summary": letter.summary, "body": letter.body, "signer": str(letter.signer_id), **to,
    }  # fmt: skip
