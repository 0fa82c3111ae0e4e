"""A letter about one dossier in a leader's name: a draft to read, or signed and time-stamped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ansinh.casework.letter import check_address, letter_head
from ansinh.documents.render import render
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import office, place_of
from ansinh.signing.authority import PORTAL, ensure_signer
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.timestamps import stamper


@dataclass(frozen=True)
class Words:
    """What a letter says: title, what it is about, rows of facts, paragraphs."""

    title: str
    subject: str
    facts: Mapping[str, str]
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Signature:
    """Who decided it, as on that day; `capacity` None: no capacity to sign letters, so the portal seals it."""

    officer_id: UUID
    name: str
    title: str
    capacity: str | None
    at: datetime
    office_code: str = ""
    """The office that writes; empty: the one that has the dossier."""

    @property
    def words(self) -> str:
        """Title and name, as a list of documents shows them."""
        return f"{self.title} {self.name}"


def unsigned_letter(
    dossier: Dossier, words: Words, *, at: datetime, number: str = "", signature: Signature | None = None
) -> bytes:
    """The letter as PDF without a signature in the file; without `signature` it is marked as a draft."""
    head = letter_head(dossier, at=at)
    writes = office((signature.office_code if signature else "") or dossier.office_code)
    if writes.code != dossier.office_code:
        above = writes.parent.name_vi if writes.parent else "Bảo hiểm xã hội Việt Nam"
        head["agency"] = {"parent": above, "name": writes.name_vi}
        head["document"] = {**head["document"], "place": place_of(writes)}
    person = head["person"]
    addressee = {"Kính gửi": f"{person['salutation']} {person['full_name']}", "Hồ sơ số": dossier.number}
    data = {
        **head,
        **check_address(),
        "document": {**head["document"], "number": number or None},
        "draft": signature is None,
        "title": words.title,
        "subject": words.subject,
        "facts": [{"label": label, "value": value} for label, value in {**addressee, **words.facts}.items()],
        "paragraphs": list(words.paragraphs),
    }
    if signature is not None and signature.capacity is not None:
        data["signature"] = {
            "capacity": signature.capacity or None,
            "position": signature.title,
            "full_name": signature.name,
            "organisation": writes.name_vi,
            "signed_at": signature.at,
        }
    return render("service_letter", data=data, at=at)


def signed_letter_of(dossier: Dossier, words: Words, *, signature: Signature, number: str, at: datetime) -> bytes:
    """Dated and signed as of the decision, time-stamped now. Raises NotNow while time-stamps or the token are away."""
    by_portal = signature.capacity is None
    key_name = PORTAL if by_portal else f"officer-{signature.officer_id}"
    if not by_portal:
        agency = office(signature.office_code or dossier.office_code).name_vi
        ensure_signer(key_name=key_name, full_name=signature.name, organisation=agency, at=at)
    return sign_pdf(
        unsigned_letter(dossier, words, at=signature.at, number=number, signature=signature),
        key_name=key_name,
        signer_name="Cổng giao dịch điện tử An Sinh" if by_portal else signature.name,
        capacity="" if by_portal else ", ".join(part for part in (signature.capacity, signature.title) if part),
        reason=f"{words.title}, hồ sơ {dossier.number}",
        at=at,
        approved_at=signature.at,
        stamper=stamper(),
    )
