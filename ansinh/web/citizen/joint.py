"""A paper that both sides sign: read it, download it, send it back signed, or say what should be changed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.joint.applicant import content_of, decline, hand_in, offer_to_sign, paper_to_sign
from ansinh.casework.models import JointPaper
from ansinh.catalogue.queries import frozen
from ansinh.people.actors import Citizen, Right
from ansinh.platform.errors import Conflict, DomainError, Invalid
from ansinh.platform.language import pick, translate
from ansinh.signing.models import Way
from ansinh.web.actors import citizen_page, device, render
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.signing.filed import Fault, fault
from ansinh.web.citizen.signing.matter import paper_ways
from ansinh.web.citizen.signing.upload import FILE
from ansinh.web.clock import now

PDF = "application/pdf"


@citizen_page
def joint_paper(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """The page; its buttons download the paper, take the signed one, or send it back with a wish."""
    try:
        paper = paper_to_sign(dossier_id, actor=citizen)
    except Conflict:
        return HttpResponseRedirect(_dossier_href(dossier_id))  # signed before, or taken back: its page says so
    if request.GET.get("xem"):
        return HttpResponse(content_of(paper), content_type=PDF)
    if request.method != "POST":
        return _page(request, citizen, paper)
    try:
        return _do(request, citizen, paper)
    except DomainError as refused:
        return _page(request, citizen, paper, wrong=fault(refused))


def _do(request: HttpRequest, citizen: Citizen, paper: JointPaper) -> HttpResponse:
    if "_make" in request.POST:
        return _to_sign(paper, citizen)
    if "_decline" in request.POST:
        decline(paper.dossier_id, actor=citizen, why=request.POST.get("why", ""), at=now())
    else:
        offer = offer_to_sign(paper.dossier_id, actor=citizen, at=now())
        hand_in(
            paper.dossier_id, actor=citizen, offer_id=offer.pk, signed=_sent(request), way=Way.UPLOAD,
            device=device(request), at=now(),
        )  # fmt: skip
    return HttpResponseRedirect(_dossier_href(paper.dossier_id))


def _to_sign(paper: JointPaper, citizen: Citizen) -> HttpResponse:
    offer_to_sign(paper.dossier_id, actor=citizen, at=now())
    answer = HttpResponse(content_of(paper), content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="van-ban-de-ky-{paper.sha256[:8]}.pdf"'
    return answer


def _sent(request: HttpRequest) -> bytes:
    file = request.FILES.get(FILE)
    if not isinstance(file, UploadedFile) or not file.size:
        raise Invalid("no-signed-file", "Chưa chọn tệp nào. Xin chọn tệp đã ký rồi gửi lại.")
    content: bytes = file.read()
    return content


def _page(request: HttpRequest, citizen: Citizen, paper: JointPaper, *, wrong: Fault | None = None) -> HttpResponse:
    dossier = paper.dossier
    in_wish = wrong is not None and wrong.code == "decline-needs-why"
    return render(
        request,
        "citizen/joint.html",
        status=422 if wrong else 200,
        page=frame(
            citizen,
            translate("Đọc và ký văn bản"),
            current=DOSSIERS,
            back=(translate("Hồ sơ {number}", number=dossier.number), _dossier_href(dossier.pk)),
            problems=int(bool(wrong)),
        ),
        name=pick(frozen(dossier.version_id).procedure, "short_name"),
        number=paper.decision.number,
        offered_at=paper.offered_at,
        may_sign=citizen.may(Right.SIGN, procedure=dossier.procedure),
        wrong=wrong,
        error_file="" if wrong is None or in_wish else wrong.text,
        error_why=wrong.text if wrong is not None and in_wish else "",
        field=FILE,
        ways=paper_ways(partial(_way_href, dossier.pk)),
        why=request.POST.get("why", "")[:2000],
    )


def _way_href(dossier_id: UUID, page: str) -> str:
    return reverse(f"citizen:paper-{page}", kwargs={"dossier_id": dossier_id})


def _dossier_href(dossier_id: UUID) -> str:
    return reverse("citizen:dossier", kwargs={"dossier_id": dossier_id})
