"""Published letters: a page, the signed PDF, the files; and whether a page helped (R-154, R-184, R-185)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from ansinh.catalogue.queries import folder_in_force
from ansinh.directives import feedback
from ansinh.directives.letter_pdf import copies
from ansinh.directives.models import Purpose
from ansinh.directives.published import the_published
from ansinh.platform.language import pick, translate
from ansinh.web.actors import public_page
from ansinh.web.clock import now, today
from ansinh.web.letter_files import attachment_response, pdf_response
from ansinh.web.public.frame import frame, show

THANKED = "cam-on"


@public_page
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A published letter; POST says whether it helped."""
    found = the_published(letter_id)
    here = reverse("public:letter", kwargs={"letter_id": found.pk})
    if request.method == "POST":
        helped, comment = request.POST.get("helped") == "yes", request.POST.get("comment", "")
        feedback.about_letter(found.pk, helped=helped, comment=comment, at=now())
        return HttpResponseRedirect(f"{here}?{THANKED}=1#co-ich")
    province = reverse("public:province", kwargs={"code": found.office.province_code})
    return show(
        request,
        "public/letter.html",
        frame(request, f"{found.full_number}: {found.summary}", back=(pick(found.office, "name"), province)),
        letter=found,
        addressees=[one.name for one in found.recipients.all() if one.purpose == Purpose.ACT],
        copies=copies(found),
        paragraphs=[line for line in found.body.split("\n") if line.strip()],
        attachments=list(found.attachments.all()),
        helpful_href=here,
        thanked=THANKED in request.GET,
    )


@public_page
def letter_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """The letter as it was signed."""
    return pdf_response(the_published(letter_id))


@public_page
def letter_file(request: HttpRequest, letter_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """A file that goes with a published letter."""
    return attachment_response(the_published(letter_id), attachment_id)


@public_page
def guide_helped(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the guide of a service helped; back to the guide."""
    guide = reverse("public:guide", kwargs={"slug": slug})
    if request.method != "POST":
        return HttpResponseRedirect(guide)
    folder = folder_in_force(slug, on=today())
    title = translate("Hướng dẫn: {name}", name=folder.procedure.short_name_vi)
    helped = request.POST.get("helped") == "yes"
    feedback.about_guide(slug, title, helped=helped, comment=request.POST.get("comment", ""), at=now())
    return HttpResponseRedirect(f"{guide}?{THANKED}=1#co-ich")
