"""The second officer: approves, which makes the slip's secret, or refuses. Never the one who opened it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices.counters import refuse_paused
from ansinh.people.actors import OfficerActor
from ansinh.people.happened import RecoveryApproved
from ansinh.people.models import Recovery, RecoveryState
from ansinh.people.recovery import secrets
from ansinh.people.recovery.find import right_to_approve, the_recovery
from ansinh.people.recovery.rules import rules
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day


def blockers(recovery: Recovery, *, actor: OfficerActor, on: date) -> list[tuple[str, str]]:
    """Why this officer cannot approve now: (code, Vietnamese sentence); empty when approval is open."""
    found: list[tuple[str, str]] = []
    if not recovery.papers.exists():
        found.append(("photo-missing", "Chưa có ảnh giấy tờ đã đối chiếu. Xin chụp tại quầy."))
    if recovery.opened_by_id == actor.officer_id:
        found.append(("four-eyes", "Người mở việc khôi phục không được tự duyệt. Xin chuyển người thứ hai."))
    if right_to_approve(actor, office_code=recovery.office_code, on=on) is None:
        found.append(
            ("no-delegation", "Ông/bà chưa được giám đốc giao duyệt khôi phục tài khoản. Xin chuyển người được giao.")
        )
    return found


def approve(recovery_id: UUID, *, actor: OfficerActor, at: datetime) -> str:
    """The secret for the slip, told once. Pressed again before it is used, a new secret replaces the old one.

    Raises Conflict with the first reason while anything is missing, while the log is not sealed, or while the
    counter is closed, where the slip is handed over.
    """
    with transaction.atomic(), acting_as(actor.label):
        recovery = the_recovery(recovery_id, actor=actor, lock=True)
        if recovery.state not in (RecoveryState.OPENED, RecoveryState.APPROVED):
            raise Conflict("recovery-closed", "Việc khôi phục này đã kết thúc. Xin mở việc mới nếu người dân còn cần.")
        refuse_paused(recovery.office_code, on=local_day(at))
        for code, sentence in blockers(recovery, actor=actor, on=local_day(at)):
            raise Conflict(code, sentence)
        limits, told = rules(on=local_day(at)), secrets.new_secret()
        recovery.delegation_id = right_to_approve(actor, office_code=recovery.office_code, on=local_day(at))
        recovery.decided_by_id, recovery.decided_at = actor.officer_id, at
        recovery.state = RecoveryState.APPROVED
        recovery.secret_digest = secrets.secret_digest(told)
        recovery.secret_expires_at, recovery.tries_left = at + limits.secret_life, limits.tries
        recovery.session_key = ""
        recovery.save()
        publish(RecoveryApproved(recovery.pk, at))
    return told


def refuse(recovery_id: UUID, *, actor: OfficerActor, at: datetime) -> None:
    """End it without a new password; whoever opened it may withdraw it, too. Raises Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        recovery = the_recovery(recovery_id, actor=actor, lock=True)
        if recovery.state not in (RecoveryState.OPENED, RecoveryState.APPROVED):
            raise Conflict("recovery-closed", "Việc khôi phục này đã kết thúc. Xin mở việc mới nếu người dân còn cần.")
        recovery.state, recovery.secret_digest = RecoveryState.REFUSED, ""
        recovery.decided_at = at
        if recovery.opened_by_id != actor.officer_id:
            recovery.decided_by_id = actor.officer_id
        recovery.save()
