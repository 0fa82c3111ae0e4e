"""Bearer tokens of the programming interface."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from ansinh.people.doors import totp
from ansinh.people.doors.factors import factors_of
from ansinh.people.models import AccessToken
from ansinh.people.sign_in import sign_in
from ansinh.platform.errors import NotAllowed
from ansinh.platform.row_security.viewer import at_the_door

LIFE = timedelta(hours=12)


@at_the_door()
def give_token(login: str, password: str, *, network: str, at: datetime, code: str = "") -> tuple[str, datetime]:
    """A new token and its end, for whoever signs in with this password, and the app's code where there is one.

    Raises NotAllowed. A program is no way around the second step that the holder of an account asked for.
    """
    account = sign_in(login, password, network=network, at=at)
    if factors_of(account.pk).totp:
        if not code:
            raise NotAllowed(
                "second-step-needed",
                "Tài khoản này dùng ứng dụng xác thực. Xin gửi kèm mã 6 chữ số của ứng dụng trong trường code.",
            )
        totp.use(account.pk, code, at=at)
    token = secrets.token_urlsafe(32)
    row = AccessToken.objects.create(
        digest=sha256(token.encode()).hexdigest(), account=account, created_at=at, expires_at=at + LIFE
    )
    return token, row.expires_at


@at_the_door()
def revoke_token(token: str, *, at: datetime) -> None:
    """The token stops working; an unknown one is nothing to do."""
    AccessToken.objects.filter(digest=sha256(token.encode()).hexdigest(), revoked_at__isnull=True).update(revoked_at=at)
