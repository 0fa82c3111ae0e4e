"""The authenticator app of an account: set up, confirmed by its first code, used once a step, removed."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ansinh.people.doors import authenticator
from ansinh.people.doors.tries import forgive, take_try
from ansinh.people.happened import DoorChanged
from ansinh.people.models import AuthenticatorApp
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.sealing import seal, unseal

SEALED_FOR: Final = "people.doors.totp"
_WRONG = "Mã chưa đúng hoặc đã dùng. Xin đợi ứng dụng hiện mã mới rồi nhập lại; nếu vẫn sai, xem giờ của điện thoại."


def begin_setup(account_id: UUID, *, at: datetime) -> bytes:
    """A secret for the app; shown until the first right code. One that was begun before stays the same.

    Raises Conflict when an app is in use already: remove it first.
    """
    with transaction.atomic():
        row = AuthenticatorApp.objects.select_for_update().filter(pk=account_id).first()
        if row is not None and row.confirmed_at is not None:
            raise Conflict("totp-in-use", "Tài khoản đã có ứng dụng xác thực. Xin bỏ ứng dụng cũ trước khi thêm.")
        if row is not None:
            return _secret(row)
        secret = os.urandom(authenticator.SECRET_BYTES)
        put(account_id, secret, confirmed_at=None, at=at)
    return secret


def put(account_id: UUID, secret: bytes, *, confirmed_at: datetime | None, at: datetime) -> None:
    """Keep this secret for the account, in place of another."""
    sealed = seal(secret.hex(), row=account_id, purpose=SEALED_FOR)
    values = {"sealed_secret": sealed, "created_at": at, "confirmed_at": confirmed_at, "last_step": 0}
    AuthenticatorApp.objects.update_or_create(account_id=account_id, defaults=values)


def confirm(account_id: UUID, typed: str, *, at: datetime) -> None:
    """The first code shows that the app has the secret: from now on it counts. Raises Invalid, NotAllowed."""
    take_try(account_id, at=at)
    with transaction.atomic():
        row = AuthenticatorApp.objects.select_for_update().filter(pk=account_id, confirmed_at__isnull=True).first()
        step = authenticator.matching_step(_secret(row), typed, at=at) if row else None
        if row is None or step is None:
            raise Invalid("totp-wrong", _WRONG)
        row.confirmed_at, row.last_step = at, step
        row.save(update_fields=["confirmed_at", "last_step"])
        publish(DoorChanged(account_id=account_id, what="totp_added", at=at))
    forgive(account_id)


def use(account_id: UUID, typed: str, *, at: datetime) -> None:
    """Use a code up. Raises NotAllowed when it is wrong, when its step was used before, after too many tries."""
    take_try(account_id, at=at)
    row = AuthenticatorApp.objects.filter(pk=account_id, confirmed_at__isnull=False).first()
    step = authenticator.matching_step(_secret(row), typed, at=at) if row else None
    # One statement uses the step up: of two who bring the same code at once, one finds it used.
    later = AuthenticatorApp.objects.filter(pk=account_id, confirmed_at__isnull=False, last_step__lt=step or 0)
    if step is None or later.update(last_step=step) != 1:
        raise NotAllowed("totp-wrong", _WRONG)
    forgive(account_id)


def remove(account_id: UUID, *, at: datetime) -> None:
    """Forget the app; nothing to do when there is none."""
    with transaction.atomic():
        gone, _ = AuthenticatorApp.objects.filter(pk=account_id).delete()
        if gone:
            publish(DoorChanged(account_id=account_id, what="totp_removed", at=at))


def _secret(row: AuthenticatorApp) -> bytes:
    return bytes.fromhex(unseal(bytes(row.sealed_secret), row=row.pk, purpose=SEALED_FOR))
