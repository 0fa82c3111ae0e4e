"""What an organisation asks about itself: the declaration, its certificate, the comparison, and the approval."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.organisations import approve as casework
from ansinh.casework.organisations.matter import needs_comparison, signed_by
from ansinh.casework.registration import check_of
from ansinh.dossiers.models import Dossier, State
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Conflict
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_any_counter
from ansinh.platform.vietnamese import date_vi
from ansinh.web.clock import now, today
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.reading import papers_of, sections_of
from ansinh.web.officer.time_view import history_of
from ansinh.web.officer.watched import act_page, dossier_page


@dossier_page(PageKind.DOSSIER)
@at_any_counter()
def matter(request: HttpRequest, officer: OfficerActor, looked_at: Dossier) -> HttpResponse:
    """Everything the approval rests on, on one page."""
    found = casework.the_matter(looked_at.pk, actor=officer)
    is_open = found.state in casework.OPEN
    blockers = casework.blockers(found, actor=officer, on=today()) if is_open else []
    return desk(
        request,
        officer,
        "organisation.html",
        translate("{name}: còn {n} việc trước khi phê duyệt", name=found.applicant_name, n=len(blockers))
        if blockers
        else translate("{name}: đã đủ, phê duyệt được", name=found.applicant_name)
        if is_open
        else translate("{name}: {state}", name=found.applicant_name, state=translate(State(found.state).label)),
        current=WORK,
        back=(found.number, reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        dossier=found,
        is_open=is_open,
        blockers=[translate(text) for _, text in blockers],
        signature=_signature(found),
        compares=needs_comparison(found),
        check=check_of(found),
        sections=sections_of(found, on=today()),
        papers=[group for group in papers_of(found) if group.versions],
        history=history_of(found, list(found.events.all())),
    )


@act_page
@at_any_counter()
def compare(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Keep what was compared with the papers on the desk."""
    casework.the_matter(dossier_id, actor=officer)
    if request.method == "POST":
        casework.keep_comparison(
            dossier_id, actor=officer, papers_match="papers_match" in request.POST, signed="signed" in request.POST,
            at=now(),
        )  # fmt: skip
        say(request, translate("Đã ghi kết quả đối chiếu."))
    return redirect("officer:organisation-matter", dossier_id=dossier_id)


@act_page
@at_any_counter()
def approve(request: HttpRequest, officer: OfficerActor, dossier_id: UUID) -> HttpResponse:
    """Approve it; a reason against it is told on the page. A second press changes nothing."""
    found = casework.the_matter(dossier_id, actor=officer)
    if request.method == "POST":
        try:
            casework.approve(dossier_id, actor=officer, at=now())
        except Conflict:
            if found.state != State.GRANTED:
                raise
        say(request, translate("Đã phê duyệt. {name} được báo ngay.", name=found.applicant_name))
    return redirect("officer:organisation-matter", dossier_id=dossier_id)


def _signature(found: Dossier) -> list[dict[str, str]]:
    signature = signed_by(found)
    if signature is None:
        return []
    used = signature.certificate
    return [
        {"label": translate("Người ký"), "value": signature.name},
        {"label": translate("Mã số thuế trong chứng thư"), "value": signature.tax_code or translate("không có")},
        {"label": translate("Nơi cấp"), "value": used.issuer},
        {"label": translate("Số seri"), "value": used.serial},
        {
            "label": translate("Hiệu lực"),
            "value": translate("từ {first} đến {last}", first=date_vi(used.valid_from), last=date_vi(used.valid_to)),
        },
    ]
