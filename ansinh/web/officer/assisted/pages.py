"""Type for a person at the counter, on the same pages the person would use at home (R-193)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework.from_post import file_form
from ansinh.casework.receipt import make_receipt_when_sealed
from ansinh.catalogue.queries import frozen, services_on
from ansinh.dossiers import assist
from ansinh.dossiers.access import Holder
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import AssistedDraft, Draft
from ansinh.dossiers.sign import offer_document
from ansinh.dossiers.submit import Confirmation, HandSigned, submit
from ansinh.dossiers.words import REGISTRATION
from ansinh.files.limits import ACCEPT, limits_in_words
from ansinh.files.receive import receive_scan
from ansinh.offices.queries import office
from ansinh.people.acting.counter import refuse_unless_counter
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.at_counter import PaperIdentity
from ansinh.people.models import Person
from ansinh.people.one_time_codes import CodeRefused
from ansinh.people.queries import contacts_of, person_by_number
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, Invalid, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import as_the_house, learn
from ansinh.platform.storage import open_file
from ansinh.post.access import the_incoming
from ansinh.signing.models import Format
from ansinh.signing.offers.make import offered_bytes, offers_of
from ansinh.web.actors import View, device, network, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.finish import channels, read_back
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.bank_accounts import counters_of
from ansinh.web.officer.frame import REGISTRATIONS, desk, head, say
from ansinh.web.officer.posted_day import posted_day, typed_boxes
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Option

AREA, ASSIST = "assist", "assist"
WHY = "Kê khai giúp người đến quầy"
PLACES = {
    "person-not-found": "so",
    "paper-incomplete": "ten",
    "person-died": "so",
    "no-account": "so",
    "identity-not-compared": "identity_matches",
}


@people_page(PageKind.ASSISTED, WHY)
def begin(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Who stands at the counter, and what is filed; drafts of today can be gone on with."""
    refuse_unless_counter(officer)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            draft = assist.begin_for(
                who_files(request),
                request.POST.get("thu_tuc", ""),
                actor=officer,
                office_code=request.POST.get("office", ""),
                identity_matches="identity_matches" in request.POST,
                at=now(),
            )
        except DomainError as refused:
            errors[PLACES.get(refused.code, "thu_tuc")] = sentence(refused)
        else:
            filing = _filing(request, officer, seen, draft.pk)
            return HttpResponseRedirect(filing.href("section", section_key=filing.sections()[0].key))
    open_drafts = assist.assisted_today(actor=officer, at=now())
    seen.note_people(one.draft.owner_id for one in open_drafts)
    return desk(
        request,
        officer,
        "assisted/assist.html",
        translate("Nộp giúp tại quầy"),
        current=REGISTRATIONS,
        back=(translate("Đăng ký tại quầy"), reverse("officer:registrations")),
        problems=len(errors),
        status=422 if errors else 200,
        errors=errors,
        problem_list=[{"path": path, "text": text} for path, text in errors.items()],
        number=request.POST.get("so", ""),
        slug=request.POST.get("thu_tuc", ""),
        services=[
            Option(one.slug, pick(one.procedure, "short_name"))
            for one in services_on(today())
            if one.procedure.online and one.slug != REGISTRATION
        ],
        counters=counters_of(officer),
        asks_paper="so" in errors or any(request.POST.get(name) for name in ("ten", "sinh.year")),
        typed={
            "name": request.POST.get("ten", ""),
            "sex": request.POST.get("gioi", ""),
            "born": typed_boxes(request, "sinh"),
        },
        open_drafts=[_row(one) for one in open_drafts],
    )


def on_draft(page: Callable[..., HttpResponse]) -> View:
    """A view of a draft this officer types today: `page(request, filing, **parts)`."""

    @people_page(PageKind.ASSISTED, WHY)
    def view(
        request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID, **parts: object
    ) -> HttpResponseBase:
        return page(request, _filing(request, officer, seen, draft_id), **parts)

    return view


@people_page(PageKind.ASSISTED, WHY)
def finish(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> HttpResponseBase:
    """Read everything back; then the person's own code, or the printed page signed by hand, confirms it."""
    filing, owner = _filing(request, officer, seen, draft_id), _owner(officer, draft_id)
    if not completeness(filing.draft, today=today()).complete:
        return HttpResponseRedirect(filing.href("check"))
    error, place = "", "channel"
    if request.method == "POST":
        by_hand = request.POST.get("_by") == "hand"
        try:
            if by_hand:
                return _filed_by_hand(request, officer, owner, draft_id)
            if request.POST.get("_by") == "post":
                return _filed_from_post(request, officer, owner, draft_id)
            sent = request_code(
                draft_id,
                actor=owner,
                channel="email" if request.POST.get("channel") == "email" else "sms",
                session_key=session_key(request),
                network=network(request),
                at=now(),
            )
        except DomainError as refused:
            error, place = sentence(refused), "scan" if request.POST.get("_by") else "channel"
        else:
            code.remember(request, str(draft_id), sent.pk)
            return HttpResponseRedirect(filing.href("code"))
    return read_back(
        request,
        filing,
        channels(*contacts_of(owner.account_id)),
        error=error if place == "channel" else "",
        status=422 if error else 0,
        template="officer/assisted/read_back.html",
        from_post=bool(filing.beside),
        scan_error=error if place == "scan" else "",
        accept=ACCEPT,
        limits=limits_in_words(),
        print_href=filing.href("print"),
    )


@people_page(PageKind.ASSISTED, WHY)
def print_page(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> HttpResponse:
    """The page of confirmation to be printed, with room for the person's hand and the digest of all of it."""
    _filing(request, officer, seen, draft_id)
    owner = _owner(officer, draft_id)
    offer = offer_document(draft_id, actor=owner, document_format=Format.PDF, at=now(), by_hand=True)
    headers = {"Content-Disposition": 'inline; filename="to-khai-ky-tay.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(offered_bytes(offer), content_type="application/pdf", headers=headers)


@people_page(PageKind.ASSISTED, WHY)
def filed(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> HttpResponse:
    """What was filed, and the receipt to be printed and handed over at once."""
    found = assist.filed_today(draft_id, actor=officer, at=now())
    if found is None:
        return redirect("assist:finish", draft_id=draft_id)
    seen.note_people([found.owner_id])
    return desk(
        request,
        officer,
        "assisted/filed.html",
        translate("Đã nộp hồ sơ {number}", number=found.number),
        current=ASSIST,
        back=(translate("Nộp giúp tại quầy"), reverse("assist:begin")),
        dossier=found,
        office=pick(office(found.office_code), "name"),
        receipt_href=reverse("assist:receipt", args=[draft_id]),
    )


@people_page(PageKind.ASSISTED, WHY)
def receipt(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> HttpResponseBase:
    """The signed receipt, made now if no worker has made it yet."""
    found = assist.filed_today(draft_id, actor=officer, at=now())
    if found is None:
        return redirect("assist:finish", draft_id=draft_id)
    seen.note_people([found.owner_id])
    with as_the_house():  # the dossier may have gone to another office
        made = make_receipt_when_sealed(found, at=now())
    if made is None:
        say(request, translate("Giấy tiếp nhận đang được lập. Xin tải lại sau một phút."))
        return redirect("assist:filed", draft_id=draft_id)
    return FileResponse(open_file(made.sha256), content_type=made.media_type, filename=made.file_name)


def _filed_from_post(request: HttpRequest, officer: OfficerActor, owner: Citizen, draft_id: UUID) -> HttpResponse:
    if "signed" not in request.POST:
        raise Invalid("form-unsigned", "Chưa đánh dấu mẫu giấy đã có chữ ký của người nộp.")
    incoming_id = assist.typed_from(draft_id, actor=officer, at=now())
    if incoming_id is None:
        raise Invalid("not-from-post", "Bản này không gõ từ bưu gửi nào. Xin chọn cách xác nhận khác.")
    complete = "complete" in request.POST
    file_form(draft_id, incoming_id, actor=officer, owner=owner, originals_complete=complete, at=now())
    return redirect("assist:filed", draft_id=draft_id)


def _filed_by_hand(request: HttpRequest, officer: OfficerActor, owner: Citizen, draft_id: UUID) -> HttpResponse:
    file = request.FILES.get("scan")
    if file is None:
        raise Invalid("scan-missing", "Chưa chọn bản quét có chữ ký. Xin in trang xác nhận, mời người nộp ký rồi quét.")
    if "signed" not in request.POST:
        raise Invalid("scan-unseen", "Chưa đánh dấu người nộp đã ký trước mặt ông/bà.")
    printed = offers_of(draft_id, account_id=owner.account_id, document_format=Format.PDF)
    if not printed:
        raise Invalid("nothing-printed", "Chưa in trang xác nhận. Xin in, mời người nộp đọc và ký.")
    scan = receive_scan(file, name=file.name or "", at=now())
    submit(
        draft_id=draft_id,
        actor=owner,
        confirmation=HandSigned(
            printed[0].pk, scan.file.sha256, scan.file.size, officer,
            assist.office_of(draft_id, actor=officer, at=now()),
        ),
        idempotency_key=f"draft-{draft_id}",
        channel=assist.CHANNEL,
        at=now(),
        typed_by=officer,
    )  # fmt: skip
    return redirect("assist:filed", draft_id=draft_id)


@people_page(PageKind.ASSISTED, WHY)
def type_code(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> HttpResponse:
    """The person reads the code from the own telephone and so confirms; then the dossier is filed."""
    filing, owner = _filing(request, officer, seen, draft_id), _owner(officer, draft_id)
    sent = code.remembered(request, str(draft_id))
    if sent is None:
        return HttpResponseRedirect(filing.href("finish"))
    words = code.CodePage(
        citizen=None,
        purpose=translate("Người nộp tự đọc mã trên máy mình để xác nhận nộp hồ sơ này; cán bộ không giữ mã."),
        button=translate("Nộp hồ sơ"),
        back=(translate("Đọc lại tờ khai"), filing.href("finish")),
        again_href=filing.href("finish"),
        head=filing.head,
        layout=filing.layout,
    )
    if "_again" in request.POST:
        return code.send_again(request, sent, words, now())
    if request.method != "POST":
        return code.show(request, sent, words)
    typed = request.POST.get("code", "")
    try:
        done = submit(
            draft_id=draft_id,
            actor=owner,
            confirmation=Confirmation(sent.pk, typed, session_key(request), device(request)),
            idempotency_key=f"draft-{draft_id}",
            channel=assist.CHANNEL,
            at=now(),
            typed_by=officer,
        )
    except CodeRefused as refused:
        again = code.remembered(request, str(draft_id)) or sent
        return code.show(request, again, words, error=sentence(refused), typed=typed[:10])
    say(request, translate("Đã nộp hồ sơ {number} cho {name}.", number=done.number, name=owner.name))
    return redirect("assist:filed", draft_id=draft_id)


def who_files(request: HttpRequest) -> Person | PaperIdentity:
    """The known person of the typed number, else whoever the identity paper says. Raises NotFound, Invalid."""
    number = request.POST.get("so", "")
    try:
        return person_by_number(number)
    except NotFound:
        if not request.POST.get("ten", "").strip():
            raise
    day = posted_day(request, "sinh")
    year = request.POST.get("sinh.year", "").strip()
    only_year = not any(request.POST.get(f"sinh.{part}", "").strip() for part in ("day", "month"))
    born = day.isoformat() if day else year if only_year else ""
    return PaperIdentity(number, request.POST.get("ten", ""), born, request.POST.get("gioi", ""))


def _filing(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> Filing:
    draft, owner = _assisted(officer, draft_id)
    seen.note_people([draft.owner_id])
    return Filing(
        draft,
        Holder.of(owner),
        None,
        AREA,
        partial(head, request, officer),
        "layout/desk.html",
        (translate("Nộp giúp tại quầy"), reverse("assist:begin")),
        _scans(officer, draft_id),
    )


def _scans(officer: OfficerActor, draft_id: UUID) -> tuple[tuple[str, str], ...]:
    """The pages of the paper form beside the questions."""
    incoming_id = assist.typed_from(draft_id, actor=officer, at=now())
    if incoming_id is None:
        return ()
    item = the_incoming(incoming_id, viewer=officer)
    return tuple(
        (
            translate("Trang {n} của {name}", n=number, name=scan.name),
            reverse("officer:incoming-scan", args=[item.pk, scan.pk, number]),
        )
        for scan in item.scans.all()
        for number in range(1, scan.page_count + 1)
    )


def _owner(officer: OfficerActor, draft_id: UUID) -> Citizen:
    return _assisted(officer, draft_id)[1]


def _assisted(officer: OfficerActor, draft_id: UUID) -> tuple[Draft, Citizen]:
    draft, owner = assist.assisted(draft_id, actor=officer, at=now())
    learn(account_id=owner.account_id, owner_id=owner.owner_id)  # the page is the person's, typed by another
    return draft, owner


def _row(one: AssistedDraft) -> dict[str, Any]:
    folder = frozen(one.draft.version_id)
    return {
        "name": pick(folder.procedure, "short_name"),
        "person": one.draft.account.display_name if one.draft.account else "",
        "href": reverse("assist:check", args=[one.draft_id]),
        "at": one.draft.updated_at,
    }
