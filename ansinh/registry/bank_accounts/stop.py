"""Stop a change: with the code of the notice and nothing else, or take one's own wish back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.actors import Citizen
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.events import publish
from ansinh.registry.bank_accounts import freeze_code
from ansinh.registry.bank_accounts.happened import BankAccountChangeEnded
from ansinh.registry.models import BankAccountChange, ChangeState

STOPPABLE = (ChangeState.HELD, ChangeState.REVIEW, ChangeState.APPROVED)


def freeze(code: str, *, at: datetime) -> BankAccountChange:
    """Stop the change this code belongs to, also after it took effect; the account before it is paid again.

    Whoever holds the code may do it. Only two officers open it again (settle.py). A second press changes nothing.
    Raises NotFound, Conflict (`change-ended`).
    """
    with transaction.atomic(), acting_as("freeze-code"):
        rows = BankAccountChange.objects.select_for_update()
        change = rows.filter(freeze_hash=freeze_code.hash_of(code)).first()
        if change is None:
            raise NotFound(
                "freeze-code-unknown", "Mã chặn này không đúng. Xin chép lại mã trong tin nhắn hoặc thư điện tử."
            )
        if change.state == ChangeState.FROZEN:
            return change
        if change.state not in STOPPABLE:
            raise Conflict("change-ended", "Thay đổi này đã kết thúc, tiền không chuyển vào tài khoản đó.")
        change.state, change.effective_at = ChangeState.FROZEN, None
        change.save(update_fields=["state", "effective_at"])
        publish(BankAccountChangeEnded(change.pk, change.state, at))
    return change


def withdraw(change_id: UUID, *, actor: Citizen, at: datetime) -> None:
    """Take one's own change back before it takes effect. Raises NotFound, Conflict (`change-in-force`)."""
    with transaction.atomic(), acting_as(actor.label):
        rows = BankAccountChange.objects.select_for_update().filter(person_id=actor.owner_id)
        change = rows.filter(pk=change_id).first()
        if change is None:
            raise NotFound("change-not-found", "Không tìm thấy thay đổi này. Xin tải lại trang.")
        if change.state == ChangeState.WITHDRAWN:
            return
        waiting = change.state == ChangeState.REVIEW or (change.effective_at is not None and change.effective_at > at)
        if not waiting:
            raise Conflict(
                "change-in-force", "Thay đổi này không còn rút được. Muốn dùng tài khoản khác, xin đổi tiếp."
            )
        change.state, change.effective_at, change.closed_at = ChangeState.WITHDRAWN, None, at
        change.save(update_fields=["state", "effective_at", "closed_at"])
        publish(BankAccountChangeEnded(change.pk, change.state, at))
