"""Browsers of the tests: Django's test client whose sign-in opens one of our sessions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client as DjangoClient

from ansinh.people.doors import sessions
from ansinh.people.models import Account
from ansinh.web.clock import now
from ansinh.web.sessions import SIGNED_IN


class Client(DjangoClient):
    """A browser. `force_login` signs an account in as its own door would: an officer also by a second factor."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Sign in without a password; `backend` is not used."""
        self.enter(user, factor="totp" if user.person_id is None else "")

    def enter(self, account: Account, *, method: str = "password", factor: str = "") -> None:
        """Sign this account in through a door and with a factor of the test's choice."""
        memory = SessionStore()
        memory[SIGNED_IN] = str(
            sessions.begin(
                account, method=method, factor=factor, device="Firefox, Linux", network="203.0.113.7", at=now()
            )
        )
        memory.create()
        self.cookies[settings.SESSION_COOKIE_NAME] = str(memory.session_key)

    def opens(self, address: str) -> bool:
        """Whether this page or file is shown; a file is read to its end, which closes it."""
        answer = self.get(address)
        shown: int = len(answer.getvalue())
        return answer.status_code == 200 and shown > 0
