"""A paper to sign, and a world of keys to sign it with."""

from datetime import UTC, datetime
from typing import Any

from ansinh.documents.render import render
from ansinh.signing.authority import ensure_authority, ensure_signer
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.timestamps import stamper

AT = datetime(2026, 11, 26, 7, 3, 5, tzinfo=UTC)
LEADER = "leader-1"
NAME = "Nguyễn Thị Ngọc Ẩn"
ORGANISATION = "BHXH cơ sở Đông Hà"
REFUSAL: dict[str, Any] = {
    "agency": {"parent": "Bảo hiểm xã hội tỉnh Quảng Trị", "name": ORGANISATION},
    "document": {"number": "12/TC-BHXH", "place": "Đông Hà", "date": AT.date()},
    "person": {"salutation": "Bà", "full_name": "Trần Thị Mai Lan"},
    "dossier": {"number": "04128/2026/04401", "procedure": "Giải quyết chế độ thai sản"},
    "reasons": [{"text": "Chưa đóng đủ 06 tháng.", "article": "Luật 41/2024/QH15, Điều 50"}],
    "what_next": ["Nộp lại khi đủ thời gian đóng."],
    "recipients": [],
    "signature": {"capacity": "KT. Giám đốc", "position": "Phó Giám đốc", "full_name": NAME, "signed_at": AT},
}


def paper() -> bytes:
    """An unsigned paper."""
    return render("refusal", data=REFUSAL, at=AT)


def prepare_keys(at: datetime = AT) -> None:
    """The authority and one leader."""
    ensure_authority(at=at)
    ensure_signer(key_name=LEADER, full_name=NAME, organisation=ORGANISATION, at=at)


def signed(pdf: bytes | None = None, *, at: datetime = AT, field: str = "ChuKy") -> bytes:
    """The paper signed by the leader."""
    return sign_pdf(
        pdf or paper(), key_name=LEADER, signer_name=NAME, capacity="KT. Giám đốc, Phó Giám đốc",
        reason="Phê duyệt hồ sơ 04128/2026/04401", at=at, field=field, stamper=stamper(),
    )  # fmt: skip


def unstamped() -> bytes:
    """The paper signed by the leader, without a time-stamp."""
    return sign_pdf(paper(), key_name=LEADER, signer_name=NAME, capacity="", reason="Tiếp nhận", at=AT, stamper=None)
