"""Read everything back, have a code sent, type it: the dossier is filed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.dossiers.access import dossier_from
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.lists import names
from ansinh.dossiers.submit import Confirmation, submit
from ansinh.eforms.display import show_answers
from ansinh.people.actors import Citizen
from ansinh.people.contacts import masked
from ansinh.people.one_time_codes import CodeRefused
from ansinh.people.queries import contacts_of
from ansinh.platform.errors import Invalid
from ansinh.platform.language import current, translate
from ansinh.web.actors import citizen_page, device, network, render, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.filing import Filing, of_citizen
from ansinh.web.citizen.frame import DOSSIERS
from ansinh.web.citizen.lists.sight import page_of_lists
from ansinh.web.citizen.papers import named_papers, originals_office
from ansinh.web.citizen.signing import ways
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.page import Option


@citizen_page
def finish(request: HttpRequest, citizen: Citizen, draft_id: UUID) -> HttpResponse:
    """The read-back page; its button sends the code."""
    if (filed := dossier_from(draft_id, actor=citizen)) is not None:
        return HttpResponseRedirect(reverse("citizen:receipt", kwargs={"dossier_id": filed.pk}))
    filing = of_citizen(citizen, draft_id)
    if not completeness(filing.draft, today=today()).complete:
        return HttpResponseRedirect(filing.href("check"))
    offered = [one.key for one in ways.available(filing)]
    way = request.GET.get(ways.CHOSEN, ways.CODE)
    if way not in offered and offered and request.method != "POST":
        way = offered[0]
    if way != ways.CODE and way in offered:
        return HttpResponseRedirect(ways.href(filing, way))
    error = ""
    if request.method == "POST":
        channel = "email" if request.POST.get("channel") == "email" else "sms"
        try:
            sent = request_code(
                draft_id,
                actor=citizen,
                channel=channel,
                session_key=session_key(request),
                network=network(request),
                at=now(),
            )
        except (CodeRefused, Invalid) as refused:
            error = sentence(refused)
        else:
            code.remember(request, str(draft_id), sent.pk)
            return HttpResponseRedirect(filing.href("code"))
    phone, email = contacts_of(citizen.account_id)
    return read_back(request, filing, channels(phone, email), error=error, others=ways.others(filing, ways.CODE))


@citizen_page
def type_code(request: HttpRequest, citizen: Citizen, draft_id: UUID) -> HttpResponse:
    """The code page; the right code files the dossier, once however often it is pressed."""
    if request.method != "POST" and (filed := dossier_from(draft_id, actor=citizen)) is not None:
        return HttpResponseRedirect(reverse("citizen:receipt", kwargs={"dossier_id": filed.pk}))
    sent = code.remembered(request, str(draft_id))
    if sent is None:
        return HttpResponseRedirect(reverse("citizen:finish", kwargs={"draft_id": draft_id}))
    words = code.CodePage(
        citizen=citizen,
        purpose=translate("Mã này chỉ để xác nhận nộp hồ sơ."),
        button=translate("Nộp hồ sơ"),
        back=(translate("Đọc lại tờ khai"), reverse("citizen:finish", kwargs={"draft_id": draft_id})),
        again_href=reverse("citizen:finish", kwargs={"draft_id": draft_id}),
        hidden=(("idempotency_key", f"draft-{draft_id}"),),
    )
    if "_again" in request.POST:
        return code.send_again(request, sent, words, now())
    if request.method != "POST":
        return code.show(request, sent, words)
    typed = request.POST.get("code", "")
    try:
        filed_now = submit(
            draft_id=draft_id,
            actor=citizen,
            confirmation=Confirmation(sent.pk, typed, session_key(request), device(request)),
            idempotency_key=request.POST.get("idempotency_key", "")[:80] or f"draft-{draft_id}",
            channel="portal",
            at=now(),
        )
    except CodeRefused as refused:
        again = code.remembered(request, str(draft_id)) or sent
        return code.show(request, again, words, error=sentence(refused), typed=typed[:10])
    return HttpResponseRedirect(reverse("citizen:receipt", kwargs={"dossier_id": filed_now.dossier_id}))


def channels(phone: str, email: str) -> list[Option]:
    """Ways a code can travel, with the masked number and address."""
    ways = []
    if phone:
        ways.append(Option("sms", translate("Tin nhắn đến {recipient}", recipient=masked(phone))))
    if email:
        ways.append(Option("email", translate("Thư điện tử đến {recipient}", recipient=masked(email))))
    return ways


def read_back(
    request: HttpRequest, filing: Filing, ways: list[Option], *, error: str = "", status: int = 0, **more: Any
) -> HttpResponse:
    """All answers and papers as they will be filed, and the ways to receive the code."""
    on = today()
    sections = show_answers(filing.form, filing.draft.answers, name_of=names(on=on, language=current()))
    originals, receiver = originals_office(filing)
    return render(
        request,
        more.pop("template", "citizen/read_back.html"),
        status=status or (422 if error else 200),
        page=filing.head(
            translate("Đọc lại trước khi nộp"),
            current=DOSSIERS,
            back=(translate("Kiểm tra hồ sơ"), filing.href("check")),
            problems=int(bool(error)),
        ),
        layout=filing.layout,
        filing=filing,
        sections=sections,
        list_page=page_of_lists(request),
        papers=named_papers(filing),
        ways=ways,
        originals=originals,
        receiver=receiver,
        others=more.pop("others", []),
        error=error,
        problems=[{"path": "channel", "text": error}] if error else [],
        **more,
    )
