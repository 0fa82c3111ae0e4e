"""Between the password and the second step: who typed a right password in this browser, for a few minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from ansinh.people.models import Account
from ansinh.people.queries import active_account
from ansinh.web.clock import now
from ansinh.web.sessions import close

LIFE: Final = timedelta(minutes=5)
_SLOT: Final = "half_way"


def begin(request: HttpRequest, account: Account, *, onward: str) -> None:
    """Remember the account; nobody is signed in here meanwhile, and the browser's session is a fresh one."""
    close(request)
    request.session[_SLOT] = {
        "account": str(account.pk),
        "password": account.get_session_auth_hash(),
        "at": now().isoformat(),
        "onward": onward,
    }


def account(request: HttpRequest) -> Account | None:
    """The account that waits for its second step; None after too long, or with another password since."""
    kept = request.session.get(_SLOT)
    if kept is None or now() > datetime.fromisoformat(kept["at"]) + LIFE:
        return None
    found = active_account(kept["account"])
    return found if found is not None and found.get_session_auth_hash() == kept["password"] else None


def onward(request: HttpRequest) -> str:
    """Where the person wanted to go."""
    return str(request.session.get(_SLOT, {}).get("onward", ""))


def done(request: HttpRequest) -> None:
    """The second step was made."""
    request.session.pop(_SLOT, None)
