"""A forgotten password: a code proves the telephone or mailbox, the person chooses a new one. None is ever sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.people.happened import PasswordChanged
from ansinh.people.models import Account
from ansinh.people.one_time_codes import check, issue, issue_decoy
from ansinh.people.passwords import refuse_weak_password
from ansinh.people.sign_in import find_account
from ansinh.platform.actor_context import acting_as
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import at_the_door


@at_the_door()
def request_reset(login: str, *, channel: str, session_key: str, network: str, at: datetime) -> UUID:
    """Send a code if the account exists; answers a code id either way, so that nothing is given away."""
    account = find_account(login)
    recipient = (account.phone if channel == "sms" else account.email) if account else ""
    if account is None or not recipient:
        return issue_decoy(
            purpose="password_reset",
            channel=channel,
            recipient=login.strip()[:200],
            session_key=session_key,
            account_id=None,
            network=network,
            at=at,
        ).pk
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


@at_the_door()
def reset(*, code_id: UUID, typed: str, session_key: str, password: str, at: datetime) -> Account:
    """Set the new password; every session and token of the account ends. Raises CodeRefused, Invalid."""
    refuse_weak_password(password, personal_facts=[])
    proof = check(
        code_id=code_id, session_key=session_key, purpose="password_reset", typed=typed, bound_digest="", at=at
    )
    with transaction.atomic(), acting_as(f"account:{proof.account_id}"):
        assert proof.account_id is not None
        account = Account.objects.select_for_update().get(pk=proof.account_id)
        account.password = make_password(password)
        account.save(update_fields=["password"])
        account.accesstoken_set.filter(revoked_at__isnull=True).update(revoked_at=at)
        publish(PasswordChanged(account_id=account.pk, at=at))
    return account
