"""Back into an account with the slip of the counter, and the page that stops a recovery that is not one's own."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.people import asked_often
from ansinh.people.one_time_codes import CodeRefused
from ansinh.people.recovery.set_anew import open_secret, send_code, set_anew
from ansinh.people.recovery.stop import stop
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.web.actors import network, public_page, render, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.public.account.sign_in import RESET_DONE

SLOT, SECRET = "recovery", "ma"
TRIED, MOST_TRIED = "recovery", 60
"""Slips that one network may try in an hour: an office has many people behind one address."""


@public_page
@at_the_door()
def slip(request: HttpRequest) -> HttpResponse:
    """The secret of the slip and the personal number; the QR code brings the secret along."""
    if request.method == "GET" and SECRET in request.GET:
        # Out of the address at once: it must stay in no history and no log of a later page.
        request.session[f"{SLOT}_secret"] = request.GET[SECRET][:40]
        return HttpResponseRedirect(reverse("account:recovery"))
    typed = {
        "secret": request.POST.get("secret", request.session.get(f"{SLOT}_secret", ""))[:40],
        "number": request.POST.get("number", "")[:20],
    }
    error = ""
    if request.method == "POST":
        try:
            asked_often.take(TRIED, network=network(request), most=MOST_TRIED, at=now())
            opened = open_secret(
                typed["secret"], personal_number=typed["number"], session_key=session_key(request), at=now()
            )
        except NotAllowed as refused:
            error = sentence(refused)
        else:
            asked_often.give_back(TRIED, network=network(request), at=now())
            request.session.pop(f"{SLOT}_secret", None)
            request.session[SLOT] = str(opened.pk)
            return HttpResponseRedirect(reverse("account:recovery-contact"))
    return render(
        request,
        "public/account/recovery.html",
        status=422 if error else 200,
        page=frame(
            None,
            translate("Đặt lại tài khoản bằng giấy của quầy"),
            back=(translate("Quên mật khẩu"), reverse("account:forgotten")),
            problems=int(bool(error)),
        ),
        typed=typed,
        error=error,
        problems=[{"path": "secret", "text": error}] if error else [],
    )


@public_page
@at_the_door()
def contact(request: HttpRequest) -> HttpResponse:
    """The new telephone or mailbox; a code goes there."""
    recovery_id = _opened(request)
    if recovery_id is None:
        return HttpResponseRedirect(reverse("account:recovery"))
    typed = request.POST.get("contact", "").strip()[:254]
    error = ""
    if request.method == "POST":
        channel, recipient = _contact(typed)
        error = "" if recipient else translate("Chưa nhận ra. Xin nhập số di động 10 chữ số, hoặc địa chỉ thư điện tử.")
        if recipient:
            try:
                sent = send_code(
                    recovery_id, channel=channel, recipient=recipient, session_key=session_key(request),
                    network=network(request), at=now(),
                )  # fmt: skip
            except (CodeRefused, NotAllowed) as refused:
                error = sentence(refused)
            else:
                code.remember(request, SLOT, sent.pk)
                return HttpResponseRedirect(reverse("account:recovery-code"))
    return render(
        request,
        "public/account/recovery_contact.html",
        status=422 if error else 200,
        page=frame(
            None,
            translate("Điện thoại hoặc thư điện tử mới"),
            back=(translate("Giấy của quầy"), reverse("account:recovery")),
            problems=int(bool(error)),
        ),
        typed=typed,
        error=error,
        problems=[{"path": "contact", "text": error}] if error else [],
    )


@public_page
@at_the_door()
def type_code(request: HttpRequest) -> HttpResponse:
    """The code and the new password; everything old ends."""
    recovery_id, sent = _opened(request), code.remembered(request, SLOT)
    if recovery_id is None or sent is None:
        return HttpResponseRedirect(reverse("account:recovery"))
    words = code.CodePage(
        citizen=None,
        purpose=translate("Mã này chỉ để nhận số hoặc thư mới cho tài khoản."),
        button=translate("Đặt mật khẩu mới"),
        back=(translate("Điện thoại hoặc thư điện tử mới"), reverse("account:recovery-contact")),
        again_href=reverse("account:recovery-contact"),
        template="public/account/register_code.html",
    )
    if "_again" in request.POST:
        return code.send_again(request, sent, words, now())
    if request.method != "POST":
        return code.show(request, sent, words)
    typed = request.POST.get("code", "")
    try:
        set_anew(
            recovery_id, code_id=sent.pk, typed=typed, password=request.POST.get("password", ""),
            session_key=session_key(request), at=now(),
        )  # fmt: skip
    except (CodeRefused, Invalid, NotAllowed) as refused:
        again = code.remembered(request, SLOT) or sent
        place = "password" if refused.code.startswith("password-") else "code"
        return code.show(request, again, words, error=sentence(refused), typed=typed[:10], place=place)
    request.session.pop(SLOT, None)
    return HttpResponseRedirect(f"{reverse('account:sign-in')}?{RESET_DONE}=1")


@public_page
@at_the_door()
def stop_it(request: HttpRequest) -> HttpResponse:
    """The stop code of the message; what was under way ends, what was done is frozen."""
    typed, error, done = request.POST.get("stop_code", "")[:20], "", ""
    if request.method == "POST":
        try:
            frozen = stop(typed, network=network(request), at=now())
        except NotAllowed as refused:
            error = sentence(refused)
        else:
            done = "frozen" if frozen else "stopped"
    return render(
        request,
        "public/account/stop_recovery.html",
        status=422 if error else 200,
        page=frame(
            None,
            translate("Đã chặn") if done else translate("Chặn việc khôi phục không phải của mình"),
            back=(translate("Quên mật khẩu"), reverse("account:forgotten")),
            problems=int(bool(error)),
        ),
        typed=typed,
        error=error,
        done=done,
        problems=[{"path": "stop_code", "text": error}] if error else [],
    )


def _opened(request: HttpRequest) -> UUID | None:
    kept = request.session.get(SLOT)
    return UUID(kept) if kept else None


def _contact(typed: str) -> tuple[str, str]:
    """Channel and recipient of what was typed; no recipient for what is neither."""
    if "@" in typed:
        name, _, place = typed.partition("@")
        fits = name and "." in place and not any(one.isspace() for one in typed) and typed.isascii()
        return "email", typed if fits else ""
    with contextlib.suppress(LawError):
        return "sms", parse_phone(typed)
    return "sms", ""
