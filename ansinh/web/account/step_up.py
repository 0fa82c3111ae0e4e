"""Prove again who is sitting here: by passkey or app, or, without one, the password. Leads back afterwards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.doors.factors import factors_of
from ansinh.people.doors.sessions import SignedIn, left_alone
from ansinh.people.sign_in import sign_in
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame
from ansinh.web.account.kept import FIELD, Kept
from ansinh.web.account.proving import factor_shown, place_of
from ansinh.web.actors import NEXT, account_page, network, proof_page, render
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.onward import local
from ansinh.web.sessions import prove

PASSWORD = "password"  # noqa: S105 - the name of a box


@proof_page
def step_up(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """Ask, look, lead back; with a form that was interrupted, to the button that sends it on."""
    onward = local(request, request.POST.get(NEXT) or request.GET.get(NEXT, "")) or reverse("doors:home")
    kept = Kept.carried(request.POST.get(FIELD, ""))
    if request.method != "POST":
        return ask(request, signed, onward=onward, kept=kept)
    try:
        factor = _proved(request, signed)
    except NotAllowed as refused:
        place = place_of(request) if factors_of(signed.account.pk).any else PASSWORD
        return ask(request, signed, onward=onward, kept=kept, status=422, errors={place: sentence(refused)})
    prove(request, factor=factor)
    if kept is None:
        return HttpResponseRedirect(onward)
    page = account_frame(signed, translate("Đã xác nhận"))
    return render(request, "account/resume.html", page=page, onward=onward, kept=kept)


@account_page
def unlocked(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """The end of a proof given beside a covered desk."""
    return render(request, "account/unlocked.html", page=account_frame(signed, translate("Đã mở khóa bàn làm việc")))


def ask(
    request: HttpRequest,
    signed: SignedIn,
    *,
    onward: str,
    kept: Kept | None,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    """The page. An officer without any factor is led to set one up, once the password has been shown lately."""
    held = factors_of(signed.account.pk)
    alone = left_alone(signed, at=now())
    if _must_set_up(signed, alone) and not held.any:
        return HttpResponseRedirect(reverse("doors:home"))
    found = errors or {}
    return render(
        request,
        "account/step_up.html",
        status=status,
        page=account_frame(signed, translate("Xác nhận lại"), problems=len(found)),
        held=held,
        alone=alone,
        onward=onward,
        kept=kept,
        errors=found,
        problems=[{"path": path, "text": text} for path, text in found.items()],
    )


def _must_set_up(signed: SignedIn, alone: bool) -> bool:
    return signed.account.person_id is None and not signed.factor and not alone


def _proved(request: HttpRequest, signed: SignedIn) -> str:
    if factors_of(signed.account.pk).any:
        return factor_shown(request, signed.account.pk, at=now())
    sign_in(signed.account.login, request.POST.get(PASSWORD, ""), network=network(request), at=now())
    return ""
