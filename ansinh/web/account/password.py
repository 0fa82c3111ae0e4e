"""A new password, set with the old one; everything else that was open ends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.change_password import change_password
from ansinh.people.doors.sessions import SignedIn
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame, doors_back
from ansinh.web.actors import account_page, network, render
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.sessions import renew_key


@account_page
def password(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """The form; other sessions and tokens of the account end."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            change_password(
                signed.account.pk,
                old=request.POST.get("old_password", ""),
                new=request.POST.get("new_password", ""),
                network=network(request),
                session_id=signed.session_id,
                at=now(),
            )
        except DomainError as refused:
            place = "old_password" if refused.code.startswith(("old-", "sign-in")) else "new_password"
            errors[place] = sentence(refused)
        else:
            renew_key(request)
            return HttpResponseRedirect(f"{reverse('doors:home')}?xong=mat-khau")
    return render(
        request,
        "account/password.html",
        status=422 if errors else 200,
        page=account_frame(signed, translate("Đổi mật khẩu"), back=doors_back(), problems=len(errors)),
        login=signed.account.login,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
    )
