"""Which officers write down who acts for whom: any counter, and for a conflict the director's delegate."""

from __future__ import annotations

from datetime import date

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.officers.delegations import CHILDREN, delegation_to_approve
from ansinh.platform.errors import Invalid, NotAllowed

MISSING = {
    "basis": "Chưa ghi giấy tờ làm căn cứ. Xin ghi tên, số và ngày của giấy tờ.",
    "reason": "Chưa ghi lý do. Xin viết ngắn gọn vì sao.",
}
"""What an officer must write → the sentence when nothing was written."""
COUNTER_ROLES = frozenset({Role.INTAKE, Role.APPROVER})


def refuse_unless_counter(actor: OfficerActor) -> None:
    """Raise NotAllowed for anybody who does not work at a counter."""
    if not any(post.role in COUNTER_ROLES for post in actor.posts):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận hoặc người được giao phê duyệt đăng ký.")


def refuse_unless_delegate(actor: OfficerActor, *, on: date) -> None:
    """Raise NotAllowed for anybody to whom no director delegated the approval of registrations that day."""
    held = (
        delegation_to_approve(actor.officer_id, office_code=code, procedure=CHILDREN, on=on)
        for code in actor.office_codes
    )
    if not any(held):
        raise NotAllowed(
            "no-delegation", "Ông/bà chưa được giám đốc giao phê duyệt đăng ký. Xin chuyển người được giao."
        )


def required(text: str, *, name: str) -> str:
    """What an officer must write, at most 200 letters; raises Invalid when nothing was."""
    kept = " ".join(text.split())[:200]
    if not kept:
        raise Invalid(f"{name}-missing", MISSING[name])
    return kept


def office_of(actor: OfficerActor) -> str:
    """The office in whose name this officer writes: the first of the day's posts at a counter."""
    return next((post.office_code for post in actor.posts if post.role in COUNTER_ROLES), "")
