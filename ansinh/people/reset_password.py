"""A forgotten password: a code proves the telephone or mailbox, the person chooses a new one. None is ever sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.people.doors.sessions import end_all
from ansinh.people.happened import PasswordChanged
from ansinh.people.models import Account
from ansinh.people.models_doors import Ended
from ansinh.people.one_time_codes import CodeRefused, budgets, check, issue, issue_decoy
from ansinh.people.passwords import refuse_weak_password
from ansinh.people.sign_in import find_account
from ansinh.platform.actor_context import acting_as
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.sealed_fields.envelope import blind_index
from ansinh.platform.sealed_fields.kinds import LOGIN

_OF_THE_ACCOUNT = frozenset({"recipient", "prefix"})


@at_the_door()
def request_reset(login: str, *, channel: str, session_key: str, network: str, at: datetime) -> UUID:
    """Send a code if the account exists; answers a code id either way, so that nothing is given away.

    What is counted against the page is what was typed. A limit of the account's own telephone sends nothing and says
    nothing: it would tell that there is one. Raises CodeRefused (`too-many-codes`).
    """
    budgets.take_question(login.strip().casefold(), at=at)
    account = find_account(login)
    recipient = (account.phone if channel == "sms" else account.email) if account else ""
    if account is not None and recipient:
        try:
            return issue(
                purpose="password_reset",
                channel=channel,
                recipient=recipient,
                other=account.email if channel == "sms" else account.phone,
                session_key=session_key,
                bound_digest="",
                account_id=account.pk,
                network=network,
                at=at,
            ).pk
        except CodeRefused as refused:
            if refused.facts.get("scope") not in _OF_THE_ACCOUNT and refused.code != "code-abroad":
                raise
    return issue_decoy(
        purpose="password_reset",
        channel=channel,
        recipient=blind_index(LOGIN, login).hex(),  # who typed a personal number does not find it in the table
        session_key=session_key,
        account_id=None,
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
        end_all(account.pk, at=at, why=Ended.PASSWORD)
        publish(PasswordChanged(account_id=account.pk, at=at))
    return account
