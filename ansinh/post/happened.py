"""What the post publishes: past facts, heard in `ansinh.reactions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class OutgoingMoved:
    """An outgoing item of a dossier changed its state: posted, delivered, returned, kept, sent_again, collected."""

    item_id: UUID
    dossier_id: UUID
    state: str
    tracking_number: str
    officer_id: UUID | None
    at: datetime
