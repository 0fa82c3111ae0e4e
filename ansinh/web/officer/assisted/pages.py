"""Type for a person at the counter, on the same pages the person would use at home (R-193)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.catalogue.queries import frozen, services_on
from ansinh.dossiers import assist
from ansinh.dossiers.access import Holder
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import AssistedDraft, Draft
from ansinh.dossiers.submit import Confirmation, submit
from ansinh.dossiers.words import REGISTRATION
from ansinh.people.acting.counter import refuse_unless_counter
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.one_time_codes import CodeRefused
from ansinh.people.queries import contacts_of, person_by_number
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import learn
from ansinh.web.actors import View, device, network, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.finish import channels, read_back
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.bank_accounts import counters_of
from ansinh.web.officer.frame import REGISTRATIONS, desk, head, say
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Option

AREA = "assist"
WHY = "Kê khai giúp người đến quầy"
PLACES = {"person-not-found": "so", "no-account": "so", "identity-not-compared": "identity_matches"}


@people_page(PageKind.ASSISTED, WHY)
def begin(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Who stands at the counter, and what is filed; drafts of today can be gone on with."""
    refuse_unless_counter(officer)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            draft = assist.begin_for(
                person_by_number(request.POST.get("so", "")),
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
def finish(request: HttpRequest, officer: OfficerActor, seen: Seen, draft_id: UUID) -> HttpResponse:
    """Read everything back to the person; the button sends the code to the person's telephone or mailbox."""
    filing, owner = _filing(request, officer, seen, draft_id), _owner(officer, draft_id)
    if not completeness(filing.draft, today=today()).complete:
        return HttpResponseRedirect(filing.href("check"))
    error = ""
    if request.method == "POST":
        try:
            sent = request_code(
                draft_id,
                actor=owner,
                channel="email" if request.POST.get("channel") == "email" else "sms",
                session_key=session_key(request),
                network=network(request),
                at=now(),
            )
        except DomainError as refused:
            error = sentence(refused)
        else:
            code.remember(request, str(draft_id), sent.pk)
            return HttpResponseRedirect(filing.href("code"))
    return read_back(request, filing, channels(*contacts_of(owner.account_id)), error=error)


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
        filed = submit(
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
    say(request, translate("Đã nộp hồ sơ {number} cho {name}.", number=filed.number, name=owner.name))
    return redirect("assist:begin")


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
