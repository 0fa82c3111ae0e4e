"""Open a session for somebody who has proved who it is."""

from __future__ import annotations

from django.contrib.auth import login as begin_session
from django.http import HttpRequest

from ansinh.people.models import Account
from ansinh.web.actors import BROWSER

BACKEND = "django.contrib.auth.backends.ModelBackend"
METHOD = "method"


def open_for(request: HttpRequest, account: Account, *, method: str) -> None:
    """A fresh session under a new key; `method` says how the person signed in ("password", "oidc:vneid")."""
    # A fresh name for the session: drafts and codes of whoever sat here before do not carry over.
    request.session.pop(BROWSER, None)
    begin_session(request, account, backend=BACKEND)
    request.session[METHOD] = method
