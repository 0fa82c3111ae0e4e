"""What payments publish: past facts, heard in `ansinh.reactions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class OrderPaid:
    """The money of an order arrived, ours or the person's; `direction` is in or out."""

    order_id: UUID
    direction: str
    dossier_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class OrderReturned:
    """A bank gave a payment back."""

    order_id: UUID
    dossier_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class NoticeToResolve:
    """Money came that fits no order, or not quite: an officer looks at it."""

    notice_id: UUID
    order_id: UUID | None
    at: datetime
