"""What can be done to many dossiers in one press: the very actions of single presses.

Asking the applicant for more is not among them: every defect is pinned to its place in its own dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.assignment.assign import assign
from ansinh.casework.extend import Order, extend
from ansinh.casework.models import Outcome
from ansinh.casework.propose import control, send_back
from ansinh.casework.sign import sign
from ansinh.people.actors import OfficerActor

Perform = Callable[[UUID, OfficerActor, Mapping[str, Any], datetime], Outcome]


@dataclass(frozen=True)
class BatchAct:
    """One act; `transition` is its row in casework.transitions (empty: it has none), `asks` what must be written."""

    key: str
    transition: str
    words: str
    asks: tuple[str, ...]
    perform: Perform


def _accept(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    accept(dossier_id, actor=actor, at=at)
    return Outcome.DONE


def _confirm_check(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    confirm_check(dossier_id, actor=actor, note=given.get("note", ""), at=at)
    return Outcome.DONE


def _control(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    control(dossier_id, actor=actor, note=given.get("note", ""), at=at)
    return Outcome.DONE


def _sign(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    return Outcome.DONE if sign(dossier_id, actor=actor, at=at) else Outcome.KEPT


def _send_back(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    send_back(dossier_id, actor=actor, note=given["note"], at=at)
    return Outcome.DONE


def _assign(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    assign(dossier_id, actor=actor, to=UUID(given["to"]), reason=given["reason"], at=at)
    return Outcome.DONE


def _extend(dossier_id: UUID, actor: OfficerActor, given: Mapping[str, Any], at: datetime) -> Outcome:
    order = Order(
        ground=given["ground"],
        days=int(given["days"]) if given["days"].isascii() and given["days"].isdigit() else 0,
        document_number=given["number"],
        document_day=date.fromisoformat(given["document"]),
        why=given["reason"],
    )
    extend(dossier_id, actor=actor, order=order, at=at)
    return Outcome.DONE


ACTS: Final[Mapping[str, BatchAct]] = {
    one.key: one
    for one in (
        BatchAct("accept", "accept", "Tiếp nhận", (), _accept),
        BatchAct("confirm_check", "confirm_check", "Xác nhận đã đối chiếu", (), _confirm_check),
        BatchAct("control", "control", "Đồng ý, trình lãnh đạo ký", (), _control),
        BatchAct("sign", "approve", "Ký", (), _sign),
        BatchAct("send_back", "send_back", "Trả lại chuyên viên", ("note",), _send_back),
        BatchAct("extend", "", "Gia hạn", ("ground", "days", "number", "document", "reason"), _extend),
        BatchAct("assign", "", "Giao việc", ("to", "reason"), _assign),
    )
}
