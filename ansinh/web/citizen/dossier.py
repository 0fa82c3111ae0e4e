"""One dossier: what is the matter, what to do, what comes next, who and by when."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from ansinh.casework.apologies.issue import promise_of
from ansinh.casework.complaints.file import may_complain
from ansinh.casework.complaints.second import first_to_follow
from ansinh.casework.declaration import declaration as declaration_pdf
from ansinh.casework.effects.claims import claims_of
from ansinh.casework.effects.done import done_by
from ansinh.casework.evidence.bundle import evidence_bundle
from ansinh.casework.evidence.reader import Reader
from ansinh.casework.joint.offer import standing_paper
from ansinh.casework.ledger import due_if_answered, intervals
from ansinh.casework.models import JointState
from ansinh.casework.reopening.changed import what_changed
from ansinh.casework.rounds import reopenings_of
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import issued_document, the_dossier, the_paper
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import CLOSED_STATES, Dossier, IssuedDocument, State, SupplementRequest
from ansinh.dossiers.originals import originals_of
from ansinh.dossiers.paper_form import form_of
from ansinh.dossiers.signed_document import signed_document, the_signed_document
from ansinh.dossiers.standing import RESULTS, standing_of
from ansinh.dossiers.words import Situation, state_words
from ansinh.eforms.display import show_answers
from ansinh.notifications.queries import mark_read_about
from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import Citizen
from ansinh.people.readings.queries import count_of, owners
from ansinh.platform.language import current, pick, translate
from ansinh.platform.storage import open_file
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen import preview
from ansinh.web.citizen.complaint import complaint_rows
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.lists.sight import page_of_lists
from ansinh.web.citizen.payment import payment_view, waiting_order
from ansinh.web.citizen.postal import rows_of
from ansinh.web.citizen.supplement_pins import Typed, pins, whole_lists
from ansinh.web.citizen.thread import entries
from ansinh.web.citizen.timeline import ledger_view, steps
from ansinh.web.clock import now, today
from ansinh.web.downloads import bundle_of
from ansinh.web.page import Link
from ansinh.web.process_view import dossier_process
from ansinh.web.standing_words import round_words, standing_words

TITLES = {
    "receipt": "Giấy tiếp nhận",
    "supplement": "Phiếu yêu cầu bổ sung",
    "decision": "Kết quả giải quyết",
    "refusal": "Văn bản trả lời",
    "declaration": "Tờ khai",
    "payment": "Biên lai thu tiền",
    "apology": "Thư xin lỗi, hẹn lại ngày",
    "extension": "Thông báo gia hạn giải quyết hồ sơ",
    "complaint": "Văn bản giải quyết khiếu nại",
    "reopening": "Thông báo xem xét lại kết quả giải quyết",
    "confirmation": "Thông báo giữ nguyên kết quả giải quyết",
}
EVENT_OF = {
    "supplement": "supplement_requested",
    "decision": "granted",
    "refusal": "refused",
    "receipt": "submitted",
    "payment": "payment_received",
    "apology": "apologised",
    "extension": "extended",
    "complaint": "complaint_answered",
    "reopening": "reopened",
    "confirmation": "result_confirmed",
}


@citizen_page
def show(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """The dossier page."""
    dossier = the_dossier(dossier_id, actor=citizen)
    at, calendar = now(), work_calendar()
    if request.method == "GET":
        mark_read_about(dossier.pk, account_id=citizen.account_id, at=at)
    asked = open_supplement(dossier)
    items = list(asked.items.all()) if asked else []
    as_it_is = Typed(dossier.answers, {}, today())
    order = waiting_order(dossier)
    answer_by = asked.answer_by if asked is not None else order.due_on if order is not None else None
    where = Situation(
        office(dossier.office_code), today(), calendar, len(items), answer_by, order.amount if order else None
    )
    words = state_words(dossier, where)
    events = list(dossier.events.all())
    documents = list(dossier.documents.all())
    expected = due_if_answered(dossier, today=today(), calendar=calendar)
    spans = intervals(dossier, now=at, calendar=calendar)
    return render(
        request,
        "citizen/dossier.html",
        page=frame(
            citizen,
            words.title,
            current=DOSSIERS,
            back=(translate("Hồ sơ của tôi"), reverse("citizen:home")),
        ),
        dossier=dossier,
        name=pick(frozen(dossier.version_id).procedure, "short_name"),
        words=words,
        due_on=dossier.due_on or expected,
        promise=promise_of(dossier),
        depends_on_answer=dossier.due_on is None,
        today=today(),
        pins=pins(dossier, items, as_it_is),
        anew=whole_lists(dossier, items, as_it_is),
        answer_by=asked.answer_by if asked else None,
        ledger=ledger_view(dossier, spans, now=at, calendar=calendar, due_on=dossier.due_on or expected),
        steps=steps(dossier, events),
        process=dossier_process(dossier),
        form_on_paper=form_of(frozen(dossier.version_id)),
        thread=entries(events, own=citizen.label, links=_links(documents)),
        documents=[{**_document(one), "standing": standing_words(standing_of(one, dossier))} for one in documents],
        effects=done_by(dossier),
        signed=signed_document(dossier),
        complains=may_complain(dossier, on=today()) or first_to_follow(dossier, on=today()) is not None,
        complaints=complaint_rows(dossier),
        is_open=dossier.state not in CLOSED_STATES,
        payment=payment_view(order, citizen),
        looked=count_of(owners(citizen), dossier_id=dossier.pk),
        prints_to_sign=is_signed_on_paper(dossier),
        signs_paper=waits_for_signature(dossier),
        postal=rows_of(dossier),
        result=next((_document(one) for one in reversed(documents) if one.kind in RESULTS), None),
        changed=what_changed(dossier),
        claimed=claims_of(dossier),
        rounds=[round_words(one) for one in reopenings_of(dossier)],
    )


def open_supplement(dossier: Dossier) -> SupplementRequest | None:
    """The request that waits for the applicant, if any."""
    if dossier.state != State.WAITING_FOR_APPLICANT:
        return None
    return dossier.supplement_requests.filter(answered_at__isnull=True).first()


def waits_for_signature(dossier: Dossier) -> bool:
    """Whether a paper waits for the applicant's signature."""
    paper = standing_paper(dossier) if dossier.state == State.IN_PROGRESS else None
    return paper is not None and paper.state == JointState.OFFERED


def document_href(document: IssuedDocument) -> str:
    """Where the paper is downloaded."""
    return reverse("citizen:download", kwargs={"dossier_id": document.dossier_id, "document_id": document.pk})


def _document(document: IssuedDocument) -> dict[str, Any]:
    return {
        "label": translate(TITLES.get(document.kind, document.title)),
        "note": document.number,
        "href": document_href(document),
        "size": document.size,
        "format": document.extension.upper(),
        "kind": document.kind,
    }


def _links(documents: list[IssuedDocument]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for one in documents:
        if one.kind in EVENT_OF:
            label = translate("{name} (PDF)", name=translate(TITLES[one.kind]))
            found.setdefault(EVENT_OF[one.kind], []).append(Link(label, document_href(one)))
    return found


@citizen_page
def declaration(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """What was filed: every answer and every paper, with earlier versions."""
    dossier = the_dossier(dossier_id, actor=citizen)
    form = frozen(dossier.version_id).form
    assert form is not None
    return render(
        request,
        "citizen/declaration.html",
        page=frame(
            citizen,
            translate("Tờ khai và giấy tờ đã nộp"),
            current=DOSSIERS,
            back=(translate("Hồ sơ {number}", number=dossier.number), reverse("citizen:dossier", args=[dossier.pk])),
        ),
        dossier=dossier,
        sections=show_answers(form, dossier.answers, name_of=names(on=today(), language=current())),
        papers=list(dossier.papers.order_by("requirement", "row", "round")),
        list_page=page_of_lists(request),
    )


@citizen_page
def print_declaration(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """The declaration as a PDF; while signed originals are awaited by post it has room for the hand (R-089)."""
    dossier = the_dossier(dossier_id, actor=citizen)
    content = declaration_pdf(dossier, at=now(), to_sign=is_signed_on_paper(dossier))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="to-khai-{dossier.number.replace("/", "-")}.pdf"'
    return response


def is_signed_on_paper(dossier: Dossier) -> bool:
    """Whether a request on its form must come by post with the person's hand."""
    if dossier.state != State.WAITING_FOR_ORIGINALS:
        return False
    return any(paper.form for paper in originals_of(dossier))


@citizen_page
def download(request: HttpRequest, citizen: Citizen, dossier_id: UUID, document_id: UUID) -> FileResponse:
    """A paper the office gave, as it was issued."""
    document = issued_document(the_dossier(dossier_id, actor=citizen), document_id)
    return FileResponse(
        open_file(document.sha256), content_type=document.media_type, as_attachment=True, filename=document.file_name
    )


@citizen_page
def download_signed(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> FileResponse:
    """The declaration as the person signed it."""
    signed = the_signed_document(the_dossier(dossier_id, actor=citizen))
    return FileResponse(
        open_file(signed.sha256), content_type=signed.content_type, as_attachment=True, filename=signed.name
    )


@citizen_page
def evidence(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> StreamingHttpResponse:
    """Everything about the dossier in one file that proves itself."""
    dossier = the_dossier(dossier_id, actor=citizen)
    return bundle_of(dossier, evidence_bundle(dossier, reader=Reader.APPLICANT, at=now()))


@citizen_page
def look(request: HttpRequest, citizen: Citizen, dossier_id: UUID, paper_id: UUID) -> HttpResponse:
    """Look at a paper of the dossier."""
    dossier = the_dossier(dossier_id, actor=citizen)
    return preview.page(
        request,
        the_paper(dossier, paper_id).paper,
        head=partial(frame, citizen),
        layout="layout/citizen.html",
        back=(translate("Hồ sơ {number}", number=dossier.number), reverse("citizen:dossier", args=[dossier.pk])),
        picture_href=lambda number: reverse("citizen:dossier-picture", args=[dossier.pk, paper_id, number]),
    )


@citizen_page
def picture(request: HttpRequest, citizen: Citizen, dossier_id: UUID, paper_id: UUID, number: int) -> HttpResponse:
    """One page of it as a picture."""
    return preview.picture(the_paper(the_dossier(dossier_id, actor=citizen), paper_id).paper, number)
