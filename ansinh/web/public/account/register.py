"""Register for an account: the form without signing in, a password, a code, a dossier number."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.register import SLUG, filed_registration
from ansinh.dossiers.register import register as file_registration
from ansinh.dossiers.register import request_code as send_code
from ansinh.dossiers.submit import Confirmation
from ansinh.offices.queries import office
from ansinh.people import asked_often
from ansinh.people.one_time_codes import CodeRefused
from ansinh.platform.errors import Invalid
from ansinh.platform.language import translate
from ansinh.web.actors import account_of, device, known_session_key, network, public_page, render, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.filing import of_session
from ansinh.web.citizen.finish import channels, read_back
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.identity_way import waiting_identity

BEGUN, MOST_BEGUN = "register", 300
"""Registrations that one network may begin in an hour."""


def holder_of(request: HttpRequest) -> Holder:
    """This browser session, as the holder of a draft."""
    return Holder(account_id=None, session_key=known_session_key(request))


@public_page
def begin(request: HttpRequest) -> HttpResponse:
    """What registering takes; POST begins, and an unfinished one can be gone on with."""
    if account_of(request) is not None:
        return HttpResponseRedirect(reverse("citizen:home"))
    if request.method == "POST":
        asked_often.take(BEGUN, network=network(request), most=MOST_BEGUN, at=now())
        holder = Holder(account_id=None, session_key=session_key(request))
        draft = drafts.begin(SLUG, holder=holder, at=now(), given={"nationality": "VN", **_asserted(request)})
        filing = of_session(holder.session_key, draft.pk)
        return HttpResponseRedirect(filing.href("section", section_key=filing.sections()[0].key))
    unfinished = drafts.open_drafts(holder_of(request)) if known_session_key(request) else []
    return render(
        request,
        "public/account/register.html",
        page=frame(None, translate("Đăng ký tài khoản"), back=(translate("Đăng nhập"), reverse("account:sign-in"))),
        unfinished_href=reverse("account:check", kwargs={"draft_id": unfinished[0].pk}) if unfinished else "",
    )


def _asserted(request: HttpRequest) -> dict[str, str]:
    """What an identity provider has just said of the person, as answers; an officer compares them all the same."""
    asserted = waiting_identity(request, at=now())
    if asserted is None:
        return {}
    facts = {
        "full_name": asserted.full_name,
        "date_of_birth": asserted.date_of_birth,
        "id_number": asserted.personal_number,
    }
    return {key: value for key, value in facts.items() if value}


@public_page
def finish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Read back what was typed; the button sends the code to the typed telephone or mailbox."""
    filed = filed_registration(draft_id, holder=holder_of(request))
    if filed is not None:
        return HttpResponseRedirect(reverse("account:registered", kwargs={"draft_id": draft_id}))
    filing = of_session(known_session_key(request), draft_id)
    if not completeness(filing.draft, today=today()).complete:
        return HttpResponseRedirect(filing.href("check"))
    error = ""
    if request.method == "POST":
        wants_mail = request.POST.get("channel") == "email" and filing.draft.answers.get("email")
        try:
            sent = send_code(
                draft_id,
                holder=filing.holder,
                channel="email" if wants_mail else "sms",
                network=network(request),
                at=now(),
            )
        except CodeRefused as refused:
            error = sentence(refused)
        else:
            code.remember(request, str(draft_id), sent.pk)
            return HttpResponseRedirect(filing.href("code"))
    answers = filing.draft.answers
    ways = channels(str(answers.get("phone") or ""), str(answers.get("email") or ""))
    return read_back(request, filing, ways, error=error)


@public_page
def type_code(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Type the code and choose a password: the registration is filed, once."""
    holder = holder_of(request)
    if request.method != "POST" and filed_registration(draft_id, holder=holder) is not None:
        return HttpResponseRedirect(reverse("account:registered", kwargs={"draft_id": draft_id}))
    sent = code.remembered(request, str(draft_id))
    back = reverse("account:finish", kwargs={"draft_id": draft_id})
    if sent is None:
        return HttpResponseRedirect(back)
    words = code.CodePage(
        citizen=None,
        purpose=translate("Mã này chỉ để đăng ký tài khoản."),
        button=translate("Nộp đăng ký"),
        back=(translate("Đọc lại tờ khai"), back),
        again_href=back,
        template="public/account/register_code.html",
    )
    if "_again" in request.POST:
        return code.send_again(request, sent, words, now())
    if request.method != "POST":
        return code.show(request, sent, words)
    typed = request.POST.get("code", "")
    try:
        file_registration(
            draft_id=draft_id,
            holder=holder,
            confirmation=Confirmation(sent.pk, typed, holder.session_key, device(request)),
            password=request.POST.get("password", ""),
            at=now(),
        )
    except (CodeRefused, Invalid) as refused:
        again = code.remembered(request, str(draft_id)) or sent
        place = "password" if refused.code.startswith("password-") else "code"
        return code.show(request, again, words, error=sentence(refused), typed=typed[:10], place=place)
    return HttpResponseRedirect(reverse("account:registered", kwargs={"draft_id": draft_id}))


@public_page
def registered(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The dossier number, and what is left to do at an office."""
    filed = filed_registration(draft_id, holder=holder_of(request))
    if filed is None:
        return HttpResponseRedirect(reverse("account:register"))
    return render(
        request,
        "public/account/registered.html",
        page=frame(None, translate("Đã nhận đăng ký, chờ ông/bà đến cơ quan BHXH")),
        dossier=filed,
        office=office(filed.office_code),
    )
