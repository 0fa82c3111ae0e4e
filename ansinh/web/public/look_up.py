"""Where is my dossier? Number and telephone, no account; nothing personal is shown and no telephone reaches a log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from ansinh.dossiers.look_up import look_up as find
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.situation import situation_of
from ansinh.dossiers.words import due_words, state_words
from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.people import asked_often
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.language import current, translate
from ansinh.web.actors import network, public_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.public.frame import LOOK_UP, frame, show

COUNTED, MOST_GUESSES = "look-up", 60
"""Unanswered look-ups of one network in an hour; whoever finds a dossier is not counted."""


@sensitive_post_parameters()
@public_page
def look_up(request: HttpRequest, number: str = "") -> HttpResponse:
    """The form; on POST the state of the dossier, or what to look at again."""
    if request.method != "POST":
        return _form(request, number=number or request.GET.get("so", ""))
    number, phone = _number(request.POST.get("so", "")), request.POST.get("dien_thoai", "").strip()[:30]
    errors, digits = _checked(number, phone)
    if errors:
        return _form(request, number=number, phone=phone, errors=errors)
    try:
        asked_often.take(COUNTED, network=network(request), most=MOST_GUESSES, at=now())
    except NotAllowed as refused:
        return _form(request, number=number, phone=phone, errors={"so": sentence(refused)}, status=429)
    try:
        dossier = find(number, phone=digits)
    except NotFound as missing:
        return _form(request, number=number, phone=phone, errors={"so": sentence(missing)}, status=404)
    asked_often.give_back(COUNTED, network=network(request), at=now())
    return _found(request, dossier)


def _found(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    situation = situation_of(dossier, today=today())
    words = state_words(dossier, situation)
    response = show(
        request,
        "public/look_up_found.html",
        frame(request, words.title, current=LOOK_UP),
        number=dossier.number,
        words=words,
        office=situation.office,
        submitted_at=dossier.submitted_at,
        due_on=dossier.due_on,
        due=due_words(dossier.due_on) if dossier.due_on else "",
        closed=dossier.closed_at is not None,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _form(
    request: HttpRequest, *, number: str, phone: str = "", errors: dict[str, str] | None = None, status: int = 0
) -> HttpResponse:
    errors = errors or {}
    return show(
        request,
        "public/look_up.html",
        frame(request, translate("Tra cứu hồ sơ đã nộp"), current=LOOK_UP, problems=len(errors)),
        status=status or (422 if errors else 200),
        number=number[:40],
        phone=phone,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
    )


def _number(typed: str) -> str:
    """The number without the spaces people put into it."""
    return "".join(typed.split())[:40]


def _checked(number: str, phone: str) -> tuple[dict[str, str], str]:
    errors: dict[str, str] = {}
    if not number:
        errors["so"] = translate("Chưa có số hồ sơ. Xin nhập như trong tin nhắn hoặc giấy tiếp nhận.")
    elif number.count("/") != 2 or not number.replace("/", "").isdigit():
        errors["so"] = translate(
            "Số hồ sơ gồm ba phần chữ số cách nhau bằng dấu /, ví dụ 04128/2026/04401. Xin xem lại."
        )
    digits = ""
    if not phone:
        errors["dien_thoai"] = translate("Chưa có số điện thoại. Xin nhập số đã khai khi nộp hồ sơ.")
    else:
        try:
            digits = parse_phone(phone)
        except LawError as fault:
            errors["dien_thoai"] = fault.message_en if current() == "en" else fault.message_vi
    return errors, digits
