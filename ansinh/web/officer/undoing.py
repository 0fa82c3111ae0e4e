"""Effects of an earlier result: what the machine undoes with the new signature, and what is put right by hand."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.reopening.by_hand import benefits_of, by_people, may_write, to_undo, undone_by_hand
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.staff.scene import uuid_of
from ansinh.web.officer.watched import dossier_page
from ansinh.web.page import Option

BOX = {"effect-unknown": "effect", "undoing-needs-words": "words", "undoing-needs-document": "document"}


@dossier_page(PageKind.WORK)
def undoing(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """The effects, and a form for each that needs people."""
    problem: Invalid | None = None
    if request.method == "POST":
        chosen: UUID | None = uuid_of(request.POST["effect"]) if request.POST.get("effect") else None
        words, document = request.POST.get("words", ""), request.POST.get("document", "")
        try:
            if chosen is None:
                raise Invalid("effect-unknown", "Chưa chọn tác động nào đã gỡ. Xin chọn trong danh sách.")
            undone_by_hand(found.pk, chosen, actor=officer, words=words, document=document, at=now())
        except Invalid as refused:
            problem = refused
        else:
            say(request, translate("Đã ghi nhận. Kết quả mới ký được khi không còn tác động nào phải gỡ bằng tay."))
            return redirect("officer:undoing", dossier_id=found.pk)
    return desk(
        request,
        officer,
        "undoing.html",
        translate("Gỡ tác động cũ"),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        dossier=found,
        rows=[
            {
                "says": pick(one, "says"),
                "next": translate(step) if step else "",
                "benefits": ", ".join(benefits_of(one)),
                "undone": one.reversal if hasattr(one, "reversal") else None,
            }
            for one, step in to_undo(found)
        ],
        options=[
            Option(str(one.pk), pick(one, "says")[:120])
            for one, _ in to_undo(found)
            if by_people(one, found, viewer=officer, at=now())
        ],
        writes=may_write(found, viewer=officer),
        typed=request.POST,
        faults={BOX.get(problem.code, "words"): sentence(problem)} if problem else {},
    )
