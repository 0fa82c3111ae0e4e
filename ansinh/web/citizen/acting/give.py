"""Give a mandate: the form, the read-back, the code."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.catalogue.queries import services_on
from ansinh.eforms.reading import date_parts
from ansinh.people.acting.give_mandate import Scope, confirm, prepare, request_code
from ansinh.people.acting.mandates import the_mandate
from ansinh.people.acting.rules import rules
from ansinh.people.actors import Citizen, Right
from ansinh.people.models_acting import MandateState
from ansinh.people.one_time_codes import CodeRefused
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, network, render, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.acting.mandate import facts_of, title_of
from ansinh.web.citizen.frame import ACCOUNT, frame, rights_in_words
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.formats import first_upper
from ansinh.web.page import Option

PLACES = {"agent": "agent_number", "asked": "agent_number", "rights": "rights", "procedures": "procedures",
          "days": "valid_to", "paper": "paper_basis"}  # fmt: skip
"""First word of a refusal's code → the field it stands beside."""


@citizen_page
def give(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The form; what was typed stays beside its error."""
    if citizen.behalf is not None:
        return HttpResponseRedirect(reverse("citizen:acting"))
    typed = _typed(request)
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _day_errors(typed)
        if not errors:
            try:
                made = prepare(
                    actor=citizen,
                    agent_number=typed["agent_number"],
                    agent_name=typed["agent_name"],
                    scope=_scope(typed),
                    known={slug for slug, _ in _services()},
                    network=network(request),
                    at=now(),
                )
            except (Invalid, NotAllowed) as refused:
                errors[PLACES.get(refused.code.split("-")[0], "agent_number")] = sentence(refused)
            else:
                return HttpResponseRedirect(reverse("citizen:confirm-mandate", args=[made.pk]))
    return render(
        request,
        "citizen/acting/give.html",
        status=422 if errors else 200,
        page=frame(
            citizen,
            translate("Ủy quyền cho người khác"),
            current=ACCOUNT,
            back=(translate("Làm thay"), reverse("citizen:acting")),
            problems=len(errors),
        ),
        typed=typed,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
        collect_months=rules(on=today()).collect_months_at_most,
        rights=_right_options(),
        procedures=[Option(slug, name) for slug, name in _services()],
    )


@citizen_page
def confirm_page(request: HttpRequest, citizen: Citizen, mandate_id: UUID) -> HttpResponse:
    """Read the mandate back; the button sends the code that is bound to these words."""
    found = the_mandate(mandate_id, person_id=citizen.person_id)
    if found.state != MandateState.PREPARED:
        return HttpResponseRedirect(reverse("citizen:mandate", args=[mandate_id]))
    error = ""
    if request.method == "POST":
        try:
            sent = request_code(
                mandate_id, actor=citizen, session_key=session_key(request), network=network(request), at=now()
            )
        except (CodeRefused, Invalid) as refused:
            error = sentence(refused)
        else:
            code.remember(request, str(mandate_id), sent.pk)
            return HttpResponseRedirect(reverse("citizen:mandate-code", args=[mandate_id]))
    return render(
        request,
        "citizen/acting/confirm.html",
        status=422 if error else 200,
        page=frame(
            citizen,
            title_of(found),
            current=ACCOUNT,
            back=(translate("Ủy quyền cho người khác"), reverse("citizen:give-mandate")),
            problems=int(bool(error)),
        ),
        facts=facts_of(found),
        error=error,
    )


@citizen_page
def code_page(request: HttpRequest, citizen: Citizen, mandate_id: UUID) -> HttpResponse:
    """Type the code: the agent is asked to accept, once however often it is pressed."""
    back = reverse("citizen:confirm-mandate", args=[mandate_id])
    found = the_mandate(mandate_id, person_id=citizen.person_id)
    sent = code.remembered(request, str(mandate_id))
    if found.state != MandateState.PREPARED or sent is None:
        return HttpResponseRedirect(back)
    words = code.CodePage(
        citizen=citizen,
        purpose=translate("Mã này chỉ để xác nhận giấy ủy quyền."),
        button=translate("Xác nhận ủy quyền"),
        back=(translate("Đọc lại giấy ủy quyền"), back),
        again_href=back,
    )
    if "_again" in request.POST:
        return code.send_again(request, sent, words, now())
    if request.method != "POST":
        return code.show(request, sent, words)
    typed = request.POST.get("code", "")
    try:
        confirm(mandate_id, actor=citizen, code_id=sent.pk, typed=typed, session_key=session_key(request), at=now())
    except CodeRefused as refused:
        again = code.remembered(request, str(mandate_id)) or sent
        return code.show(request, again, words, error=sentence(refused), typed=typed[:10])
    return HttpResponseRedirect(reverse("citizen:mandate", args=[mandate_id]))


def _typed(request: HttpRequest) -> dict[str, Any]:
    posted = request.POST
    return {
        "agent_number": posted.get("agent_number", "")[:20],
        "agent_name": posted.get("agent_name", "")[:100],
        "rights": posted.getlist("rights"),
        "procedures": posted.getlist("procedures"),
        "valid_from": _day(request, "valid_from") or {"day": "", "month": "", "year": ""},
        "valid_to": _day(request, "valid_to") or {"day": "", "month": "", "year": ""},
        "paper_basis": posted.get("paper_basis", "")[:200],
    }


def _day(request: HttpRequest, name: str) -> dict[str, str]:
    return {part: request.POST.get(f"{name}.{part}", "").strip()[:4] for part in ("day", "month", "year")}


def _day_errors(typed: dict[str, Any]) -> dict[str, str]:
    wrong = translate("Chưa đọc được ngày này. Xin nhập đủ ngày, tháng, năm, ví dụ 04/05/2027.")
    return {name: wrong for name in ("valid_from", "valid_to") if _read(typed[name]) is None}


def _read(parts: dict[str, str]) -> date | None:
    numbers = date_parts("/".join(parts[part] for part in ("day", "month", "year")))
    if numbers is None:
        return None
    day, month, year = numbers
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _scope(typed: dict[str, Any]) -> Scope:
    begins, ends = _read(typed["valid_from"]), _read(typed["valid_to"])
    assert begins is not None
    assert ends is not None
    known = {right.value for right in Right}
    return Scope(
        rights=frozenset(Right(one) for one in typed["rights"] if one in known),
        procedures=tuple(typed["procedures"]),
        valid_from=begins,
        valid_to=ends,
        paper_basis=typed["paper_basis"],
    )


def _right_options() -> list[Option]:
    hints = {
        Right.READ: translate("luôn kèm theo các việc khác"),
        Right.SIGN: translate("bằng mã gửi về điện thoại của người được ủy quyền; ông/bà được báo mỗi lần"),
        Right.COLLECT: translate("cần giấy ủy quyền mẫu 13-HSB đã chứng thực"),
    }
    return [Option(one.value, first_upper(rights_in_words([one])[0]), hint=hints.get(one, "")) for one in Right]


def _services() -> list[tuple[str, str]]:
    """Procedures one can file here for another, by short name."""
    found = [
        (one.slug, pick(one.procedure, "short_name"))
        for one in services_on(today())
        if one.form is not None and one.procedure.online and one.procedure.kind == "procedure"
    ]
    return sorted(found, key=lambda pair: pair[1])
