"""Telephones and mailboxes an account had before: who may have lost the account is told where a thief cannot read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.people.models import Account, FormerContact


def keep(account: Account, *, at: datetime) -> None:
    """Remember the present contacts of an account that is about to get others."""
    FormerContact.objects.create(account=account, phone=account.phone, email=account.email, ended_at=at)


def former_contacts(account_id: UUID, *, since: datetime) -> list[tuple[str, str]]:
    """Telephone and mailbox (either may be empty) of each set replaced since a moment, the last first."""
    rows = FormerContact.objects.filter(account_id=account_id, ended_at__gte=since).order_by("-ended_at")
    return list(rows.values_list("phone", "email"))
