"""Bearer tokens of the programming interface."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from ansinh.people.models import AccessToken
from ansinh.people.sign_in import sign_in

LIFE = timedelta(hours=12)


def give_token(login: str, password: str, *, network: str, at: datetime) -> tuple[str, datetime]:
    """A new token and its end, for whoever signs in with this password. Raises NotAllowed."""
    account = sign_in(login, password, network=network, at=at)
    token = secrets.token_urlsafe(32)
    row = AccessToken.objects.create(
        digest=sha256(token.encode()).hexdigest(), account=account, created_at=at, expires_at=at + LIFE
    )
    return token, row.expires_at


def revoke_token(token: str, *, at: datetime) -> None:
    """The token stops working; an unknown one is nothing to do."""
    AccessToken.objects.filter(digest=sha256(token.encode()).hexdigest(), revoked_at__isnull=True).update(revoked_at=at)


def revoke_all(account_id: UUID, *, at: datetime) -> None:
    """Every token of the account stops working."""
    AccessToken.objects.filter(account_id=account_id, revoked_at__isnull=True).update(revoked_at=at)
