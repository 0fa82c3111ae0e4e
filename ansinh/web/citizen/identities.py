"""The identities elsewhere that open the account: link one, confirm it, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.actors import Citizen
from ansinh.people.identity_providers.links import link, linked_identities, the_link, unlink
from ansinh.people.identity_providers.providers import providers
from ansinh.people.identity_providers.refusals import ProviderDown
from ansinh.people.models import LinkedIdentity
from ansinh.people.queries import the_person
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, network, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.identity_way import forget_identity, set_out, waiting_identity
from ansinh.web.page import Link

TOLD = "lien-ket"


@dataclass(frozen=True)
class Linked:
    """A line of the account page."""

    name: str
    since: datetime
    used: datetime | None
    by_number: bool
    remove_href: str


def lines(citizen: Citizen) -> tuple[list[Linked], list[Link]]:
    """What is linked, and the providers one can still link."""
    known = {one.key: one for one in providers(on=today())}
    linked = linked_identities(citizen.account_id)
    free = [one for key, one in known.items() if key not in {identity.provider for identity in linked}]
    return (
        [
            Linked(
                name_of(one),
                one.linked_at,
                one.last_used_at,
                one.by_number,
                reverse("citizen:unlink-identity", kwargs={"link_id": one.pk}),
            )
            for one in linked
        ],
        [Link(pick(one, "name"), reverse("citizen:begin-link", kwargs={"provider": one.key})) for one in free],
    )


def name_of(identity: LinkedIdentity) -> str:
    """What the provider is called; its key when it is no longer in use."""
    found = next((one for one in providers(on=today()) if one.key == identity.provider), None)
    return pick(found, "name") if found else identity.provider


@citizen_page
def begin_link(request: HttpRequest, citizen: Citizen, provider: str) -> HttpResponse:
    """To the provider; nothing is linked before the person confirms what came back."""
    chosen = next((one for one in providers(on=today()) if one.key == provider), None)
    if chosen is None:
        return HttpResponseRedirect(reverse("citizen:account"))
    try:
        return HttpResponseRedirect(set_out(request, chosen, onward="", to_link=True, at=now()))
    except (NotAllowed, ProviderDown) as refused:
        return _confirm_page(request, citizen, provider=pick(chosen, "name"), name="", problem=sentence(refused))


@citizen_page
def confirm_link(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Who the provider says it is, and the password: a link that somebody else's page pressed links nothing."""
    asserted = waiting_identity(request, at=now())
    chosen = next((one for one in providers(on=today()) if asserted and one.key == asserted.provider), None)
    if asserted is None or chosen is None:
        return HttpResponseRedirect(reverse("citizen:account"))
    error = problem = ""
    if request.method == "POST":
        try:
            link(
                citizen.account_id,
                asserted=asserted,
                provider=chosen,
                password=request.POST.get("password", ""),
                network=network(request),
                at=now(),
            )
        except (Invalid, NotAllowed) as refused:
            error = sentence(refused)
        except Conflict as refused:
            problem = sentence(refused)
        else:
            forget_identity(request)
            return HttpResponseRedirect(f"{reverse('citizen:account')}?{TOLD}=1")
    return _confirm_page(
        request, citizen, provider=pick(chosen, "name"), name=asserted.full_name, error=error, problem=problem
    )


@citizen_page
def remove_link(request: HttpRequest, citizen: Citizen, link_id: UUID) -> HttpResponse:
    """A page that says what ends, then the end."""
    found = the_link(link_id, account_id=citizen.account_id)
    if request.method == "POST":
        unlink(link_id, account_id=citizen.account_id, name=name_of(found), at=now())
        return HttpResponseRedirect(f"{reverse('citizen:account')}?{TOLD}=0")
    name = name_of(found)
    return render(
        request,
        "citizen/unlink_identity.html",
        page=frame(
            citizen,
            translate("Bỏ liên kết với {provider}?", provider=name),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
        ),
        provider=name,
    )


def _confirm_page(
    request: HttpRequest, citizen: Citizen, *, provider: str, name: str, error: str = "", problem: str = ""
) -> HttpResponse:
    return render(
        request,
        "citizen/link_identity.html",
        status=422 if error or problem else 200,
        page=frame(
            citizen,
            translate("Liên kết đăng nhập với {provider}", provider=provider),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
            problems=int(bool(error)),
        ),
        login=the_person(citizen.person_id).personal_id_number,
        provider=provider,
        name=name,
        problem=problem,
        error=error,
        problems=[{"path": "password", "text": error}] if error else [],
    )
