"""Take a signed document back: only what was offered, with one good signature of the one who was offered it.

Judging takes seconds and asks issuers about revocation, so it is done first and holds no lock; `use` then makes the
evidence in the caller's transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from django.db import IntegrityError, transaction

from ansinh.platform.apart.workers import ChildFailed
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.storage import Stored, put
from ansinh.platform.xml import parse
from ansinh.signing.apart import READERS
from ansinh.signing.check import check_pdf
from ansinh.signing.evidence import record_by_hand, record_signed
from ansinh.signing.models import EvidenceRecord, Format, SigningOffer, Way
from ansinh.signing.offers.make import LARGEST, offered_bytes
from ansinh.signing.report import ExpectedSigner, SignatureReport
from ansinh.signing.xml.canonical import canonical
from ansinh.signing.xml.check import check_xml

MOST_BYTES: Final = LARGEST


class SignatureRefused(Invalid):
    """The signature on the file does not hold; `report` says what was found."""

    def __init__(self, report: SignatureReport) -> None:
        super().__init__(
            "signature-refused", "Chưa nhận được chữ ký trên tệp này. Xin xem bên dưới sai ở đâu và cách sửa."
        )
        self.report = report


@dataclass(frozen=True)
class SignedDocument:
    """A signed document that is what was offered, kept in the storage."""

    offer: SigningOffer
    report: SignatureReport
    stored: Stored
    judged_at: datetime


def accept(offer: SigningOffer, signed: bytes, *, expected: ExpectedSigner, at: datetime) -> SignedDocument:
    """Judge and keep the signed document; the offer is not used up yet.

    Raises SignatureRefused (with the report), Invalid (`offer-too-large`, `offer-expired`, `not-the-offered`).
    """
    refuse_expired(offer, at=at)
    if len(signed) > MOST_BYTES:
        raise Invalid("offer-too-large", "Tệp đã ký lớn hơn 10 MB. Xin ký lại trên đúng bản đã tải về.")
    report, is_offered = judge(offer, signed, expected=expected, at=at)
    if not report.valid:
        raise SignatureRefused(report)
    if not is_offered():
        raise not_the_offered()
    return SignedDocument(offer, report, put(BytesIO(signed), limit=MOST_BYTES), at)


def judge(
    offer: SigningOffer, signed: bytes, *, expected: ExpectedSigner, at: datetime
) -> tuple[SignatureReport, Callable[[], bool]]:
    """The report on the signature, and the question whether the signed document is the offered one."""
    if offer.format == Format.PDF:
        report = check_pdf(signed, at=at, expected_uid=expected)
        return report, lambda: only_signed(offered_bytes(offer), signed)
    checked = check_xml(signed, at=at, expected_uid=expected)
    tree = checked.signed
    return checked.report, lambda: tree is not None and canonical(tree) == canonical(parse(offered_bytes(offer)))


def only_signed(offered: bytes, signed: bytes) -> bool:
    """Whether the PDF `signed` is `offered` with signatures added, judged in a child process."""
    if len(signed) <= len(offered) or not signed.startswith(offered):
        return False
    try:
        return READERS.ask("added", signed, offered_size=len(offered)) is True
    except ChildFailed:
        return False


def use(
    document: SignedDocument, *, digest: str, text_shown: str, way: Way, device: str, at: datetime
) -> EvidenceRecord:
    """Use the offer up in the caller's transaction; `digest` is that of the draft as it is now, under lock.

    Raises Invalid (`draft-changed`), Conflict (`offer-used`).
    """
    refuse_expired(document.offer, at=at)
    if digest != document.offer.digest:
        raise draft_changed()
    try:
        with transaction.atomic():
            return record_signed(
                document.offer,
                way=way,
                text_shown=text_shown,
                document_sha256=document.stored.sha256,
                document_size=document.stored.size,
                certificate_sha256=document.report.certificate.sha256 if document.report.certificate else "",
                report=plain(document.report),
                confirmed_at=at,
                device=device,
            )
    except IntegrityError as again:
        raise offer_used() from again


def use_signed_by_hand(
    offer: SigningOffer,
    *,
    digest: str,
    text_shown: str,
    scan: tuple[str, int],
    witness: Mapping[str, str],
    at: datetime,
) -> EvidenceRecord:
    """Use up an offer that was printed and signed by hand; `scan` is the SHA-256 and size of its scan.

    Raises Invalid (`draft-changed`, `offer-expired`), Conflict (`offer-used`).
    """
    refuse_expired(offer, at=at)
    if digest != offer.digest:
        raise draft_changed()
    try:
        with transaction.atomic():
            return record_by_hand(
                offer, text_shown=text_shown, scan_sha256=scan[0], scan_size=scan[1], witness=witness, confirmed_at=at
            )
    except IntegrityError as again:
        raise offer_used() from again


def offer_used() -> Conflict:
    """The answer to a second use of an offer."""
    return Conflict("offer-used", "Bản đã ký này đã dùng để nộp một hồ sơ rồi. Xin xem trong danh sách hồ sơ của mình.")


def refuse_expired(offer: SigningOffer, *, at: datetime) -> None:
    """Raise Invalid when the offer is over."""
    if at > offer.valid_until:
        raise Invalid("offer-expired", "Bản để ký đã quá 24 giờ. Tờ khai vẫn còn; xin tải bản để ký mới rồi ký lại.")


def draft_changed() -> Invalid:
    """The answer to a signature on what the draft no longer says."""
    return Invalid(
        "draft-changed",
        "Tờ khai hoặc giấy tờ đã sửa sau khi tải bản để ký. Xin tải bản để ký mới rồi ký lại; "
        "những gì đã khai vẫn được giữ.",
    )


def not_the_offered() -> Invalid:
    """The answer to a good signature on something else."""
    return Invalid(
        "not-the-offered",
        "Chữ ký đúng, nhưng tệp không phải nguyên bản đã tải về: nội dung khác, hoặc phần mềm đã ghi lại tệp. "
        "Xin tải lại bản để ký và ký thẳng lên tệp đó, không in, không lưu lại dưới dạng khác.",
    )


def plain(report: SignatureReport) -> dict[str, Any]:
    """The report as it is kept and sealed: texts, with moments in UTC."""
    certificate, revocation, stamp = report.certificate, report.revocation, report.timestamp
    return {
        "valid": report.valid,
        "findings": [one.code for one in report.findings],
        "warnings": [one.code for one in report.warnings],
        "signer": report.signer.common_name if report.signer else "",
        "organisation": report.signer.organisation if report.signer else "",
        "uid": f"{report.signer.uid_kind}:{report.signer.uid_number}" if report.signer else "",
        "certificate": _texts(asdict(certificate)) if certificate else None,
        "signed_at": _moment(report.signed_at),
        "timestamp": _texts(asdict(stamp)) if stamp else None,
        "revocation": _texts(asdict(revocation)) if revocation else None,
        "covers_whole_document": report.covers_whole_document,
        "digest": report.digest,
    }


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _moment(value) if isinstance(value, datetime) else value for key, value in values.items()}


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None
