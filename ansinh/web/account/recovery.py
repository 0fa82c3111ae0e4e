"""Recovery codes: made on POST and shown in that answer only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.doors import recovery_codes
from ansinh.people.doors.factors import factors_of
from ansinh.people.doors.sessions import SignedIn
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame, doors_back
from ansinh.web.account.proving import refuse_unproved
from ansinh.web.actors import account_page, render
from ansinh.web.clock import now


@account_page
def codes(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """How many are left; the button makes new ones in place of them. Without a factor they stand for nothing."""
    refuse_unproved(request, signed)
    held = factors_of(signed.account.pk)
    if not held.any:
        return HttpResponseRedirect(reverse("doors:home"))
    made = recovery_codes.make(signed.account.pk, at=now()) if request.method == "POST" else []
    return render(
        request,
        "account/recovery.html",
        page=account_frame(signed, translate("Mã dự phòng"), back=doors_back()),
        made=made,
        left=held.recovery_codes,
        just_added="xong" in request.GET,
        onward=reverse("officer:home" if signed.account.person_id is None else "doors:home"),
    )
