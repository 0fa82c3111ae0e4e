"""Sign with a USB token: the page asks the token program on this computer; we prepare and take back the document."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection
from typing import Any

from asn1crypto import x509
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse

from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import translate
from ansinh.platform.passing import keep, kept
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.external import finish, prepare
from ansinh.signing.offers.make import offered_bytes, the_offer
from ansinh.signing.report import ExpectedSigner, findings
from ansinh.signing.trust.algorithms import public_key
from ansinh.signing.trust.names import is_of
from ansinh.signing.trust.parsed import MALFORMED, parsed
from ansinh.web.actors import View, render
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.signing.filed import fault
from ansinh.web.citizen.signing.matter import Matter
from ansinh.web.citizen.signing.pages import MatterPage, is_done, of_a_draft, of_a_paper
from ansinh.web.clock import now
from ansinh.web.errors import status_of

SLOT = "token-signing"
MOST_BODY = 64 * 1024


def token(request: HttpRequest, matter: Matter, citizen: Citizen) -> HttpResponse:
    """The page; it alone may reach the token program, and works only with scripts, so the other ways stand on it."""
    if not settings.TOKEN_PORT:
        return HttpResponseRedirect(matter.back[1])
    answer = render(
        request,
        "citizen/signing/token.html",
        page=frame(
            citizen,
            translate("Ký bằng USB token"),
            current=DOSSIERS,
            back=matter.back,
        ),
        layout=matter.layout,
        matter=matter,
        prepare_href=matter.href("sign-token-prepare"),
        finish_href=matter.href("sign-token-finish"),
        formats=matter.formats,
        port=settings.TOKEN_PORT,
        portal=request.build_absolute_uri("/").rstrip("/"),
        others=matter.others(Way.TOKEN),
    )
    setattr(answer, "_csp_update", {"connect-src": [f"http://127.0.0.1:{settings.TOKEN_PORT}"]})  # noqa: B010
    return answer


def prepared(request: HttpRequest, matter: Matter, citizen: Citizen) -> HttpResponse:
    """For the chosen certificate: the document with its empty place, kept for this browser session."""
    asked = _asked(request)
    certificate = _own_certificate(_bytes(asked, "certificate"), matter.signers)
    wanted = matter.format_of(asked.get("format"))
    offer = matter.offer(wanted)
    made = prepare(offered_bytes(offer), document_format=wanted, certificate=certificate, at=now())
    name = keep(made.content, at=now())
    request.session[SLOT] = {"offer": str(offer.pk), "prepared": name, "place": made.place}
    return JsonResponse(
        {"kind": wanted, "document": _base64(made.shown), "signed_info": _base64(made.signed_info)}
    )  # fmt: skip


def finished(request: HttpRequest, matter: Matter, citizen: Citizen) -> HttpResponse:
    """The signature the token made: put into its place, checked as every other, and the document is handed in."""
    signature = _bytes(_asked(request), "signature")
    slot: dict[str, Any] | None = request.session.get(SLOT)
    if slot is None:
        raise Invalid("nothing-prepared", "Phiên ký đã hết. Xin bấm nút ký lần nữa.")
    offer = the_offer(slot["offer"], account_id=citizen.account_id, subject=matter.subject)
    signed = finish(Format(offer.format), kept(slot["prepared"]), place=tuple(slot["place"]), signature=signature)
    return JsonResponse({"href": matter.hand_in(offer, signed, Way.TOKEN)})


def _own_certificate(der: bytes, signers: Collection[ExpectedSigner]) -> x509.Certificate:
    """The token's certificate when it is the applicant's and of a key we take. Raises Invalid."""
    try:
        certificate = parsed(der)
        is_own = any(is_of(certificate, one) for one in signers)
        is_taken = public_key(certificate) is not None
    except MALFORMED as error:
        raise _unreadable() from error
    if not is_own or not is_taken:
        (wrong,) = findings(["weak-algorithm" if is_own else "other-subject"])
        raise Invalid(wrong.code, f"{wrong.sentence} {wrong.what_to_do}")
    return certificate


def for_script(page: MatterPage) -> MatterPage:
    """A page that the page's script asks: refusals are JSON with what the check found."""

    def answering(request: HttpRequest, matter: Matter, citizen: Citizen) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405)
        try:
            answer: HttpResponse = page(request, matter, citizen)
        except DomainError as refused:
            wrong = fault(refused)
            found = [f"{one['text']} {one['advice']}" for one in wrong.findings]
            return JsonResponse(
                {"code": wrong.code, "message": " ".join([wrong.text, *found])}, status=status_of(refused)
            )
        return answer

    return answering


def for_fetch(view: View) -> View:
    """What was handed in already answers where it is now, for the script to go there."""

    def answering(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        answer = view(request, **parts)
        if answer.status_code == 302 and request.method == "POST" and is_done(answer.headers["Location"]):
            return JsonResponse({"href": answer.headers["Location"]})
        return answer

    answering.audience = "citizen"  # type: ignore[attr-defined]
    return answering


draft_view, paper_view = of_a_draft(token), of_a_paper(token)
prepare_view, finish_view = (for_fetch(of_a_draft(for_script(page))) for page in (prepared, finished))
paper_prepare_view, paper_finish_view = (for_fetch(of_a_paper(for_script(page))) for page in (prepared, finished))


def _asked(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise _unreadable()
    try:
        body = json.loads(request.body[:MOST_BODY])
    except ValueError as error:
        raise _unreadable() from error
    if not isinstance(body, dict):
        raise _unreadable()
    return body


def _bytes(asked: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(str(asked.get(name, "")), validate=True)
    except binascii.Error as error:
        raise _unreadable() from error


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _unreadable() -> Invalid:
    return Invalid("token-unreadable", "Không đọc được điều chương trình ký gửi. Xin tải lại trang rồi ký lần nữa.")
