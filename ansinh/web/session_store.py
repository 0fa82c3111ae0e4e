"""The browser's memory as Django keeps it, found by a statement that is worked out once: each page asks for it."""

from __future__ import annotations

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from ansinh.platform.statements import TYPED, Statement, statement


class SessionStore(db.SessionStore):
    """Django looks for the class of this name in the module that SESSION_ENGINE names."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_kept().put(str(self.session_key)).models(Session)), None)
        if found is None or found.expire_date <= timezone.now():  # noqa: TID251 - Django dates them by its own clock
            self._session_key = None
            return None
        return found


@cache
def _kept() -> Statement:
    return statement(Session.objects.filter(session_key=TYPED))
