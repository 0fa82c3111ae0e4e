"""A leader signs many dossiers in one press; what happens to one never touches another."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from ansinh.casework.access import dossiers_visible_to
from ansinh.casework.sign import sign
from ansinh.documents.render import TemplateFault
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError, Invalid

MOST = 100
"""Dossiers of one press."""
log = logging.getLogger(__name__)
Outcome = Literal["signed", "waits", "refused"]


@dataclass(frozen=True)
class Signed:
    """What became of one dossier; `refusal` says why it was not signed. `dossier` None: not one of the viewer's."""

    dossier_id: UUID
    dossier: Dossier | None
    outcome: Outcome
    refusal: DomainError | None = None


def sign_many(dossier_ids: Sequence[UUID], *, actor: OfficerActor, at: datetime) -> list[Signed]:
    """Sign each in a transaction of its own, in the order given. Raises Invalid for none or too many."""
    if not dossier_ids:
        raise Invalid("nothing-to-sign", "Chưa chọn hồ sơ nào. Xin đánh dấu hồ sơ cần ký.")
    if len(dossier_ids) > MOST:
        raise Invalid("too-many-to-sign", "Mỗi lần ký được nhiều nhất {most} hồ sơ. Xin bỏ bớt.", most=MOST)
    visible = dossiers_visible_to(actor).in_bulk(dossier_ids)
    return [_sign_one(one, visible.get(one), actor=actor, at=at) for one in dict.fromkeys(dossier_ids)]


def _sign_one(dossier_id: UUID, dossier: Dossier | None, *, actor: OfficerActor, at: datetime) -> Signed:
    try:
        letter = sign(dossier_id, actor=actor, at=at)
    except DomainError as refusal:
        return Signed(dossier_id, dossier, "refused", refusal)
    except TemplateFault:
        log.exception("the letter of dossier %s cannot be made", dossier_id)
        fault = Invalid(
            "letter-fault", "Chưa soạn được thư của hồ sơ này vì mẫu thư có lỗi. Xin báo người quản trị, kèm số hồ sơ."
        )
        return Signed(dossier_id, dossier, "refused", fault)
    return Signed(dossier_id, dossier, "signed" if letter else "waits")
