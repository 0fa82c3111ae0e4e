"""Set up an authenticator app by a QR code and its first six digits; remove it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from ansinh.documents.qr import qr_svg
from ansinh.people.doors import authenticator, totp
from ansinh.people.doors.factors import factors_of
from ansinh.people.doors.sessions import SignedIn, end_all
from ansinh.people.models_doors import Ended, Factor
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame, doors_back
from ansinh.web.account.passkeys import after_adding
from ansinh.web.account.proving import CODE, refuse_unproved
from ansinh.web.actors import account_page, render
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.sessions import prove

ISSUER = "An Sinh"


@account_page
def set_up(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """The QR code and the box for the first code; the right one switches the app on."""
    refuse_unproved(request, signed)
    if factors_of(signed.account.pk).totp:
        return HttpResponseRedirect(reverse("doors:home"))
    secret = totp.begin_setup(signed.account.pk, at=now())
    error = ""
    if request.method == "POST":
        try:
            totp.confirm(signed.account.pk, request.POST.get(CODE, "")[:100], at=now())
        except DomainError as refused:
            error = sentence(refused)
        else:
            prove(request, factor=Factor.TOTP)
            return HttpResponseRedirect(after_adding(signed))
    address = authenticator.address(secret, account=signed.account.display_name, issuer=ISSUER)
    return render(
        request,
        "account/app_setup.html",
        status=422 if error else 200,
        page=account_frame(signed, translate("Ứng dụng xác thực"), back=doors_back(), problems=int(bool(error))),
        qr=Markup(qr_svg(address)),  # noqa: S704 - drawn by us
        written=authenticator.written(secret),
        error=error,
        problems=[{"path": CODE, "text": error}] if error else [],
    )


@account_page
def remove(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """Ask once; then the app opens nothing any more, and every other session ends."""
    refuse_unproved(request, signed)
    if request.method == "POST":
        totp.remove(signed.account.pk, at=now())
        end_all(signed.account.pk, at=now(), but=signed.session_id, why=Ended.RIGHTS)
        return HttpResponseRedirect(f"{reverse('doors:home')}?xong=bo-ung-dung")
    page = account_frame(signed, translate("Bỏ ứng dụng xác thực"), back=doors_back())
    return render(request, "account/remove_app.html", page=page, officer=signed.account.person_id is None)
