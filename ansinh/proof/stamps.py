"""Checkpoints time-stamped by somebody else, hourly: even with our key nobody can date a history back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from ansinh.platform.errors import DomainError
from ansinh.proof import places
from ansinh.proof.models import Checkpoint, CheckpointStamp
from ansinh.signing.timestamps import stamper

Stamper = Callable[[bytes], bytes]
"""From the bytes to be stamped to the DER of an RFC 3161 token over their SHA-256. Raises DomainError when down."""
_LOCK: Final = 7_164_005

log = logging.getLogger(__name__)


def stamp_last(*, at: datetime, by: Stamper | None = None) -> CheckpointStamp | None:
    """Have the newest checkpoint stamped when the last stamp is an hour old; the stamp, or None.

    An authority that does not answer is tried again at the next round. Without a configured one nothing is stamped.
    """
    stamp = by or configured_stamper()
    if stamp is None:
        return None
    with transaction.atomic():
        if not _mine():
            return None
        newest = Checkpoint.objects.order_by("-size").first()
        before = CheckpointStamp.objects.order_by("-id").first()
        too_early = before is not None and at < before.at + settings.PROOF_STAMP_EVERY
        if newest is None or too_early or (before is not None and before.checkpoint_id == newest.pk):
            return None
        try:
            token = stamp(newest.note.encode())
        except DomainError as down:
            log.warning("checkpoint %s is not time-stamped yet: %s", newest.size, down)
            return None
        made = CheckpointStamp.objects.create(checkpoint=newest, token=token, at=at)
        transaction.on_commit(lambda: places.catch_up(at=at))
    return made


def configured_stamper() -> Stamper | None:
    """The client of the configured authority, when this installation has one."""
    return _stamped if settings.TIMESTAMP_URL else None


def _stamped(content: bytes) -> bytes:
    token: bytes = stamper().stamp(sha256(content).digest()).dump()
    return token


def _mine() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        mine: bool = cursor.fetchone()[0]
    return mine
