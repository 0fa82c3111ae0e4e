"""The browser's side of a signed-in session: opened after any door, looked at on each request, closed.

Django's session is only the browser's memory; it names the row of `people.doors.sessions` that says who is signed in.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from ansinh.people.doors import sessions
from ansinh.people.doors.devices import device_words
from ansinh.people.doors.sessions import SignedIn
from ansinh.people.models import Account
from ansinh.people.models_doors import Ended
from ansinh.platform.row_security.viewer import Kind, at_the_door, learn
from ansinh.platform.row_security.viewer import present as present_viewer
from ansinh.web.client import device, network
from ansinh.web.clock import now

BROWSER = "browser"
BEHALF = "behalf"
"""In the session: the row (people.acting) that lets it act for somebody else."""
SIGNED_IN = "signed_in"
DEVICE_COOKIE = "may"
_LOOKED_AT = "_signed_in"
_NEW_MARK = "_new_device_mark"


def signed_in(request: HttpRequest) -> SignedIn | None:
    """Who is signed in here, asked of the database once a request; None for nobody, and for a session that ended."""
    if not hasattr(request, _LOOKED_AT):
        named = request.session.get(SIGNED_IN) if hasattr(request, "session") else None
        with at_the_door():  # the session is looked up before it is known who looks
            setattr(request, _LOOKED_AT, sessions.present(UUID(named), at=now()) if named else None)
    found: SignedIn | None = getattr(request, _LOOKED_AT)
    if found is not None and present_viewer().kind is Kind.PUBLIC:
        learn(account_id=found.account.pk, owner_id=found.account.person_id)
    return found


def open_for(request: HttpRequest, account: Account, *, method: str, factor: str = "") -> None:
    """Sign `account` in here, after it has proved itself through `method` and, where it did, a second `factor`.

    The browser's session gets a new key and a new name, so that neither a planted one nor the drafts and codes of
    whoever sat here before carry over.
    """
    before = signed_in(request)
    if before is not None:
        sessions.end(before.session_id, account_id=before.account.pk, why=Ended.REPLACED, at=now())
        request.session.flush()
    else:
        request.session.cycle_key()
    for carried in (BROWSER, BEHALF):  # everybody begins as oneself
        request.session.pop(carried, None)
    session_id = sessions.begin(
        account,
        method=method,
        factor=factor,
        device=device_words(device(request)),
        device_digest=sha256(_device_mark(request).encode()).hexdigest(),
        network=network(request),
        at=now(),
    )
    request.session[SIGNED_IN] = str(session_id)
    rotate_token(request)
    _look_again(request)


def prove(request: HttpRequest, *, factor: str) -> None:
    """Whoever is signed in has proved oneself again; the browser's session gets a new key.

    The tokens of forms stay: another tab of the same desk may hold one with words in it.
    """
    signed = signed_in(request)
    if signed is not None:
        sessions.prove(signed.session_id, factor=factor, at=now())
        request.session.cycle_key()
        _look_again(request)


def renew_key(request: HttpRequest) -> None:
    """A new key for the browser's session, after the password changed."""
    request.session.cycle_key()
    _look_again(request)


def close(request: HttpRequest) -> None:
    """Sign out here and forget what this browser's session held."""
    signed = signed_in(request)
    if signed is not None:
        sessions.end(signed.session_id, account_id=signed.account.pk, why=Ended.SIGNED_OUT, at=now())
    request.session.flush()
    rotate_token(request)
    _look_again(request)


def device_mark_to_set(request: HttpRequest) -> str:
    """The mark this browser gets with the answer, so that it is known again; empty when it has one or needs none."""
    return str(getattr(request, _NEW_MARK, ""))


def _device_mark(request: HttpRequest) -> str:
    mark = request.COOKIES.get(DEVICE_COOKIE, "")
    if len(mark) != 43:
        mark = secrets.token_urlsafe(32)
        setattr(request, _NEW_MARK, mark)
    return mark


def _look_again(request: HttpRequest) -> None:
    if hasattr(request, _LOOKED_AT):
        delattr(request, _LOOKED_AT)
