"""Stop a change of the paid account with the code of the notice, unsigned-in: a thief may hold the account itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from ansinh.people import asked_often
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.registry.bank_accounts.stop import freeze
from ansinh.web.actors import network, public_page
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.public.frame import frame, show

COUNTED, MOST_GUESSES = "freeze", 30
"""Wrong codes of one network in an hour."""


@sensitive_post_parameters()
@public_page
@at_the_door()
def stop_change(request: HttpRequest) -> HttpResponse:
    """The form; on POST the change is stopped, or what to look at again."""
    code, error, status = request.POST.get("ma", "").strip()[:40], "", 200
    if request.method == "POST":
        if not code:
            error, status = translate("Chưa có mã chặn. Xin chép mã trong tin nhắn hoặc thư điện tử."), 422
        else:
            try:
                asked_often.take(COUNTED, network=network(request), most=MOST_GUESSES, at=now())
                freeze(code, at=now())
            except NotAllowed as refused:
                error, status = sentence(refused), 429
            except (NotFound, Conflict) as refused:
                error, status = sentence(refused), 422
            else:
                asked_often.give_back(COUNTED, network=network(request), at=now())
                return _stopped(request)
    return show(
        request,
        "public/stop_change.html",
        frame(request, translate("Chặn đổi tài khoản nhận tiền"), problems=int(bool(error))),
        status=status,
        code=code,
        error=error,
        problems=[{"path": "ma", "text": error}] if error else [],
    )


def _stopped(request: HttpRequest) -> HttpResponse:
    page = frame(request, translate("Đã chặn đổi tài khoản nhận tiền"))
    return show(request, "public/change_stopped.html", page)
