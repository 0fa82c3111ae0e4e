"""The letter on paper: a draft without number and day, or signed in the signatory's name and capacity (PAdES)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansinh.casework.letter import check_address
from ansinh.directives.models import Letter, LetterState, Purpose
from ansinh.documents.render import render
from ansinh.offices.queries import place_of
from ansinh.signing.authority import ensure_signer
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.timestamps import stamper


def draft_pdf(letter: Letter, *, at: datetime) -> bytes:
    """The letter as it would look now, without signature."""
    return render("official_letter", data=letter_data(letter), at=letter.issued_at or at)


def signed_pdf(letter: Letter, *, at: datetime) -> bytes:
    """The issued letter, dated and signed as of its issue, time-stamped now. Raises NotNow."""
    assert letter.issued_at is not None
    key_name = f"officer-{letter.signer_id}"
    ensure_signer(key_name=key_name, full_name=letter.signer.full_name, organisation=letter.office.name_vi, at=at)
    return sign_pdf(
        draft_pdf(letter, at=at),
        key_name=key_name,
        signer_name=letter.signer.full_name,
        capacity=", ".join(part for part in (letter.capacity, letter.signer_title) if part),
        reason=f"Phát hành văn bản {letter.full_number}",
        at=at,
        approved_at=letter.issued_at,
        stamper=stamper(),
    )


def letter_data(letter: Letter) -> dict[str, Any]:
    """What the template prints."""
    issued, office = letter.state == LetterState.ISSUED, letter.office
    recipients = list(letter.recipients.all())
    return {
        "agency": {
            "parent": office.parent.name_vi if office.parent else "Bộ Tài chính",
            "name": office.name_vi,
        },
        "draft": not issued,
        "document": {
            "number": letter.full_number or None,
            "symbol": letter.symbol,
            "place": place_of(office),
            "date": letter.issued_on,
            "about": letter.summary,
        },
        "addressees": [one.name for one in recipients if one.purpose == Purpose.ACT],
        "paragraphs": [line.strip() for line in letter.body.split("\n") if line.strip()],
        "attachments": [one.name for one in letter.attachments.all()],
        "recipients": copies(letter),
        "signature": {
            "capacity": letter.capacity or None,
            "position": letter.signer_title or letter.signer.title_vi,
            "full_name": letter.signer.full_name,
            "organisation": office.name_vi,
            "signed_at": letter.issued_at if issued else None,
        },
        **(check_address() if issued else {}),
    }


def copies(letter: Letter) -> list[str]:
    """The lines of “Nơi nhận”, as such letters write them (R-183)."""
    rows = list(letter.recipients.all())
    lines = ["Như trên;"]
    lines += [f"{one.name} (để b/c);" for one in rows if one.purpose == Purpose.REPORT]
    lines += [f"{one.name};" for one in rows if one.purpose == Purpose.KNOW]
    lines += [f"Đăng {one.name};" for one in rows if one.purpose == Purpose.PUBLISH]
    kept = [one.name for one in rows if one.purpose == Purpose.ARCHIVE]
    return [*lines, f"Lưu: {', '.join(kept) or 'VT'}."]
