"""Offer a document: keep its bytes and say until when a signature on exactly these is taken."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Final
from uuid import UUID

from ansinh.platform.errors import NotFound
from ansinh.platform.storage import open_file, put
from ansinh.signing.models import Format, SigningOffer

VALID_FOR: Final = timedelta(hours=24)
"""Long enough to carry a file to the computer with the token; short enough for the papers to be today's."""
LARGEST: Final = 10 * 1024 * 1024


def make_offer(
    content: bytes, *, account_id: UUID, subject: UUID, digest: str, document_format: Format, at: datetime
) -> SigningOffer:
    """Keep the document and the offer. `digest` is that of the dossier it shows, `subject` the draft it was made of."""
    stored = put(BytesIO(content), limit=LARGEST)
    return SigningOffer.objects.create(
        account_id=account_id,
        subject=subject,
        digest=digest,
        format=document_format,
        sha256=stored.sha256,
        size=stored.size,
        made_at=at,
        valid_until=at + VALID_FOR,
    )


def standing_offer(
    *, account_id: UUID, subject: UUID, digest: str, document_format: Format, at: datetime
) -> SigningOffer | None:
    """The unused offer of this very content that has at least half its time left."""
    return (
        SigningOffer.objects.filter(
            account_id=account_id, subject=subject, digest=digest, format=document_format, evidence__isnull=True,
            valid_until__gt=at + VALID_FOR / 2,
        )
        .order_by("-made_at")
        .first()
    )  # fmt: skip


def the_offer(offer_id: UUID, *, account_id: UUID, subject: UUID) -> SigningOffer:
    """An offer of this account about this draft. Raises NotFound."""
    found = SigningOffer.objects.filter(pk=offer_id, account_id=account_id, subject=subject).first()
    if found is None:
        raise NotFound("offer-not-found", "Không có bản để ký này. Xin tạo lại bản để ký từ trang kiểm tra hồ sơ.")
    return found


def offers_of(subject: UUID, *, account_id: UUID, document_format: Format) -> list[SigningOffer]:
    """The newest offers of a draft in one format, at most ten."""
    found = SigningOffer.objects.filter(subject=subject, account_id=account_id, format=document_format)
    return list(found.order_by("-made_at")[:10])


def offered_bytes(offer: SigningOffer) -> bytes:
    """The document as it was offered."""
    with open_file(offer.sha256) as file:
        return file.read()
