"""Who asks: the request's session becomes an actor of the contexts. Every view is marked for whom it is.

`@public_page` anyone · `@citizen_page` gives the view a `Citizen` · `@officer_page` gives it an `OfficerActor`, both as
the second positional argument. A house test refuses a view without a mark.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import shortcuts
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from ansinh.people import queries
from ansinh.people.acting.behalves import the_behalf
from ansinh.people.actors import Behalf, Citizen, OfficerActor
from ansinh.people.models import Account
from ansinh.people.views_of import view_of_citizen, view_of_officer
from ansinh.platform.client_address import client_address
from ansinh.platform.errors import NotAllowed
from ansinh.platform.row_security.viewer import Kind, Viewer, at_the_door, learn, present, viewing
from ansinh.web.clock import today

BROWSER = "browser"
BEHALF = "behalf"
"""In the session: the row (people.acting) that lets it act for somebody else."""
NEXT = "tiep"
View = Callable[..., HttpResponseBase]


class SignInNeeded(Exception):
    """The page needs somebody who signed in; the error pages lead to the sign-in with the way back."""

    def __init__(self, back_to: str) -> None:
        super().__init__(back_to)
        self.back_to = back_to

    @property
    def href(self) -> str:
        """The sign-in page that leads back afterwards."""
        return f"{reverse('account:sign-in')}?{urlencode({NEXT: self.back_to})}"


def account_of(request: HttpRequest) -> Account | None:
    """The account of this session, or None."""
    with at_the_door():  # the session's account is looked up before it is known who looks
        user = getattr(request, "user", None)
        account = user if isinstance(user, Account) and user.is_active else None
    if account is not None and present().kind is Kind.PUBLIC:
        learn(account_id=account.pk, owner_id=account.person_id)
    return account


def citizen_of(request: HttpRequest) -> Citizen:
    """The signed-in citizen; raises SignInNeeded, NotAllowed for an officer's account."""
    account = _signed_in(request)
    citizen = queries.citizen(account, behalf=_behalf(request, account))
    if citizen is None:
        raise NotAllowed(
            "not-a-citizen",
            "Trang này dành cho người nộp hồ sơ. Xin mở trang làm việc của cán bộ, "
            "hoặc đăng nhập bằng tài khoản cá nhân.",
        )
    return citizen


def _behalf(request: HttpRequest, account: Account) -> Behalf | None:
    """For whom this session acts, while the row it names still gives the right; afterwards for oneself again."""
    basis = request.session.get(BEHALF)
    if basis is None:
        return None
    behalf = the_behalf(account.pk, UUID(basis), on=today())
    if behalf is None:
        del request.session[BEHALF]
    return behalf


def officer_of(request: HttpRequest) -> OfficerActor:
    """The signed-in officer with today's assignments; raises SignInNeeded, NotAllowed."""
    account = _signed_in(request)
    officer = queries.officer(account, on=today())
    if officer is None:
        raise NotAllowed(
            "not-an-officer",
            "Trang này dành cho cán bộ đang được giao nhiệm vụ. "
            "Nếu vừa được giao việc, xin hỏi người quản lý phân công.",
        )
    return officer


def _signed_in(request: HttpRequest) -> Account:
    account = account_of(request)
    if account is None:
        raise SignInNeeded(request.get_full_path() if request.method in {"GET", "HEAD"} else request.path)
    return account


def public_page(view: View) -> View:
    """Anyone may see this page. It sees what hangs on the browser session or the account, once it asks for these."""

    @wraps(view)
    def opened(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        with viewing(Viewer(Kind.PUBLIC)):
            return view(request, **parts)

    return _marked(opened, "public")


def citizen_page(view: View) -> View:
    """Call `view(request, citizen, **parts)`; nobody else passes, and no cache keeps the page."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        with viewing(Viewer(Kind.PUBLIC)):
            citizen, browser = citizen_of(request), known_session_key(request)
        with viewing(view_of_citizen(citizen, browser=browser)):
            return _kept_private(view(request, citizen, **parts))

    return _marked(guarded, "citizen")


def officer_page(view: View) -> View:
    """Call `view(request, officer, **parts)`; nobody else passes, and no cache keeps the page."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        with viewing(Viewer(Kind.PUBLIC)):
            officer, browser = officer_of(request), known_session_key(request)
        with viewing(view_of_officer(officer, browser=browser)):
            return _kept_private(view(request, officer, **parts))

    return _marked(guarded, "officer")


def _marked(view: View, audience: str) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def _kept_private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "private, no-store"
    return response


def session_key(request: HttpRequest) -> str:
    """A secret name of this browser session: one-time codes and drafts before sign-in hang on it.

    It is not the session's own key, which never leaves the session table; a new sign-in gives a new one.
    """
    if BROWSER not in request.session:
        request.session[BROWSER] = secrets.token_hex(24)
    return known_session_key(request)


def known_session_key(request: HttpRequest) -> str:
    """The name of this browser session if it has one, else empty; makes no session."""
    found = str(request.session.get(BROWSER, ""))
    if found:
        learn(browser=found)
    return found


def network(request: HttpRequest) -> str:
    """The client's network address; behind our own proxy the last hop it names. Empty when there is none."""
    return client_address(request.META, behind_proxy=settings.SECURE_PROXY_SSL_HEADER is not None)


def device(request: HttpRequest) -> str:
    """What the browser calls itself, for the evidence of a confirmation; no address."""
    return str(request.META.get("HTTP_USER_AGENT", ""))[:200]


def is_fetch(request: HttpRequest) -> bool:
    """Whether our script asks (it wants JSON), and not a person's browser."""
    return "application/json" in request.headers.get("Accept", "") or (
        request.headers.get("X-Requested-With") == "fetch"
    )


def render(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this template with these names."""
    return shortcuts.render(request, template, context, status=status)
