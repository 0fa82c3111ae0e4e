"""Add a passkey, give it a name, remove it; and the question that every page with a passkey button asks."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.doors import passkeys
from ansinh.people.doors.devices import device_words
from ansinh.people.doors.factors import factors_of
from ansinh.people.doors.sessions import SignedIn, end_all
from ansinh.people.models_doors import Ended, Factor
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame, doors_back
from ansinh.web.account.proving import CREDENTIAL, QUESTION, question, refuse_unproved
from ansinh.web.actors import account_page, device, render
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.sessions import prove


@account_page
def add(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """Make one on this device; it counts as shown, for it has just verified its holder."""
    refuse_unproved(request, signed)
    error = ""
    if request.method == "POST":
        try:
            passkeys.add(
                signed.account.pk,
                state=question(request),
                answer=request.POST.get(CREDENTIAL, ""),
                name=request.POST.get("name", "")[:100],
                at=now(),
            )
        except DomainError as refused:
            error = sentence(refused)
        else:
            prove(request, factor=Factor.PASSKEY)
            return HttpResponseRedirect(after_adding(signed))
    asked = passkeys.ask_for_new(signed.account, at=now())
    request.session[QUESTION] = asked.state
    return render(
        request,
        "account/add_passkey.html",
        status=422 if error else 200,
        page=account_frame(signed, translate("Thêm khóa đăng nhập"), back=doors_back(), problems=int(bool(error))),
        options=asked.options,
        name=request.POST.get("name", "")[:60] or device_words(device(request)),
        error=error,
        problems=[{"path": "name", "text": error}] if error else [],
    )


@account_page
def change(request: HttpRequest, signed: SignedIn, passkey_id: UUID) -> HttpResponse:
    """Another name, or away with it; then every other session ends, for the device may be in other hands."""
    refuse_unproved(request, signed)
    line = next((one for one in passkeys.passkeys_of(signed.account.pk) if one.passkey_id == passkey_id), None)
    if line is None:
        raise Http404
    if request.method == "POST" and "_remove" in request.POST:
        passkeys.remove(passkey_id, account_id=signed.account.pk, at=now())
        end_all(signed.account.pk, at=now(), but=signed.session_id, why=Ended.RIGHTS)
        return HttpResponseRedirect(f"{reverse('doors:home')}?xong=bo-khoa")
    if request.method == "POST":
        passkeys.rename(passkey_id, account_id=signed.account.pk, name=request.POST.get("name", "")[:100])
        return HttpResponseRedirect(f"{reverse('doors:home')}?xong=ten")
    held = factors_of(signed.account.pk)
    return render(
        request,
        "account/passkey.html",
        page=account_frame(signed, translate("Khóa đăng nhập"), back=doors_back()),
        line=line,
        last=not held.totp and held.passkeys == 1,
    )


def after_adding(signed: SignedIn) -> str:
    """Who has no recovery codes yet gets them next; else back to the list."""
    if factors_of(signed.account.pk).recovery_codes == 0:
        return f"{reverse('doors:recovery-codes')}?xong=them"
    return f"{reverse('doors:home')}?xong=them"
