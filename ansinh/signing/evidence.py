"""Evidence of a confirmation (R-053, R-054, R-108): recorded once, sealed, verifiable for ever."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.platform.errors import Invalid
from ansinh.platform.vietnamese import datetime_vi
from ansinh.signing.models import Channel, EvidenceRecord, Kind, SigningOffer, Way
from ansinh.signing.seal import is_sealed, seal, seal_key_id

MAX_DEVICE = 200
_COLUMNS = (
    "id", "kind", "account_id", "digest", "text_shown", "channel", "recipient_masked", "code_issued_at", "confirmed_at",
    "device", "seal", "seal_key",
)  # fmt: skip
INSERT = f"INSERT INTO signing_evidencerecord ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608
"""Plain SQL: evidence is written on the hot path of submission."""
WAYS = {
    Way.UPLOAD: "ký trên máy của người nộp rồi gửi lên",
    Way.REMOTE: "ký số từ xa",
    Way.TOKEN: "ký bằng USB token",
}


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
    _seal(evidence)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [getattr(evidence, column) for column in _COLUMNS])
    return evidence


def record_signed(
    offer: SigningOffer,
    *,
    way: Way,
    text_shown: str,
    document_sha256: str,
    document_size: int,
    certificate_sha256: str,
    report: Mapping[str, Any],
    confirmed_at: datetime,
    device: str,
) -> EvidenceRecord:
    """Store which signed document confirmed the offer; the offer is used up by it. In the caller's transaction.

    `report` is what the check found, as plain values. The database refuses a second use of an offer.
    """
    evidence = EvidenceRecord(
        kind=Kind.DOCUMENT,
        account_id=offer.account_id,
        digest=offer.digest,
        text_shown=text_shown,
        confirmed_at=confirmed_at,
        device=device[:MAX_DEVICE],
        way=way,
        offer=offer,
        document_sha256=document_sha256,
        document_size=document_size,
        certificate_sha256=certificate_sha256,
        report=dict(report),
    )
    _seal(evidence)
    evidence.save(force_insert=True)
    return evidence


def record_by_hand(
    offer: SigningOffer,
    *,
    text_shown: str,
    scan_sha256: str,
    scan_size: int,
    witness: Mapping[str, str],
    confirmed_at: datetime,
) -> EvidenceRecord:
    """Store which printed document was signed by hand, its scan, and which officer saw it; the offer is used up.

    In the caller's transaction. The database refuses a second use of an offer.
    """
    evidence = EvidenceRecord(
        kind=Kind.HAND,
        account_id=offer.account_id,
        digest=offer.digest,
        text_shown=text_shown,
        confirmed_at=confirmed_at,
        device="",
        way="",
        certificate_sha256="",
        offer=offer,
        document_sha256=scan_sha256,
        document_size=scan_size,
        report={"witness": dict(witness)},
    )
    _seal(evidence)
    evidence.save(force_insert=True)
    return evidence


def verify(evidence: EvidenceRecord) -> bool:
    """Whether the record is exactly what the portal sealed."""
    return is_sealed(_sealed_values(evidence), seal_hex=evidence.seal, key_id=evidence.seal_key)


def last_way(account_id: UUID) -> str:
    """How the account confirmed last: "code", a value of Way, or empty when it never did."""
    last = EvidenceRecord.objects.filter(account_id=account_id).order_by("-confirmed_at").first()
    if last is None:
        return ""
    return last.way if last.kind != Kind.CODE else "code"


def in_words(evidence: EvidenceRecord) -> str:
    """How and when it was confirmed, one Vietnamese sentence for papers."""
    when = datetime_vi(evidence.confirmed_at)
    if evidence.kind == Kind.DOCUMENT:
        signer = (evidence.report or {}).get("signer") or ""
        return f"Xác nhận bằng chữ ký số của {signer}, {WAYS[Way(evidence.way)]}, lúc {when}."
    if evidence.kind == Kind.HAND:
        witness = (evidence.report or {}).get("witness") or {}
        return f"Xác nhận bằng chữ ký tay trên bản in, {witness.get('name', '')} đối chiếu người ký, lúc {when}."
    how = "tin nhắn đến số" if evidence.channel == Channel.SMS else "thư điện tử đến"
    return f"Xác nhận bằng mã giao dịch gửi qua {how} {evidence.recipient_masked}, lúc {when}."


def _seal(evidence: EvidenceRecord) -> None:
    evidence.seal = seal(_sealed_values(evidence))
    evidence.seal_key = seal_key_id()


def _sealed_values(evidence: EvidenceRecord) -> dict[str, Any]:
    """Everything the record says, moments in UTC to the microsecond. A code's record has the same values for ever."""
    common = {
        "id": str(evidence.id),
        "kind": str(evidence.kind),
        "account": str(evidence.account_id),
        "digest": evidence.digest,
        "text_shown": evidence.text_shown,
        "confirmed_at": _moment(evidence.confirmed_at),
        "device": evidence.device,
    }
    return common | (_of_code(evidence) if evidence.kind == Kind.CODE else _of_document(evidence))


def _of_code(evidence: EvidenceRecord) -> dict[str, Any]:
    return {
        "channel": str(evidence.channel),
        "recipient_masked": evidence.recipient_masked,
        "code_issued_at": _moment(evidence.code_issued_at) if evidence.code_issued_at else None,
    }


def _of_document(evidence: EvidenceRecord) -> dict[str, Any]:
    return {
        "way": str(evidence.way),
        "offer": str(evidence.offer_id),
        "document_sha256": evidence.document_sha256,
        "document_size": evidence.document_size,
        "certificate_sha256": evidence.certificate_sha256,
        "report": evidence.report,
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def as_sealed(evidence: EvidenceRecord) -> dict[str, Any]:
    """The record with its seal, for whoever checks it without us."""
    return {"values": _sealed_values(evidence), "seal": evidence.seal, "seal_key": evidence.seal_key}
