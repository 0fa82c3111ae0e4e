"""Requests in, JSON out: bearer tokens, message shapes, and refusals with their codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ansinh.eforms.problems import Problem
from ansinh.people.acting.behalves import the_behalf
from ansinh.people.actors import Citizen
from ansinh.people.queries import token_holder
from ansinh.people.views_of import view_of_citizen
from ansinh.platform.client_address import client_address
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from ansinh.platform.language import LANGUAGES, SOURCE, current, translate, use
from ansinh.platform.row_security.viewer import Kind, Viewer, viewing
from ansinh.platform.zone import local_day

LARGEST_MESSAGE = 1024 * 1024
STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)
Message = TypeVar("Message")
View = Callable[..., HttpResponse]
ACTING_FOR = "Acting-For"
NO_BEHALF = "Ông/bà không làm thay được người này lúc này. Xin xem lại trang Làm thay."
_NUL = re.compile(rb"\\u0000")
_encoder = msgspec.json.Encoder()


class NoToken(Exception):
    """The request carries no token that is good now."""


def endpoint(view: View) -> View:
    """A public endpoint: errors become JSON; the language is the client's first accepted one."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **parts: Any) -> HttpResponse:
        with use(_language(request)), viewing(Viewer(Kind.PUBLIC)):
            try:
                return view(request, **parts)
            except NoToken:
                return refusal(401, "token-needed", translate("Xin gửi mã truy cập còn hạn ở đầu mục Authorization."))
            except msgspec.ValidationError as fault:
                return refusal(
                    400, "message-malformed", translate("Nội dung gửi lên sai dạng: {fault}.", fault=str(fault))
                )
            except (msgspec.DecodeError, RecursionError):
                return refusal(400, "message-malformed", translate("Nội dung gửi lên không phải JSON hợp lệ."))
            except DomainError as error:
                return _refused(error)

    answered.audience = "public"  # type: ignore[attr-defined]
    return answered


def for_citizen(view: View) -> View:
    """An endpoint that calls `view(request, citizen, **parts)` for the holder of a good bearer token.

    The header Acting-For names the row that gives the right to act for somebody, read again at each request.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        actor = token_holder(token.strip(), at=now()) if scheme.casefold() == "bearer" and token else None
        if actor is None:
            raise NoToken
        actor = _acting_for(request, actor)
        with viewing(view_of_citizen(actor, browser=session_of(request))):
            return view(request, actor, **parts)

    answered = endpoint(guarded)
    answered.audience = "citizen"  # type: ignore[attr-defined]
    return answered


def _acting_for(request: HttpRequest, actor: Citizen) -> Citizen:
    """The holder, for whom the header says. Raises NotFound when that row gives no right today."""
    named = request.headers.get(ACTING_FOR, "").strip()
    if not named:
        return actor
    try:
        basis = UUID(named)
    except ValueError as unread:
        raise NotFound("behalf-not-found", NO_BEHALF) from unread
    behalf = the_behalf(actor.account_id, basis, on=local_day(now()))
    if behalf is None:
        raise NotFound("behalf-not-found", NO_BEHALF)
    return replace(actor, behalf=behalf)


def now() -> datetime:
    """This moment; `settings.CLOCK` sets another clock, as tests do."""
    clock = getattr(settings, "CLOCK", None)
    moment: datetime = clock() if clock is not None else timezone.now()  # noqa: TID251 - a mouth asks the clock
    return moment


def message(request: HttpRequest, kind: type[Message], *, decimals: Callable[[str], object] | None = None) -> Message:
    """The body as a message of this shape; unknown members are refused. `decimals` reads numbers with a point."""
    length = request.headers.get("Content-Length") or "0"
    if not (length.isascii() and length.isdigit()):
        raise SuspiciousOperation("a length that is no number")
    if int(length[:20]) > LARGEST_MESSAGE:
        raise Invalid("message-too-large", "Nội dung gửi lên lớn hơn mức cho phép. Giấy tờ xin gửi riêng từng tệp.")
    if _NUL.search(request.body):
        raise SuspiciousOperation("a NUL that no text holds")
    return msgspec.json.Decoder(kind, float_hook=decimals).decode(request.body or b"{}")


def answer(content: Any, *, status: int = 200) -> HttpResponse:
    """A JSON answer that no cache keeps."""
    response = HttpResponse(_encoder.encode(content), content_type="application/json", status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def refusal(status: int, code: str, sentence: str, **more: Any) -> HttpResponse:
    """An error: a stable code for programs, a sentence for people."""
    return answer({"code": code, "message": sentence, **more}, status=status)


def problems(found: list[Problem]) -> list[dict[str, str]]:
    """Faults of answers with their paths."""
    return [{"path": one.path, "code": one.code, "message": one.sentence_in(current(), translate)} for one in found]


def session_of(request: HttpRequest) -> str:
    """What a one-time code is bound to: the token that asked for it."""
    return sha256(request.headers.get("Authorization", "").encode()).hexdigest()


def network_of(request: HttpRequest) -> str:
    """The client's network address; behind our own proxy the last hop it names."""
    return client_address(request.META, behind_proxy=settings.SECURE_PROXY_SSL_HEADER is not None)


def _refused(error: DomainError) -> HttpResponse:
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 422)
    facts = {key: value for key, value in error.facts.items() if isinstance(value, (str, int))}
    return refusal(status, error.code, translate(error.message, **error.facts), facts=facts)


def _language(request: HttpRequest) -> str:
    wanted = request.headers.get("Accept-Language", "")[:2].casefold()
    return wanted if wanted in LANGUAGES else SOURCE
