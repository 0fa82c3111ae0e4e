"""Sign in and out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from ansinh.people.doors import passkeys
from ansinh.people.doors.factors import asks_second_step, factors_of
from ansinh.people.doors.officers import refuse_unused
from ansinh.people.models import Account
from ansinh.people.models_doors import Factor, Method
from ansinh.people.sign_in import sign_in as check_who
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.web.account.proving import CREDENTIAL, QUESTION, question
from ansinh.web.actors import NEXT, account_of, network, public_page, render
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.public.account import half_way
from ansinh.web.public.account.federated import doors
from ansinh.web.public.account.onward import after
from ansinh.web.sessions import close, open_for

RESET_DONE = "doi-xong"


@public_page
@at_the_door()
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; a right password opens a fresh session and leads on, or to the second step."""
    onward = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    known = account_of(request)
    if known is not None and request.method != "POST":
        return HttpResponseRedirect(after(request, known, onward))
    typed, password = request.POST.get("login", "")[:100], request.POST.get("password", "")
    errors = _left_empty(request) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        try:
            account = check_who(typed, password, network=network(request), at=now())
        except NotAllowed as refused:
            errors = {"login": sentence(refused)}
        else:
            return _go_on(request, account, onward)
    return _page(request, onward, errors)


@public_page
@at_the_door()
@require_POST
def by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey says who it is and is two factors at once: it opens the session without a number typed."""
    onward = request.POST.get(NEXT, "")
    try:
        account = passkeys.use(
            state=question(request), answer=request.POST.get(CREDENTIAL, ""), account_id=None, at=now()
        )
        refuse_unused(account, at=now())
    except NotAllowed as refused:
        return _page(request, onward, {"passkey": sentence(refused)})
    open_for(request, account, method=Method.PASSKEY, factor=Factor.PASSKEY)
    return HttpResponseRedirect(after(request, account, onward))


@public_page
@at_the_door()
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser must sign, for the buttons of sign-in, second step and proof; good for one answer."""
    known = account_of(request) or half_way.account(request)
    asked = passkeys.ask_for_one(known.pk if known else None, at=now())
    request.session[QUESTION] = asked.state
    return JsonResponse(asked.options)


@public_page
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on POST; read, it only leads to the front page."""
    if request.method == "POST":
        close(request)
    return HttpResponseRedirect("/")


def _go_on(request: HttpRequest, account: Account, onward: str) -> HttpResponse:
    if asks_second_step(account, factors_of(account.pk)):
        half_way.begin(request, account, onward=onward)
        return HttpResponseRedirect(reverse("account:second-step"))
    open_for(request, account, method=Method.PASSWORD)
    return HttpResponseRedirect(after(request, account, onward))


def _page(request: HttpRequest, onward: str, errors: dict[str, str]) -> HttpResponse:
    return render(
        request,
        "public/account/sign_in.html",
        status=422 if errors else 200,
        page=frame(None, translate("Đăng nhập"), problems=len(errors)),
        typed=request.POST.get("login", "")[:100],
        onward=onward,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
        reset_done=RESET_DONE in request.GET,
        doors=doors(onward),
    )


def _left_empty(request: HttpRequest) -> dict[str, str]:
    """Sentences for boxes without anything in them: nobody was refused, something is only missing."""
    told = {
        "login": translate("Chưa có mã số BHXH hoặc số định danh. Xin nhập như trên thẻ BHYT hoặc căn cước."),
        "password": translate("Chưa có mật khẩu. Xin nhập mật khẩu của tài khoản."),
    }
    return {name: text for name, text in told.items() if not request.POST.get(name, "").strip()}
