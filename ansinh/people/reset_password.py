"""A forgotten password: a code proves the telephone or mailbox, the person chooses a new one. None is ever sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.people.models import Account, OneTimeCode
from ansinh.people.one_time_codes import CodeRefused, check, issue
from ansinh.people.passwords import refuse_weak_password
from ansinh.people.sign_in import find_account
from ansinh.platform.actor_context import acting_as
from ansinh.platform.identifiers import uuid7


def request_reset(login: str, *, channel: str, session_key: str, network: str, at: datetime) -> UUID:
    """Send a code if the account exists; answers a code id either way, so that nothing is given away."""
    account = find_account(login)
    recipient = (account.phone if channel == "sms" else account.email) if account else ""
    if account is None or not recipient:
        return uuid7()
    return issue(
        purpose="password_reset",
        channel=channel,
        recipient=recipient,
        session_key=session_key,
        bound_digest="",
        account_id=account.pk,
        network=network,
        at=at,
    ).pk


def reset(*, code_id: UUID, typed: str, session_key: str, password: str, at: datetime) -> Account:
    """Set the new password; every session and token of the account ends. Raises CodeRefused, Invalid."""
    refuse_weak_password(password, personal_facts=[])
    refusal: CodeRefused | None = None
    with transaction.atomic():
        try:
            code: OneTimeCode = check(
                code_id=code_id, session_key=session_key, purpose="password_reset", typed=typed, bound_digest="", at=at
            )
        except CodeRefused as refused:
            refusal = refused
        else:
            account = Account.objects.select_for_update().get(pk=code.account_id)
            with acting_as(f"account:{account.pk}"):
                account.password = make_password(password)
                account.save(update_fields=["password"])
                account.accesstoken_set.filter(revoked_at__isnull=True).update(revoked_at=at)
    if refusal is not None:
        raise refusal
    return account
