"""The history of a dossier as its applicant reads it: one sentence for each kind of event."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.dossiers.models import DossierEvent
from ansinh.dossiers.words import due_words
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi, money
from ansinh.web.on_paper import on_paper
from ansinh.web.page import Link
from ansinh.web.post_words import OF_POST, typed_by_an_officer

Facts = Mapping[str, Any]


def entries(
    events: Sequence[DossierEvent], *, own: str, links: Mapping[str, Sequence[Link]] | None = None
) -> list[dict[str, Any]]:
    """Public events, newest first; `own` is the label of the reader, `links` papers by the kind of their event."""
    given = links or {}
    return [
        {
            "at": event.at,
            "who": _who(event),
            "text": _SENTENCES[event.kind](event.facts),
            "own": event.actor == own,
            "links": given.get(event.kind, ()),
        }
        for event in reversed(events)
        if event.public and event.kind in _SENTENCES
    ]


def _who(event: DossierEvent) -> str:
    if event.actor == "system":
        return translate("Hệ thống")
    return f"{event.actor_name}, {event.actor_title}" if event.actor_title else acted_by(event)


def acted_by(event: DossierEvent) -> str:
    """The name, and for whom, of somebody who acted in another's place."""
    owner = event.facts.get("on_behalf_of")
    return translate("{name} làm thay {owner}", name=event.actor_name, owner=owner) if owner else event.actor_name


def sentence_of(event: DossierEvent) -> str:
    """What happened, in one sentence; empty for what is the office's own."""
    return _SENTENCES[event.kind](event.facts) if event.kind in _SENTENCES else ""


def _accepted(facts: Facts) -> str:
    due = facts.get("due_on")
    if due:
        return translate("Đã tiếp nhận hồ sơ. Hẹn trả kết quả {due}.", due=due_words(date.fromisoformat(due)))
    return translate("Đã tiếp nhận hồ sơ.")


def _asked(facts: Facts) -> str:
    answer_by = facts.get("answer_by")
    n = int(facts.get("items") or 1)
    if answer_by:
        day = date_vi(date.fromisoformat(answer_by))
        return translate("Đề nghị bổ sung {n} chỗ, chậm nhất ngày {day}. Các phần khác đã đúng.", n=n, day=day)
    return translate("Đề nghị bổ sung {n} chỗ. Các phần khác đã đúng.", n=n)


def _moved(facts: Facts) -> str:
    sender, receiver = facts["from_office"], facts["to_office"]
    return translate("Chuyển hồ sơ từ {sender} đến {receiver}.", sender=sender, receiver=receiver)


def _due_moved(facts: Facts) -> str:
    if not facts.get("new_due"):
        return translate("Gia hạn. Lý do: {why}", why=facts["why"])
    day = date_vi(date.fromisoformat(facts["new_due"]))
    return translate("Ngày hẹn trả đổi thành {day}. Lý do: {why}", day=day, why=facts["why"])


def _handed_over(facts: Facts) -> str:
    return f"{_moved(facts)} {translate('Lý do: {reason}', reason=facts.get('reason', ''))}"


def _withdrawn(facts: Facts) -> str:
    reason = facts.get("reason")
    return translate("Đã rút hồ sơ. Lý do: {reason}", reason=reason) if reason else translate("Đã rút hồ sơ.")


_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "submitted": lambda facts: translate("Đã nộp hồ sơ, số {number}.", number=facts.get("number", "")),
    "originals_received": lambda _: translate("Đã nhận bản chính gửi qua bưu điện."),
    "payment_asked": lambda facts: translate(
        "Cần nộp {amount}, chậm nhất ngày {day}.",
        amount=money(int(facts["amount"])),
        day=date_vi(date.fromisoformat(facts["pay_by"])),
    ),
    "payment_received": lambda facts: translate("Đã nhận {amount}.", amount=money(int(facts["amount"]))),
    "paid_out": lambda facts: translate("Đã chi {amount}.", amount=money(int(facts["amount"]))),
    "payment_returned": lambda facts: translate(
        "Ngân hàng trả lại {amount}; sẽ chi lại khi có tài khoản đúng.", amount=money(int(facts["amount"]))
    ),
    "accepted": _accepted,
    "routed": _moved,
    "handed_over": _handed_over,
    "checked": lambda facts: translate("Đã xong bước “{stage}”.", stage=facts.get("stage", "")),
    "extended": _due_moved,
    "due_changed": _due_moved,
    "reopened": lambda facts: translate(
        "Mở lại hồ sơ để xem xét lại kết quả {number}: {ground}. {why}",
        number=facts["number"],
        ground=facts["ground"],
        why=facts["why"],
    ),
    "result_confirmed": lambda facts: translate(
        "Đã xem xét lại và giữ nguyên kết quả {number}. {why}", number=facts["number"], why=facts["why"]
    ),
    "claim_cancelled": lambda facts: translate(
        "Hủy khoản thu hồi {amount}, không phải nộp nữa. Lý do: {ground}. {why}",
        amount=money(int(facts["amount"])),
        ground=facts["ground"],
        why=facts["why"],
    ),
    "claim_given_back": lambda facts: translate(
        "Hủy khoản thu hồi {amount} đã nộp; trả lại theo lệnh chi {order}. Lý do: {ground}. {why}",
        amount=money(int(facts["amount"])),
        order=facts["order"],
        ground=facts["ground"],
        why=facts["why"],
    ),
    "complaint_filed": lambda facts: translate(
        "Khiếu nại {number}; trả lời chậm nhất ngày {day}.",
        number=facts["number"],
        day=date_vi(date.fromisoformat(facts["due"])),
    ),
    "complaint_extended": lambda facts: translate(
        "Khiếu nại {number} phức tạp; trả lời chậm nhất ngày {day}. Lý do: {why}",
        number=facts["number"],
        day=date_vi(date.fromisoformat(facts["due"])),
        why=facts["why"],
    ),
    "complaint_withdrawn": lambda facts: translate("Rút khiếu nại {number}.", number=facts["number"]),
    "complaint_answered": lambda facts: translate("Đã trả lời khiếu nại {number}.", number=facts["number"]),
    "opinion_asked": lambda facts: translate("Hỏi ý kiến {whom}; thời hạn của cơ quan vẫn tính.", whom=facts["whom"]),
    "opinion_given": lambda facts: translate("Đã có ý kiến của {whom}.", whom=facts["whom"]),
    "apologised": lambda facts: translate(
        "Chưa xong đúng hẹn; cơ quan xin lỗi và hẹn lại ngày {day}. Lý do: {why}",
        day=date_vi(date.fromisoformat(facts["new_due"])),
        why=facts["why"],
    ),
    "supplement_requested": _asked,
    "supplement_received": lambda facts: translate("Đã gửi phần bổ sung, {n} chỗ.", n=int(facts.get("items") or 1)),
    "approved": lambda _: translate("Lãnh đạo đã duyệt, chờ hoàn tất chữ ký số."),
    "paper_printed": lambda facts: translate("Đã in {what}.", what=on_paper(facts)),
    "paper_handed_over": lambda facts: translate(
        "Đã trả {what} tại quầy cho {name}.", what=on_paper(facts), name=facts["name"]
    ),
    "paper_posted": lambda facts: translate(
        "Đã gửi {what} qua bưu điện, số hiệu {number}.", what=on_paper(facts), number=facts["tracking"]
    ),
    **OF_POST,
    "approval_returned": lambda _: translate(
        "Kết quả chưa ban hành được nên hồ sơ được xem lại. Ông/bà không phải làm gì thêm."
    ),
    "paper_signed": lambda facts: translate(
        "Đã ký văn bản {number} bằng chứng thư số của {signer}; chờ lãnh đạo cơ quan BHXH ký.",
        number=facts["number"],
        signer=facts["signer"],
    ),
    "paper_declined": lambda facts: translate("Chưa đồng ý với văn bản, đề nghị sửa: {why}", why=facts["why"]),
    "granted": lambda _: translate("Đã ký kết quả giải quyết."),
    "refused": lambda _: translate("Đã ký văn bản trả lời không giải quyết, có nêu lý do."),
    "withdrawn": _withdrawn,
    "paper_added": lambda facts: translate("Đã thêm giấy tờ tại quầy: {name}.", name=facts.get("name", "")),
    "typed_at_counter": typed_by_an_officer,
    "registration_verified": lambda _: translate("Đã đối chiếu người đăng ký với giấy tờ tùy thân."),
    "filed_on_behalf": lambda facts: translate(
        "Nộp cho {owner}: {prepared} lập, {signed} ký.",
        owner=facts["owner"],
        prepared=facts["prepared_by"],
        signed=facts["signed_by"],
    ),
    "organisation_compared": lambda _: translate("Đã đối chiếu giấy tờ của tổ chức."),
    "organisation_approved": lambda _: translate("Đã chấp nhận; có hiệu lực ngay."),
    "registration_approved": lambda _: translate("Đã phê duyệt đăng ký; tài khoản dùng được."),
    "destroyed": lambda _: translate("Hết thời hạn lưu: nội dung và giấy tờ của hồ sơ đã được hủy."),
}
"""Kinds that are not here are the office's own and are never shown."""
