"""Sign in by a provider's word: the way there, the way back, and the page for whoever has no linked account yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from ansinh.people.doors.factors import asks_second_step, factors_of
from ansinh.people.identity_providers.authorization import finish
from ansinh.people.identity_providers.enter import account_for
from ansinh.people.identity_providers.providers import providers, the_provider
from ansinh.people.identity_providers.refusals import ProviderDown
from ansinh.people.models import Account
from ansinh.people.models_doors import Factor, Method
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.web.actors import NEXT, account_of, public_page, render
from ansinh.web.citizen.frame import frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.identity_way import (
    address_of_return,
    remember_identity,
    set_out,
    take_way,
    waiting_identity,
)
from ansinh.web.onward import local
from ansinh.web.page import Link
from ansinh.web.public.account import half_way
from ansinh.web.public.account.onward import after
from ansinh.web.sessions import open_for

METHODS = {"vneid": Method.VNEID, "national-portal": Method.NATIONAL_PORTAL}
COMPARED = 2
"""The level of an electronic identity from which on the person was compared face to face."""


def doors(onward: str = "") -> list[Link]:
    """The providers as buttons of the sign-in page."""
    query = f"?{urlencode({NEXT: onward})}" if onward else ""
    return [
        Link(pick(one, "name"), reverse("account:federated", kwargs={"provider": one.key}) + query)
        for one in providers(on=today())
    ]


@public_page
@at_the_door()
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead the browser to the provider."""
    onward = local(request, request.GET.get(NEXT, ""))
    chosen = the_provider(provider, on=today())
    try:
        return HttpResponseRedirect(set_out(request, chosen, onward=onward, to_link=False, at=now()))
    except (NotAllowed, ProviderDown) as refused:
        return _failed(request, sentence(refused))


@public_page
@at_the_door()
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """What the provider sends the browser back with: a code to be checked, or its refusal."""
    chosen, at = the_provider(provider, on=today()), now()
    way = take_way(request, provider=provider, state=request.GET.get("state", ""), at=at)
    if way is None:
        return _failed(request, translate("Lần đăng nhập này đã quá hạn hoặc mở ở trình duyệt khác. Xin bắt đầu lại."))
    if request.GET.get("iss", chosen.issuer) != chosen.issuer:
        return _failed(request, translate("Lần đăng nhập này đã quá hạn hoặc mở ở trình duyệt khác. Xin bắt đầu lại."))
    if "code" not in request.GET:
        told = translate("{provider} báo là ông/bà chưa đồng ý đăng nhập.", provider=pick(chosen, "name"))
        return _failed(request, told)
    try:
        asserted = finish(
            chosen, code=request.GET["code"], nonce=way.nonce, verifier=way.verifier,
            redirect_uri=address_of_return(chosen), at=at,
        )  # fmt: skip
        if way.to_link and account_of(request) is not None:
            remember_identity(request, asserted, at=at)
            return HttpResponseRedirect(reverse("citizen:link-identity"))
        account = account_for(asserted, provider=chosen, at=at)
    except (NotAllowed, ProviderDown) as refused:
        return _failed(request, sentence(refused))
    if account is None:
        remember_identity(request, asserted, at=at)
        return HttpResponseRedirect(reverse("account:identity-unknown"))
    return _enter(request, account, provider=chosen.key, level=asserted.level, onward=way.onward)


def _enter(request: HttpRequest, account: Account, *, provider: str, level: int, onward: str) -> HttpResponse:
    """Level 2 is two factors at once (NĐ 69/2024/NĐ-CP); below it whoever set up an app shows it too."""
    if level < COMPARED and asks_second_step(account, factors_of(account.pk)):
        half_way.begin(request, account, onward=onward)
        return HttpResponseRedirect(reverse("account:second-step"))
    factor = Factor.VNEID_2 if level >= COMPARED else Factor.NONE
    open_for(request, account, method=METHODS.get(provider, Method.PROVIDER), factor=factor)
    return HttpResponseRedirect(after(request, account, onward))


@public_page
@at_the_door()
def unknown(request: HttpRequest) -> HttpResponse:
    """An identity without an account: sign in the usual way and link, or register with what was asserted.

    The same page for everybody, so that it tells of no account.
    """
    asserted = waiting_identity(request, at=now())
    if asserted is None:
        return HttpResponseRedirect(reverse("account:sign-in"))
    chosen = the_provider(asserted.provider, on=today())
    return render(
        request,
        "public/account/identity_unknown.html",
        page=frame(
            None,
            translate("Chưa có tài khoản nào liên kết với {provider} này", provider=pick(chosen, "name")),
            back=(translate("Đăng nhập"), reverse("account:sign-in")),
        ),
        provider=pick(chosen, "name"),
        name=asserted.full_name,
        sign_in_href=f"{reverse('account:sign-in')}?{urlencode({NEXT: reverse('citizen:link-identity')})}",
    )


def _failed(request: HttpRequest, told: str) -> HttpResponse:
    return render(
        request,
        "public/account/federated_failed.html",
        status=422,
        page=frame(None, translate("Chưa đăng nhập được"), back=(translate("Đăng nhập"), reverse("account:sign-in"))),
        told=told,
        doors=doors(),
    )
