"""Sign in and out."""

from __future__ import annotations

from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ansinh.people.models import Account
from ansinh.people.sign_in import sign_in as check_who
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.web.actors import BROWSER, NEXT, account_of, network, public_page, render
from ansinh.web.citizen.frame import address, frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence

BACKEND = "django.contrib.auth.backends.ModelBackend"
RESET_DONE = "doi-xong"


@public_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; a right password opens a fresh session and leads on."""
    onward = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    known = account_of(request)
    if known is not None and request.method != "POST":
        return HttpResponseRedirect(_after(request, known, onward))
    typed = request.POST.get("login", "")[:100]
    errors = _left_empty(request) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        try:
            account = check_who(typed, request.POST.get("password", ""), network=network(request), at=now())
        except NotAllowed as refused:
            errors = {"login": sentence(refused)}
        else:
            # A fresh name for the session: drafts and codes of whoever sat here before do not carry over.
            request.session.pop(BROWSER, None)
            with at_the_door():
                begin_session(request, account, backend=BACKEND)
            return HttpResponseRedirect(_after(request, account, onward))
    return render(
        request,
        "public/account/sign_in.html",
        status=422 if errors else 200,
        page=frame(None, translate("Đăng nhập"), problems=len(errors)),
        typed=typed,
        onward=onward,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
        reset_done=RESET_DONE in request.GET,
    )


def _left_empty(request: HttpRequest) -> dict[str, str]:
    """Sentences for boxes without anything in them: nobody was refused, something is only missing."""
    told = {
        "login": translate("Chưa có mã số BHXH hoặc số định danh. Xin nhập như trên thẻ BHYT hoặc căn cước."),
        "password": translate("Chưa có mật khẩu. Xin nhập mật khẩu của tài khoản."),
    }
    return {name: text for name, text in told.items() if not request.POST.get(name, "").strip()}


@public_page
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on POST; read, it only leads to the front page."""
    if request.method == "POST":
        end_session(request)
    return HttpResponseRedirect("/")


def _after(request: HttpRequest, account: Account, onward: str) -> str:
    if (
        onward.startswith("/")
        and not onward.startswith("//")
        and url_has_allowed_host_and_scheme(onward, allowed_hosts=set(), require_https=request.is_secure())
    ):
        return onward
    if account.person_id is None:
        return address("officer:home") or "/can-bo"
    return reverse("citizen:home")
