"""The history of rights: one line for each act, and the news to whoever must close what was open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ansinh.people.actors import OfficerActor
from ansinh.people.happened import RightsChanged
from ansinh.people.models_officers import Officer, StaffEvent
from ansinh.platform.errors import Invalid
from ansinh.platform.events import publish

LONGEST_REASON = 500


def record(
    kind: str,
    /,
    *,
    actor: OfficerActor,
    office_code: str,
    about: UUID | None,
    at: datetime,
    document: str = "",
    **facts: Any,
) -> StaffEvent:
    """Append who did what, when and under which document, in the caller's transaction; days among facts become text."""
    return StaffEvent.objects.create(
        at=at,
        kind=kind,
        office_code=office_code,
        officer_id=about,
        actor_id=actor.officer_id,
        document_number=document,
        facts={key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()},
    )


def rights_changed(officer_ids: Collection[UUID], *, at: datetime) -> None:
    """Publish that these officers' rights are not what they were."""
    for account_id in Officer.objects.filter(pk__in=officer_ids).order_by("pk").values_list("account_id", flat=True):
        publish(RightsChanged(account_id=account_id, at=at))


def the_document(typed: str) -> str:
    """The number of the document a right rests on. Raises Invalid without one."""
    number = " ".join(typed.split())
    if not number:
        raise Invalid("document-needed", "Chưa ghi số văn bản. Xin ghi số của quyết định, ví dụ 215/QĐ-BHXH.")
    return number[:60]


def the_reason(typed: str) -> str:
    """Why a right is taken back. Raises Invalid without a word."""
    reason = typed.strip()[:LONGEST_REASON]
    if not reason:
        raise Invalid("reason-needed", "Chưa ghi lý do. Xin viết một câu; lịch sử giữ lại câu này.")
    return reason
