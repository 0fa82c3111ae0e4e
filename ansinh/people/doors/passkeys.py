"""Passkeys (WebAuthn): made, used to sign in without typing a number or as second factor, named, removed.

Made and used with user verification, so that one is worth two factors; without attestation, because nobody is kept out
for the make of a telephone. The browser signs the origin it sees: an answer given to a look-alike page is refused.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ansinh.people.doors.factors import is_last_way_in
from ansinh.people.happened import DoorChanged
from ansinh.people.models import Account, Passkey
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import at_the_door

MOST: Final = 10
QUESTION_LIFE: Final = timedelta(minutes=5)
_NAME_LENGTH: Final = 60
_Checked = TypeVar("_Checked")
_UNREADABLE = (
    ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, struct.error, UnsupportedAlgorithm,
)  # fmt: skip
"""What the library raises for an answer that is malformed or does not hold: the caller is told one and the same."""


@dataclass(frozen=True)
class Question:
    """What the browser is asked (`options`, JSON for WebAuthn) and what must be kept to judge its answer (`state`)."""

    options: dict[str, Any]
    state: dict[str, Any]


@dataclass(frozen=True)
class PasskeyLine:
    """A passkey as its holder sees it."""

    passkey_id: UUID
    name: str
    backed_up: bool
    created_at: datetime
    used_at: datetime | None


def ask_for_new(account: Account, *, at: datetime) -> Question:
    """Ask the browser to make a passkey for this account, not on a device that has one already. Raises Conflict."""
    held = [AttestedCredentialData(bytes(one.credential)) for one in Passkey.objects.filter(account=account)]
    if len(held) >= MOST:
        raise Conflict("passkeys-full", "Tài khoản đã có {n} khóa. Xin bỏ bớt một khóa rồi thêm.", n=MOST)
    user = PublicKeyCredentialUserEntity(
        id=account.pk.bytes, name=account.display_name, display_name=account.display_name
    )
    options, state = _server().register_begin(
        user,
        held,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _question(options, state, at)


def add(account_id: UUID, *, state: Mapping[str, Any], answer: str, name: str, at: datetime) -> None:
    """Keep the passkey the browser made. Raises Invalid when the answer does not hold, Conflict when it is known."""
    _refuse_late(state, at)
    made = _checked(lambda: _server().register_complete(dict(state), json.loads(answer)))
    data = made.credential_data if made else None
    if made is None or data is None:
        raise Invalid("passkey-not-made", "Chưa tạo được khóa đăng nhập. Xin thử lại; nếu vẫn lỗi, xin dùng máy khác.")
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account_id)
        with at_the_door():  # whoever else holds it
            known = Passkey.objects.filter(credential_id=data.credential_id).exists()
        if known or Passkey.objects.filter(account_id=account_id).count() >= MOST:
            raise Conflict("passkey-known", "Khóa này đã được thêm trước đó, hoặc tài khoản đã đủ số khóa.")
        Passkey.objects.create(
            account_id=account_id,
            credential_id=data.credential_id,
            credential=bytes(data),
            sign_count=made.counter,
            backup_eligible=made.is_backup_eligible(),
            backed_up=made.is_backed_up(),
            name=_name(name),
            created_at=at,
        )
        publish(DoorChanged(account_id=account_id, what="passkey_added", at=at))


def ask_for_one(account_id: UUID | None, *, at: datetime) -> Question:
    """Ask for a passkey of this account, or, with None, for any that the device holds for this site."""
    rows = Passkey.objects.filter(account_id=account_id) if account_id else Passkey.objects.none()
    held = [AttestedCredentialData(bytes(one.credential)) for one in rows]
    options, state = _server().authenticate_begin(held or None, user_verification=UserVerificationRequirement.REQUIRED)
    return _question(options, state, at)


def use(*, state: Mapping[str, Any], answer: str, account_id: UUID | None, at: datetime) -> Account:
    """The active account whose passkey answered; `account_id` when it must be this one. Raises NotAllowed.

    A counter that does not grow means a copied key: it is refused (WebAuthn 3, 6.1.1). One statement moves it on.
    """
    _refuse_late(state, at)
    given = _checked(lambda: AuthenticationResponse.from_dict(json.loads(answer)))
    passkey = Passkey.objects.select_related("account").filter(credential_id=given.raw_id).first() if given else None
    if given is None or passkey is None or (account_id is not None and passkey.account_id != account_id):
        raise _refused()
    handle = given.response.user_handle
    credential = AttestedCredentialData(bytes(passkey.credential))
    holds = _checked(lambda: _server().authenticate_complete(dict(state), [credential], given))
    if holds is None or (handle and handle != passkey.account_id.bytes) or not passkey.account.is_active:
        raise _refused()
    seen = given.response.authenticator_data
    grown = Q(sign_count__lt=seen.counter) if seen.counter else Q(sign_count=0)
    moved = Passkey.objects.filter(grown, pk=passkey.pk).update(
        sign_count=seen.counter, backed_up=seen.is_backed_up(), used_at=at
    )
    if moved != 1:
        raise _refused()
    account: Account = passkey.account
    return account


def passkeys_of(account_id: UUID) -> Sequence[PasskeyLine]:
    """The account's passkeys, oldest first."""
    rows = Passkey.objects.filter(account_id=account_id).order_by("created_at")
    return [PasskeyLine(one.pk, one.name, one.backed_up, one.created_at, one.used_at) for one in rows]


def rename(passkey_id: UUID, *, account_id: UUID, name: str) -> None:
    """Give a passkey another name. Raises NotFound."""
    if Passkey.objects.filter(pk=passkey_id, account_id=account_id).update(name=_name(name)) != 1:
        raise _not_there()


def remove(passkey_id: UUID, *, account_id: UUID, at: datetime) -> None:
    """Forget a passkey: it opens nothing from now on. Raises NotFound, Conflict for the last way in."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        if Passkey.objects.filter(pk=passkey_id, account_id=account_id).exists() and is_last_way_in(account):
            raise Conflict(
                "last-way-in",
                "Đây là cách đăng nhập duy nhất của tài khoản nên chưa bỏ được. Xin đặt mật khẩu trước.",
            )
        gone, _ = Passkey.objects.filter(pk=passkey_id, account_id=account_id).delete()
        if gone != 1:
            raise _not_there()
        publish(DoorChanged(account_id=account_id, what="passkey_removed", at=at))


def relying_party() -> tuple[str, str]:
    """The domain passkeys belong to, and the only origin they are taken from: those of the public address."""
    address = urlsplit(settings.PUBLIC_URL)
    return settings.PASSKEY_RP_ID or (address.hostname or ""), f"{address.scheme}://{address.netloc}"


def _server() -> Fido2Server:
    domain, origin = relying_party()
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=domain, name="An Sinh"),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda seen: seen == origin,
    )


def _question(options: Mapping[str, Any], state: dict[str, Any], at: datetime) -> Question:
    return Question(options=json.loads(json.dumps(_plain(options))), state={**state, "asked_at": at.isoformat()})


def _plain(value: Any) -> Any:
    """Mappings of the library as JSON has them."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _refuse_late(state: Mapping[str, Any], at: datetime) -> None:
    asked_at = state.get("asked_at")
    if not asked_at or at > datetime.fromisoformat(asked_at) + QUESTION_LIFE:
        raise NotAllowed("passkey-late", "Đã quá lâu từ lúc bấm nút. Xin bấm lại.")


def _checked(look: Callable[[], _Checked]) -> _Checked | None:
    try:
        return look()
    except _UNREADABLE:
        return None


def _refused() -> NotAllowed:
    return NotAllowed(
        "passkey-refused",
        "Khóa đăng nhập này không mở được tài khoản nào ở đây. Xin thử khóa khác hoặc đăng nhập bằng mật khẩu.",
    )


def _not_there() -> NotFound:
    return NotFound("passkey-unknown", "Không có khóa đăng nhập này. Có thể nó đã được bỏ.")


def _name(typed: str) -> str:
    return " ".join(typed.split())[:_NAME_LENGTH] or "Khóa đăng nhập"
