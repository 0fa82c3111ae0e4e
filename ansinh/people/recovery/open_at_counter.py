"""The first officer: compares the person with papers, opens the recovery; the account's contacts hear at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.offices.counters import refuse_paused
from ansinh.people.actors import OfficerActor
from ansinh.people.happened import RecoveryOpened
from ansinh.people.models import Recovery, RecoveryPaper, RecoveryState
from ansinh.people.recovery import secrets
from ansinh.people.recovery.find import open_recovery, the_account, the_recovery
from ansinh.people.recovery.rules import papers, reasons
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import local_day


def open_at_counter(
    account_id: UUID, *, actor: OfficerActor, office_code: str, reason: str, compared: Collection[str], at: datetime
) -> Recovery:
    """Record which papers the person was compared with; another officer decides.

    Raises NotAllowed, NotFound, Invalid (nothing that proves identity), Conflict (one under way, counter closed).
    """
    if office_code not in actor.office_codes:
        raise NotAllowed("not-your-office", "Ông/bà không được phân công ở cơ quan này hôm nay.")
    refuse_paused(office_code, on=local_day(at))
    known = papers()
    if reason not in reasons():
        raise Invalid("recovery-needs-reason", "Chưa chọn lý do khôi phục. Xin hỏi người dân rồi chọn một lý do.")
    if not compared or not set(compared) <= set(known) or not any(known[key].identity for key in compared):
        raise Invalid(
            "recovery-needs-identity",
            "Chưa đối chiếu người với giấy tờ tùy thân. Xin xem căn cước, hộ chiếu hoặc căn cước điện tử rồi chọn.",
        )
    with transaction.atomic(), acting_as(actor.label):
        account = the_account(account_id, actor=actor, lock=True)
        if open_recovery(account.pk) is not None:
            raise Conflict(
                "recovery-under-way", "Tài khoản này đang có một việc khôi phục. Xin mở việc đó thay vì mở việc mới."
            )
        recovery_id = uuid7()
        code = secrets.stop_code(recovery_id)
        made = Recovery.objects.create(
            id=recovery_id, account=account, office_code=office_code, reason=reason, papers_compared=sorted(compared),
            opened_by_id=actor.officer_id, opened_at=at, stop_digest=secrets.stop_digest(code),
        )  # fmt: skip
        publish(RecoveryOpened(account.pk, office_code, code, at))
    return made


def add_photo(recovery_id: UUID, *, actor: OfficerActor, kind: str, paper_id: UUID, at: datetime) -> RecoveryPaper:
    """Keep a photograph taken at the counter; `paper_id` lies in the store of the account. Raises Conflict, Invalid."""
    with transaction.atomic(), acting_as(actor.label):
        recovery = the_recovery(recovery_id, actor=actor, lock=True)
        if recovery.state != RecoveryState.OPENED:
            raise Conflict("recovery-decided", "Việc khôi phục này đã được quyết định nên không thêm ảnh được nữa.")
        refuse_paused(recovery.office_code, on=local_day(at))
        if kind not in recovery.papers_compared:
            raise Invalid("unknown-target", "Hồ sơ này không có mục “{target}”. Xin chọn lại.", target=kind)
        made, _ = RecoveryPaper.objects.get_or_create(
            recovery=recovery, paper_id=paper_id,
            defaults={"kind": kind, "added_by_id": actor.officer_id, "added_at": at},
        )  # fmt: skip
    return made
