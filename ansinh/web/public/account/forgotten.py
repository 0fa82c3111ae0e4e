"""A forgotten password: say who, type the code, choose a new one. The page never says whether an account exists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.one_time_codes import CodeRefused
from ansinh.people.reset_password import request_reset, reset
from ansinh.platform.errors import Invalid
from ansinh.platform.language import translate
from ansinh.platform.steady import at_least
from ansinh.web.actors import network, public_page, render, session_key
from ansinh.web.citizen import code
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.page import Option
from ansinh.web.public.account.sign_in import RESET_DONE

SLOT = "reset"
SECONDS = 0.2
"""Many times what a code that travels takes, also on a busy machine: one that does not travel is made quicker, and a
stopwatch would tell (`./bench otp`)."""


@public_page
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask who and by which way; whatever was typed, the next page is the same."""
    typed = request.POST.get("login", "").strip()[:100]
    channel = "email" if request.POST.get("channel") == "email" else "sms"
    error = ""
    if request.method == "POST" and not typed:
        error = translate("Chưa có mã số BHXH hoặc số định danh. Xin nhập như trên thẻ BHYT hoặc căn cước.")
    elif request.method == "POST":
        try:
            with at_least(SECONDS):
                code_id = request_reset(
                    typed, channel=channel, session_key=session_key(request), network=network(request), at=now()
                )
        except CodeRefused as refused:
            error = sentence(refused)
        else:
            code.remember(request, SLOT, code_id)
            return HttpResponseRedirect(reverse("account:reset"))
    return render(
        request,
        "public/account/forgotten.html",
        status=422 if error else 200,
        page=frame(
            None,
            translate("Quên mật khẩu"),
            back=(translate("Đăng nhập"), reverse("account:sign-in")),
            problems=int(bool(error)),
        ),
        typed=typed,
        channel=channel,
        ways=[
            Option("sms", translate("Tin nhắn đến số điện thoại của tài khoản")),
            Option("email", translate("Thư điện tử của tài khoản")),
        ],
        error=error,
        problems=[{"path": "login", "text": error}] if error else [],
    )


@public_page
def type_code(request: HttpRequest) -> HttpResponse:
    """The code and the new password; every session of the account ends."""
    sent = code.remembered(request, SLOT)
    if sent is None:
        return HttpResponseRedirect(reverse("account:forgotten"))
    words = code.CodePage(
        citizen=None,
        purpose=translate("Mã này chỉ để đặt mật khẩu mới."),
        button=translate("Đặt mật khẩu mới"),
        back=(translate("Quên mật khẩu"), reverse("account:forgotten")),
        again_href=reverse("account:forgotten"),
        template="public/account/reset.html",
    )
    if "_again" in request.POST:
        return code.send_again(request, sent, words, now())
    if request.method != "POST":
        return code.show(request, sent, words)
    typed = request.POST.get("code", "")
    try:
        reset(
            code_id=sent.pk,
            typed=typed,
            session_key=session_key(request),
            password=request.POST.get("password", ""),
            at=now(),
        )
    except (CodeRefused, Invalid) as refused:
        again = code.remembered(request, SLOT) or sent
        place = "password" if refused.code.startswith("password-") else "code"
        return code.show(request, again, words, error=sentence(refused), typed=typed[:10], place=place)
    return HttpResponseRedirect(f"{reverse('account:sign-in')}?{RESET_DONE}=1")
