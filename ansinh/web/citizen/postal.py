"""What the office sent by post: where it is, and what to do when it came back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.dossiers.access import the_dossier
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.post.answer_return import answer_return, items_of, the_item, waits_for_answer
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence


@citizen_page
def item(request: HttpRequest, citizen: Citizen, dossier_id: UUID, postal_id: UUID) -> HttpResponse:
    """One item; of a returned one the question where to."""
    dossier, found = the_dossier(dossier_id, actor=citizen), the_item(dossier_id, postal_id, actor=citizen)
    problem: dict[str, str] = {}
    if request.method == "POST":
        try:
            answer_return(
                dossier_id, postal_id, answer=request.POST.get("answer", ""), address=request.POST.get("address", ""),
                actor=citizen, at=now(),
            )  # fmt: skip
        except DomainError as refused:
            place = "address" if refused.code == "return-address" else "answer"
            problem = {"path": place, "text": sentence(refused)}
        else:
            return redirect("citizen:dossier", dossier_id=dossier.pk)
    return render(
        request,
        "citizen/postal_item.html",
        status=422 if problem else 200,
        page=frame(
            citizen,
            translate("Bưu gửi {number}", number=found.tracking_number or found.number),
            current=DOSSIERS,
            back=(translate("Hồ sơ {number}", number=dossier.number), reverse("citizen:dossier", args=[dossier.pk])),
            problems=int(bool(problem)),
        ),
        row=_row(dossier, found),
        item=found,
        asks=waits_for_answer(found),
        answer=request.POST.get("answer", ""),
        address=request.POST.get("address", ""),
        problem=problem,
    )


def rows_of(dossier: Dossier) -> list[dict[str, Any]]:
    """What was sent in a dossier, for its page."""
    return [_row(dossier, one) for one in items_of(dossier)]


def _row(dossier: Dossier, one: OutgoingItem) -> dict[str, Any]:
    return {
        "what": one.what,
        "state": translate(OutgoingState(one.state).label),
        "tracking": one.tracking_number,
        "at": one.ended_at or one.delivered_at or one.returned_at or one.posted_at or one.made_at,
        "asks": waits_for_answer(one),
        "href": reverse("citizen:postal-item", kwargs={"dossier_id": dossier.pk, "postal_id": one.pk}),
    }
