"""What an account can show beside its password, and when that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from ansinh.people.models import Account, AuthenticatorApp, DoorGuard, LinkedIdentity, LinkState, Passkey, RecoveryCode
from ansinh.people.models_doors import Factor

_HELD = """
    SELECT EXISTS (SELECT FROM people_authenticatorapp WHERE account_id = %(account)s AND confirmed_at IS NOT NULL),
           (SELECT count(*) FROM people_passkey WHERE account_id = %(account)s),
           (SELECT count(*) FROM people_recoverycode WHERE account_id = %(account)s AND used_at IS NULL)
"""


@dataclass(frozen=True)
class Factors:
    """What there is: an authenticator app, so many passkeys, so many recovery codes not used yet."""

    totp: bool
    passkeys: int
    recovery_codes: int

    @property
    def any(self) -> bool:
        """Whether there is anything stronger than a password."""
        return self.totp or self.passkeys > 0


def factors_of(account_id: UUID) -> Factors:
    """What the account holds, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"account": account_id})
        totp, passkeys, codes = cursor.fetchone()
    return Factors(totp=totp, passkeys=passkeys, recovery_codes=codes)


def asks_second_step(account: Account, held: Factors) -> bool:
    """Whether a right password is not enough.

    Who set up an authenticator app asked for it. A passkey alone does not shut the password door of a citizen: whoever
    loses the only telephone would be out. Officers show whatever they have.
    """
    return held.totp or (held.any and account.person_id is None)


def enrolled_since(account_id: UUID, factor: Factor) -> datetime | None:
    """Since when the account has had its newest means of this kind; None when it has none of it (any more)."""
    if factor == Factor.PASSKEY:
        keys = Passkey.objects.filter(account_id=account_id).order_by("-created_at")
        return keys.values_list("created_at", flat=True).first()
    if factor == Factor.TOTP:
        return AuthenticatorApp.objects.filter(account_id=account_id).values_list("confirmed_at", flat=True).first()
    links = LinkedIdentity.objects.filter(account_id=account_id, state=LinkState.LINKED).order_by("-linked_at")
    return links.values_list("linked_at", flat=True).first() if factor == Factor.VNEID_2 else None


def is_last_way_in(account: Account) -> bool:
    """Whether one passkey or one linked identity is all that opens the account: it may not be taken away."""
    keys = Passkey.objects.filter(account_id=account.pk).count()
    links = LinkedIdentity.objects.filter(account_id=account.pk, state=LinkState.LINKED).count()
    return not account.has_usable_password() and keys + links <= 1


def forget_factors(account_id: UUID) -> None:
    """Passkeys, app, recovery codes and what was counted of them go, in the caller's transaction.

    Recovery starts anew: whoever holds the lost telephone may hold these, too.
    """
    for held in (Passkey, AuthenticatorApp, RecoveryCode, DoorGuard):
        held.objects.filter(account_id=account_id).delete()  # type: ignore[attr-defined]
