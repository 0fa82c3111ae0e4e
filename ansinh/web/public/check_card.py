"""The code of a health-insurance card, scanned: whether the card holds now, and just enough to compare it by."""

from __future__ import annotations

from typing import Any

from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.cards import CardState, HealthCard, card_of_code
from ansinh.signing.qr_token import QrToken
from ansinh.web.clock import today
from ansinh.web.public.check_words import PaperResult

SHOWN_DIGITS = 4


def check_card(read: QrToken, *, moments: list[dict[str, Any]]) -> PaperResult:
    """What the page says of a genuine code that has not ended; `moments` are the rows of its times."""
    shown = card_of_code(read)
    if shown is None:
        text = translate("Mã do cổng này ký, nhưng sổ hiện không có thẻ này. Xin hỏi cơ quan BHXH.")
        return PaperResult(translate("Không tìm thấy thẻ của mã này"), "wait", text, paper=moments, is_card=True)
    if not shown.unchanged:
        text = translate("Thẻ vừa được sửa sau khi tạo mã. Xin bảo người xuất trình tạo mã mới.")
        return PaperResult(translate("Mã không còn đúng với thẻ"), "wait", text, paper=moments, is_card=True)
    facts = [*_facts(shown.card), *moments]
    if shown.card.state(on=today()) is CardState.VALID:
        text = translate("So với thẻ và giấy tờ tùy thân của người xuất trình. Khác một dòng thì không phải thẻ này.")
        return PaperResult(translate("Thẻ BHYT đang có giá trị"), "ok", text, paper=facts, is_card=True)
    text = translate("Thẻ có thật nhưng hôm nay không dùng được.")
    return PaperResult(translate("Thẻ BHYT không có giá trị hôm nay"), "bad", text, paper=facts, is_card=True)


def _facts(card: HealthCard) -> list[dict[str, Any]]:
    last = card.number[-SHOWN_DIGITS:]
    until = date_vi(card.valid_to) if card.valid_to else translate("không thời hạn")
    rows = [
        {"label": translate("Loại"), "value": translate("Thẻ bảo hiểm y tế")},
        {
            "label": translate("Số thẻ"),
            "value": translate("{kind}…, bốn số cuối {last}", kind=card.number[:3], last=last),
        },
        {"label": translate("Họ và tên"), "value": _short(card.name)},
    ]
    if card.valid_from:
        days = translate("{first} đến {last}", first=date_vi(card.valid_from), last=until)
        rows.append({"label": translate("Giá trị"), "value": days})
    if card.percent is not None:
        rows.append({"label": translate("Mức hưởng"), "value": f"{card.percent} %"})
    return rows


def _short(name: str) -> str:
    """Initials and the given name: enough for whoever has the person before them, little for anybody else."""
    *before, given = name.split()
    return " ".join([*(f"{part[0]}." for part in before), given])
