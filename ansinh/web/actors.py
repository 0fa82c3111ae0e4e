"""Who asks: the request's session becomes an actor of the contexts. Every view is marked for whom it is.

`@public_page` anyone · `@citizen_page` gives the view a `Citizen` · `@officer_page` an `OfficerActor` · `@account_page`
a `SignedIn`, whoever it is: always the second positional argument. A house test refuses a view without a mark.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import shortcuts
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from ansinh.people import queries
from ansinh.people.acting.behalves import the_behalf
from ansinh.people.actors import Behalf, Citizen, OfficerActor
from ansinh.people.doors.rules import door_rules
from ansinh.people.doors.sessions import SignedIn, left_alone
from ansinh.people.models import Account
from ansinh.people.officers.staff import nearest_days
from ansinh.people.views_of import view_of_citizen, view_of_officer
from ansinh.platform.errors import NotAllowed
from ansinh.platform.row_security.viewer import Kind, Viewer, learn, viewing
from ansinh.platform.vietnamese import date_vi
from ansinh.web.client import device as device
from ansinh.web.client import network as network
from ansinh.web.clock import now, today
from ansinh.web.sessions import BEHALF, signed_in
from ansinh.web.sessions import BROWSER as BROWSER

BEHALF_ENDED = "behalf_ended"
"""In the session: that row stopped giving it, which the next page says once."""
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


class ProofNeeded(Exception):
    """The page needs its holder to prove oneself again, by a second factor or, without one, the password.

    The error pages ask for it and lead back with everything that was typed.
    """

    def __init__(self, back_to: str) -> None:
        super().__init__(back_to)
        self.back_to = back_to

    @property
    def href(self) -> str:
        """The page that asks, and leads back afterwards."""
        return f"{reverse('doors:step-up')}?{urlencode({NEXT: self.back_to})}"


def account_of(request: HttpRequest) -> Account | None:
    """The account of this session, or None."""
    signed = signed_in(request)
    return signed.account if signed else None


def citizen_of(request: HttpRequest) -> Citizen:
    """The signed-in citizen; raises SignInNeeded, NotAllowed for an officer's account."""
    account = someone_signed_in(request).account
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
        request.session[BEHALF_ENDED] = True
    return behalf


def officer_of(request: HttpRequest) -> OfficerActor:
    """The signed-in officer with today's assignments; raises SignInNeeded, NotAllowed, and ProofNeeded.

    The desk opens to a second factor only, and asks for it again when it was left alone.
    """
    signed = someone_signed_in(request)
    officer = queries.officer(signed.account, on=today())
    if officer is None:
        raise _without_post(signed.account)
    if left_alone(signed, at=now()) or (door_rules(today()).officer.second_factor and not signed.factor):
        raise ProofNeeded(_way_back(request))
    return officer


def _without_post(account: Account) -> NotAllowed:
    """Why the desk does not open: no officer at all, or none with a post today; and then since when, until when."""
    if account.person_id is not None:
        return NotAllowed(
            "not-an-officer", "Trang này dành cho cán bộ đang được giao nhiệm vụ. Xin đăng nhập bằng tài khoản cán bộ."
        )
    ended, begins = nearest_days(account.pk, on=today())
    if begins is not None:
        return NotAllowed(
            "no-post-today",
            "Hôm nay, {today}, ông/bà chưa có nhiệm vụ nào. Nhiệm vụ tới bắt đầu ngày {day}; "
            "trang làm việc mở từ 0 giờ hôm đó.",
            today=date_vi(today()),
            day=date_vi(begins),
        )
    if ended is not None:
        return NotAllowed(
            "no-post-today",
            "Hôm nay, {today}, ông/bà không có nhiệm vụ nào. Nhiệm vụ gần nhất kết thúc ngày {day}. "
            "Xin hỏi lãnh đạo hoặc quản trị hệ thống của cơ quan để được phân công.",
            today=date_vi(today()),
            day=date_vi(ended),
        )
    return NotAllowed(
        "no-post-today",
        "Hôm nay, {today}, ông/bà chưa được phân công ở cơ quan nào. "
        "Xin hỏi lãnh đạo hoặc quản trị hệ thống của cơ quan để được phân công.",
        today=date_vi(today()),
    )


def signed_in_of(request: HttpRequest) -> SignedIn:
    """Whoever is signed in; raises SignInNeeded, and ProofNeeded at a desk that was left alone."""
    signed = someone_signed_in(request)
    if left_alone(signed, at=now()):
        raise ProofNeeded(_way_back(request))
    return signed


def someone_signed_in(request: HttpRequest) -> SignedIn:
    """Whoever is signed in, even at a desk left alone; raises SignInNeeded."""
    signed = signed_in(request)
    if signed is None:
        raise SignInNeeded(_way_back(request))
    return signed


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in {"GET", "HEAD"} else request.path


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


def account_page(view: View) -> View:
    """Call `view(request, signed, **parts)` for whoever is signed in, citizen or officer; no cache keeps the page."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        with viewing(Viewer(Kind.PUBLIC)):
            return _kept_private(view(request, signed_in_of(request), **parts))

    return _marked(guarded, "account")


def proof_page(view: View) -> View:
    """As `account_page`, for the page that asks for proof: it opens also at a desk that was left alone."""

    @wraps(view)
    def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        with viewing(Viewer(Kind.PUBLIC)):
            return _kept_private(view(request, someone_signed_in(request), **parts))

    return _marked(guarded, "account")


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


def is_fetch(request: HttpRequest) -> bool:
    """Whether our script asks (it wants JSON), and not a person's browser."""
    return "application/json" in request.headers.get("Accept", "") or (
        request.headers.get("X-Requested-With") == "fetch"
    )


def render(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this template with these names."""
    if template.startswith("citizen/") and BEHALF_ENDED in request.session:
        context["behalf_ended"] = request.session.pop(BEHALF_ENDED)
    return shortcuts.render(request, template, context, status=status)
