"""Recovery codes: ten, shown once, each good for one sign-in when the telephone is lost. Only an HMAC is kept."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction

from ansinh.people.doors.tries import forgive, take_try
from ansinh.people.happened import DoorChanged
from ansinh.people.models import RecoveryCode
from ansinh.platform.errors import NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.sealing import derived_key

HOW_MANY: Final = 10
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0 o 1 l i: they are copied by hand. Ten of them are 49 bits."""
_LENGTH: Final = 10
_PURPOSE: Final = "people.doors.recovery_codes"


def make(account_id: UUID, *, at: datetime) -> list[str]:
    """New codes in place of all old ones; they are never shown again."""
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(HOW_MANY)]
    with transaction.atomic():
        RecoveryCode.objects.filter(account_id=account_id).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account_id=account_id, code_hash=_hash(account_id, one), created_at=at) for one in codes
        )
        publish(DoorChanged(account_id=account_id, what="recovery_codes_made", at=at))
    return [f"{one[:5]}-{one[5:]}" for one in codes]


def use(account_id: UUID, typed: str, *, at: datetime) -> None:
    """Use a code up. Raises NotAllowed when it is none of this account's, or was used, or after too many tries."""
    take_try(account_id, at=at)
    bare = "".join(one for one in typed.casefold() if one.isalnum())
    unused = RecoveryCode.objects.filter(account_id=account_id, code_hash=_hash(account_id, bare), used_at__isnull=True)
    with transaction.atomic():
        if unused.update(used_at=at) != 1:
            raise NotAllowed(
                "recovery-code-wrong", "Mã dự phòng chưa đúng hoặc đã dùng. Xin thử mã khác trong danh sách."
            )
        publish(DoorChanged(account_id=account_id, what="recovery_code_used", at=at))
    forgive(account_id)


def left(account_id: UUID) -> int:
    """How many can still be used."""
    return RecoveryCode.objects.filter(account_id=account_id, used_at__isnull=True).count()


def forget(account_id: UUID) -> None:
    """Without another factor the codes stand for nothing."""
    RecoveryCode.objects.filter(account_id=account_id).delete()


def _hash(account_id: UUID, bare: str) -> str:
    return hmac.digest(derived_key(_PURPOSE), account_id.bytes + bare.encode(), sha256).hex()
