"""The page where a code is typed, for every purpose: where it went, what the network said, until when, other ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ansinh.people.actors import Citizen
from ansinh.people.contacts import masked
from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes import delivery_line, resend, use_other_channel
from ansinh.people.queries import sent_code
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.web.actors import network, render, session_key
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.formats import clock
from ansinh.web.page import Page

SLOT = "codes"
OTHER = "other"


@dataclass(frozen=True)
class CodePage:
    """What a code page says besides the code's own truth."""

    citizen: Citizen | None
    purpose: str
    """The sentence of the warning: “Mã này chỉ để …”."""
    button: str
    back: tuple[str, str]
    again_href: str
    """Where a new code is asked for."""
    hidden: tuple[tuple[str, str], ...] = ()
    template: str = "citizen/code.html"
    head: Callable[..., Page] | None = None
    layout: str = ""
    """The frame of the page when it is neither the citizen's nor a public one."""


def remember(request: HttpRequest, slot: str, code_id: UUID) -> None:
    """Keep which code this browser waits for, by the draft or the purpose."""
    request.session[SLOT] = {**request.session.get(SLOT, {}), slot: str(code_id)}


def remembered(request: HttpRequest, slot: str) -> OneTimeCode | None:
    """The code this browser waits for; None when it asked for none."""
    kept = request.session.get(SLOT, {}).get(slot)
    return sent_code(UUID(kept), session_key=session_key(request)) if kept else None


def show(
    request: HttpRequest,
    code: OneTimeCode,
    words: CodePage,
    *,
    error: str = "",
    typed: str = "",
    notice: str = "",
    place: str = "code",
) -> HttpResponse:
    """The page; `error` stands beside the box `place`, `notice` tells of a resend. A code that is over has no box."""
    over = now() >= code.expires_at
    is_reset = code.purpose == "password_reset"
    title = (
        translate("Nhập mã đã gửi")
        if is_reset
        else translate("Nhập mã đã gửi tới {recipient}", recipient=masked(code.recipient))
    )
    return render(
        request,
        words.template,
        status=422 if error else 200,
        page=(words.head or partial(frame, words.citizen))(title, back=words.back, problems=int(bool(error))),
        layout=words.layout or ("layout/citizen.html" if words.citizen else "layout/public.html"),
        words=words,
        delivery=delivery_line(code),
        until=clock(code.expires_at),
        tries=code.tries_left,
        errors={place: error} if error else {},
        typed=typed,
        notice=notice,
        other="" if is_reset else masked(code.other_recipient) if code.other_recipient else "",
        over=over,
        problems=[{"path": place, "text": error}] if error and not over else [],
    )


def send_again(request: HttpRequest, code: OneTimeCode, words: CodePage, at: datetime) -> HttpResponse:
    """Send the same code once more, or by the other channel, and say what became of that."""
    send = use_other_channel if request.POST["_again"] == OTHER else resend
    try:
        again = send(code_id=code.pk, session_key=session_key(request), at=at, network=network(request))
    except DomainError as refused:
        return show(request, code, words, notice=sentence(refused))
    return show(request, again, words, notice=translate("Đã gửi lại mã lúc {time}; vẫn là mã cũ.", time=clock(at)))
