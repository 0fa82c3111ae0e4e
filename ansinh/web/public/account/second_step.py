"""The second step of a sign-in by password: the app's code, a passkey or a recovery code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.doors.factors import factors_of
from ansinh.people.models_doors import Method
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.web.account.proving import factor_shown, place_of
from ansinh.web.actors import public_page, render
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.public.account import half_way
from ansinh.web.public.account.onward import after
from ansinh.web.sessions import open_for


@public_page
@at_the_door()
def second_step(request: HttpRequest) -> HttpResponse:
    """Who has no right password behind oneself, or waited too long, begins again."""
    account = half_way.account(request)
    if account is None:
        return HttpResponseRedirect(reverse("account:sign-in"))
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            factor = factor_shown(request, account.pk, at=now())
        except NotAllowed as refused:
            errors[place_of(request)] = sentence(refused)
        else:
            onward = half_way.onward(request)
            half_way.done(request)
            open_for(request, account, method=Method.PASSWORD, factor=factor)
            return HttpResponseRedirect(after(request, account, onward))
    return render(
        request,
        "public/account/second_step.html",
        status=422 if errors else 200,
        page=frame(
            None,
            translate("Bước hai: xác nhận là ông/bà"),
            back=(translate("Đăng nhập"), reverse("account:sign-in")),
            problems=len(errors),
        ),
        held=factors_of(account.pk),
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
    )
