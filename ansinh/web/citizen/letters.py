"""Letters that reached the organisations one works for: read, confirmed, downloaded."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from ansinh.directives import follow
from ansinh.people.actors import Citizen
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.letter_files import attachment_response, pdf_response


@citizen_page
def letters(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The list, the last first."""
    rows = list(follow.letters_of_unit(citizen, on=today()).select_related("organisation")[:100])
    back = (translate("Tổ chức"), reverse("citizen:organisations"))
    page = frame(citizen, translate("Văn bản của cơ quan BHXH"), current=ACCOUNT, back=back)
    return render(request, "citizen/letters.html", page=page, rows=rows)


@citizen_page
def letter(request: HttpRequest, citizen: Citizen, delivery_id: UUID) -> HttpResponse:
    """One letter; opening it is reading it, POST confirms."""
    if request.method == "POST":
        follow.confirm_as_unit(delivery_id, actor=citizen, at=now())
        return HttpResponseRedirect(reverse("citizen:letter", kwargs={"delivery_id": delivery_id}))
    held = follow.read_as_unit(delivery_id, actor=citizen, at=now())
    back = (translate("Văn bản của cơ quan BHXH"), reverse("citizen:letters"))
    return render(
        request,
        "citizen/letter.html",
        page=frame(citizen, held.letter.full_number, current=ACCOUNT, back=back),
        held=held,
        letter=held.letter,
        paragraphs=[line for line in held.letter.body.split("\n") if line.strip()],
        attachments=list(held.letter.attachments.all()),
    )


@citizen_page
def letter_pdf(request: HttpRequest, citizen: Citizen, delivery_id: UUID) -> HttpResponseBase:
    """The letter as it was signed."""
    return pdf_response(follow.read_as_unit(delivery_id, actor=citizen, at=now()).letter)


@citizen_page
def letter_file(request: HttpRequest, citizen: Citizen, delivery_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """A file of the letter, unchanged."""
    return attachment_response(follow.read_as_unit(delivery_id, actor=citizen, at=now()).letter, attachment_id)
