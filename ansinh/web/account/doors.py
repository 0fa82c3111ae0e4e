"""The list of an account's doors: password, passkeys, authenticator app, recovery codes, open sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.people.doors.factors import factors_of
from ansinh.people.doors.passkeys import passkeys_of
from ansinh.people.doors.rules import door_rules
from ansinh.people.doors.sessions import SignedIn, sessions_of
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame
from ansinh.web.actors import account_page, render
from ansinh.web.clock import now, today


@account_page
def doors(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """What opens the account; to an officer without a second factor it says what to do first."""
    held = factors_of(signed.account.pk)
    officer = signed.account.person_id is None
    return render(
        request,
        "account/doors.html",
        page=account_frame(
            signed,
            translate("Đăng nhập và bảo mật"),
            back=None if officer else (translate("Tài khoản của tôi"), reverse("citizen:account")),
        ),
        held=held,
        officer=officer,
        must_set_up=officer and door_rules(today()).officer.second_factor and not held.any,
        desk_opens=officer and held.any and bool(signed.factor),
        passkeys=passkeys_of(signed.account.pk),
        open_sessions=sum(one.ended_at is None for one in sessions_of(signed.account.pk, at=now())),
        said=request.GET.get("xong", ""),
    )
