"""Cards, books, participation and facts of persons written by a replaced result."""

from __future__ import annotations

from typing import Any

from ansinh.casework.effects import claims
from ansinh.casework.effects.undoing.earlier import Earlier, Undone, by_hand
from ansinh.platform.vietnamese import date_vi, money
from ansinh.registry import books, card_changes, personal_data, records
from ansinh.registry.models import (
    BookEntry,
    CardChange,
    InsuredPerson,
    ParticipationChange,
    PersonalDataChange,
    RecoveryClaim,
)

CARD_SINCE = "Thẻ đã thay đổi theo hồ sơ khác sau kết quả này. Xin bộ phận sổ thẻ lập văn bản điều chỉnh thẻ."
BOOK_JOINED = "Sổ đã gộp vào sổ khác. Xin bộ phận sổ thẻ lập văn bản tách sổ."
FACT_SINCE = "Thông tin này không có giá trị cũ, hoặc đã đổi lần nữa. Xin bộ phận sổ thẻ điều chỉnh nhân thân."
LEVEL_SINCE = "Mức đóng trong cùng tháng chỉ ghi một lần. Xin bộ phận thu ghi lại mức đóng của tháng đó."


def undo_card(earlier: Earlier) -> Undone:
    """The card stands as it stood before; one that was first given was never valid."""
    if not earlier.made.get("change"):
        return Undone("Kết quả cũ không đổi thẻ.", "The earlier result had not changed the card.")
    change = CardChange.objects.select_related("insured").get(pk=earlier.made["change"])
    person = _locked(change.insured_id)
    if person.card_changes.filter(made_at__gt=change.made_at).exclude(dossier_id=change.dossier_id).exists():
        raise by_hand(earlier, next_vi=CARD_SINCE)
    made = card_changes.restore(person, before=change, reason=earlier.why[:300], ground=earlier.given.ground)
    card = card_changes.held_card(_locked(person.pk))
    until = date_vi(card.valid_to) if card.valid_to else "khi thay đổi đối tượng"
    return Undone(
        f"Thẻ BHYT {card.number} trở lại như trước, có giá trị đến {until}; thẻ giấy in theo kết quả cũ phải thu hồi.",
        f"Health card {card.number} stands as before; a printed card of the earlier result must be handed in.",
        {"change": str(made.pk)},
    )


def undo_book(earlier: Earlier) -> Undone:
    """A closing is lifted: its months count again. What was issued or corrected is noted as taken back."""
    entry = BookEntry.objects.select_related("insured").get(pk=earlier.made["entry"])
    if entry.merged_number:
        raise by_hand(earlier, next_vi=BOOK_JOINED)
    made = books.take_back(
        _locked(entry.insured_id), entry, on=earlier.given.day, note=earlier.why[:300], ground=earlier.given.ground
    )
    if entry.kind == "closed":
        return Undone(
            f"Sổ BHXH {entry.insured_id} mở lại, thời gian đóng được tính lại.",
            f"The book {entry.insured_id} is open again, its months count.", {"entry": str(made.pk)},
        )  # fmt: skip
    return Undone(
        f"Ghi vào sổ BHXH {entry.insured_id}: nội dung theo kết quả cũ không còn giá trị.",
        f"Noted in the book {entry.insured_id}: what the earlier result wrote holds no more.", {"entry": str(made.pk)},
    )  # fmt: skip


def undo_participation(earlier: Earlier) -> Undone:
    """Who joined leaves in the same month, who left joins again; another level is put right by hand."""
    change = ParticipationChange.objects.get(pk=earlier.made["change"])
    person = _locked(change.insured_id)
    about: dict[str, Any] = {"fund": change.fund, "month": change.from_month, "ground": earlier.given.ground}
    if change.kind == "started":
        made = records.end(person, employer_code=change.employer_code, reason=earlier.why[:300], **about)
        vi, en = "Ghi giảm ngay từ tháng đã ghi tăng", "Left in the month of joining"
    elif change.kind == "ended":
        employer = (change.employer_code, change.employer_name)
        made = records.start(person, employer=employer, salary=change.salary, **about)
        vi, en = "Ghi tăng lại từ tháng đã ghi giảm", "Joined again in the month of leaving"
    else:
        raise by_hand(earlier, next_vi=LEVEL_SINCE)
    month = f"{change.from_month:%m/%Y}"
    return Undone(f"{vi} {month}.", f"{en}, {month}.", {"change": str(made.pk)})


def undo_personal_data(earlier: Earlier) -> Undone:
    """The old fact is written again, where it was known and nothing else came since."""
    change = PersonalDataChange.objects.get(pk=earlier.made["change"])
    person = _locked(change.insured_id)
    since = person.data_changes.filter(field=change.field, made_at__gt=change.made_at)
    if not change.old or since.exists():
        raise by_hand(earlier, next_vi=FACT_SINCE)
    made = personal_data.change(person, what=change.field, to=change.old, address={}, ground=earlier.given.ground)
    return Undone(
        "Thông tin nhân thân ghi lại như trước.", "The personal fact is written as before.", {"change": str(made.pk)}
    )


def undo_certificate(earlier: Earlier) -> Undone:
    """The register keeps both; which of them holds is said by the papers themselves."""
    return Undone(
        f"Giấy xác nhận theo kết quả {earlier.applied.decision.number} không còn giá trị.",
        f"The certificate under {earlier.applied.decision.number} holds no more.",
    )


def undo_claim(earlier: Earlier) -> Undone:
    """The claim is cancelled by an entry of its own."""
    claim = RecoveryClaim.objects.get(pk=earlier.made["claim"])
    if hasattr(claim, "cancellation"):
        return Undone("Khoản thu hồi đã hủy trước đó.", "The claim had been cancelled before.")
    _locked(claim.insured_id)
    given = earlier.given
    claims.cancel(claim, why=earlier.why, dossier=given.dossier, actor=given.actor, at=given.at)
    return Undone(f"Hủy khoản thu hồi {money(claim.amount)}.", f"The claim of {money(claim.amount)} is cancelled.")


def _locked(number: str) -> InsuredPerson:
    return InsuredPerson.objects.select_for_update().get(pk=number)
