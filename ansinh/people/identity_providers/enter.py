"""Which account an identity of a provider opens. Never by mailbox or telephone: several people share those."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.people.happened import IdentityLinked
from ansinh.people.identity_providers.assertions import AssertedIdentity
from ansinh.people.identity_providers.providers import Provider
from ansinh.people.models import Account, AccountState, LinkedIdentity, LinkState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.language import pick


def account_for(asserted: AssertedIdentity, *, provider: Provider, at: datetime) -> Account | None:
    """The account this identity opens, linked now if its provider may vouch for the number; None when there is none.

    Raises NotAllowed when the linked account is not in use.
    """
    with transaction.atomic():
        link = (
            LinkedIdentity.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(issuer=asserted.issuer, subject=asserted.subject, state=LinkState.LINKED)
            .first()
        )
        if link is None:
            return _first_time(asserted, provider, at)
        if link.account.state != AccountState.ACTIVE:
            raise NotAllowed(
                "identity-account-not-in-use",
                "Tài khoản liên kết với {provider} hiện không dùng được. Xin mang căn cước đến cơ quan BHXH gần nhất.",
                provider=pick(provider, "name"),
            )
        link.last_used_at = at
        link.save(update_fields=["last_used_at"])
        return link.account


def _first_time(asserted: AssertedIdentity, provider: Provider, at: datetime) -> Account | None:
    if not asserted.personal_number or not provider.finds_by_number(asserted.level):
        return None
    account = (
        Account.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(
            login=asserted.personal_number,
            person__personal_id_number=asserted.personal_number,
            state=AccountState.ACTIVE,
            identity_checked_at__isnull=False,
        )
        .first()
    )
    if account is None or not _agrees(account, asserted) or _has_another(account, asserted):
        return None
    with acting_as(f"account:{account.pk}"):
        LinkedIdentity.objects.create(
            account=account, provider=asserted.provider, issuer=asserted.issuer, subject=asserted.subject,
            by_number=True, linked_at=at, last_used_at=at,
        )  # fmt: skip
        publish(IdentityLinked(account.pk, provider.name_vi, at))
    return account


def _agrees(account: Account, asserted: AssertedIdentity) -> bool:
    """A birth date that differs from the one compared at the counter says that a number was given to two people."""
    held = account.person.date_of_birth if account.person else ""
    born = asserted.date_of_birth
    return not born or born == held or (len(held) == 4 and born.startswith(held))


def _has_another(account: Account, asserted: AssertedIdentity) -> bool:
    return account.identities.filter(issuer=asserted.issuer, state=LinkState.LINKED).exists()
