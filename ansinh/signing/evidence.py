"""Evidence of a confirmation by transaction code (R-053, R-108): recorded once, sealed, verifiable for ever."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.platform.errors import Invalid
from ansinh.signing.models import Channel, EvidenceRecord
from ansinh.signing.seal import is_sealed, seal, seal_key_id

MAX_DEVICE = 200
_COLUMNS = (
    "id", "kind", "account_id", "digest", "text_shown", "channel", "recipient_masked", "code_issued_at", "confirmed_at",
    "device", "seal", "seal_key",
)  # fmt: skip
INSERT = f"INSERT INTO signing_evidencerecord ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608
"""Plain SQL: evidence is written on the hot path of submission."""


def record(
    *,
    account_id: UUID,
    digest: str,
    text_shown: str,
    channel: Channel,
    recipient_masked: str,
    code_issued_at: datetime,
    confirmed_at: datetime,
    device: str,
) -> EvidenceRecord:
    """Store who confirmed which digest, after reading what, by a code sent where and when.

    Runs inside the caller's transaction. `recipient_masked` must be masked already ("09•• ••• 278").
    Raises Invalid when the confirmation lies before the code.
    """
    if confirmed_at < code_issued_at:
        raise Invalid(
            "confirmed-before-code", "Thời điểm xác nhận trước lúc gửi mã nên không hợp lệ. Xin yêu cầu mã mới."
        )
    evidence = EvidenceRecord(
        account_id=account_id,
        digest=digest,
        text_shown=text_shown,
        channel=Channel(channel),
        recipient_masked=recipient_masked,
        code_issued_at=code_issued_at,
        confirmed_at=confirmed_at,
        device=device[:MAX_DEVICE],
    )
    evidence.seal = seal(_sealed_values(evidence))
    evidence.seal_key = seal_key_id()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [getattr(evidence, column) for column in _COLUMNS])
    return evidence


def verify(evidence: EvidenceRecord) -> bool:
    """Whether the record is exactly what the portal sealed."""
    return is_sealed(_sealed_values(evidence), seal_hex=evidence.seal, key_id=evidence.seal_key)


def _sealed_values(evidence: EvidenceRecord) -> dict[str, Any]:
    """Everything the record says, moments in UTC to the microsecond."""
    return {
        "id": str(evidence.id),
        "kind": evidence.kind,
        "account": str(evidence.account_id),
        "digest": evidence.digest,
        "text_shown": evidence.text_shown,
        "channel": str(evidence.channel),
        "recipient_masked": evidence.recipient_masked,
        "code_issued_at": _moment(evidence.code_issued_at),
        "confirmed_at": _moment(evidence.confirmed_at),
        "device": evidence.device,
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def as_sealed(evidence: EvidenceRecord) -> dict[str, Any]:
    """The record with its seal, for whoever checks it without us."""
    return {"values": _sealed_values(evidence), "seal": evidence.seal, "seal_key": evidence.seal_key}
