"""Whoever holds the old contacts stops a recovery that is not theirs; one that is done freezes the account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ansinh.people import asked_often
from ansinh.people.happened import RightsChanged
from ansinh.people.models import Account, AccountState, Recovery, RecoveryState
from ansinh.people.recovery import secrets
from ansinh.people.recovery.rules import rules
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day

ASKED, MOST = "stop-code", 30
"""Stop codes that one network may try in an hour."""


def stop(code: str, *, network: str, at: datetime) -> bool:
    """Stop the recovery of this code; whether the account was frozen, because the new password was set already.

    A frozen account opens again only by a new recovery at a counter. Raises NotAllowed for an unknown or old code.
    """
    asked_often.take(ASKED, network=network, most=MOST, at=at)
    with transaction.atomic(), acting_as("stop-code"):
        recovery = Recovery.objects.select_for_update().filter(stop_digest=secrets.stop_digest(code)).first()
        if recovery is None or not _in_time(recovery, at):
            raise NotAllowed(
                "stop-code-refused",
                "Mã chặn không đúng hoặc đã quá hạn. Xin xem lại tin nhắn, hoặc gọi tổng đài để được giúp ngay.",
            )
        frozen = recovery.state == RecoveryState.DONE
        if frozen:
            account = Account.objects.select_for_update().get(pk=recovery.account_id)
            account.state = AccountState.FROZEN
            account.save(update_fields=["state"])
            publish(RightsChanged(account.pk, at))
        recovery.state, recovery.stopped_at, recovery.secret_digest = RecoveryState.STOPPED, at, ""
        recovery.save()
    asked_often.give_back(ASKED, network=network, at=at)
    return frozen


def _in_time(recovery: Recovery, at: datetime) -> bool:
    if recovery.state in (RecoveryState.OPENED, RecoveryState.APPROVED):
        return True
    done = recovery.done_at
    return (
        recovery.state == RecoveryState.DONE and done is not None and at < done + rules(on=local_day(done)).stop_within
    )
