"""The deadline picture, the path of all stages and the history, as the desk shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ansinh.casework.ledger import Interval, applicant_days, intervals, office_days
from ansinh.catalogue.folder import Stage
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, DossierEvent, State
from ansinh.law.calendar import WorkCalendar
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, datetime_vi, money
from ansinh.platform.zone import local_day
from ansinh.web.citizen.thread import acted_by
from ansinh.web.holders import drawn_on, rows_of, runs_of
from ansinh.web.ledger import LedgerCell, LedgerDay, ledger_cells
from ansinh.web.officer import away
from ansinh.web.on_paper import on_paper
from ansinh.web.post_words import OF_POST, typed_by_an_officer
from ansinh.web.process_view import stage_states

DONE_BY = {
    "submit": ("submitted",),
    "intake": ("accepted",),
    "check": ("checked",),
    "appraise": ("proposed",),
    "control": ("controlled",),
    "applicant_sign": ("paper_signed",),
    "sign": ("granted", "refused"),
}
"""Stage kind → the events that end it."""


@dataclass(frozen=True)
class Ledger:
    """What the ledger component draws, with the sentence above it."""

    sentence: str
    cells: list[LedgerCell]
    keys: list[dict[str, object]]
    runs: list[dict[str, Any]]
    intervals: list[dict[str, Any]]


def ledger_of(dossier: Dossier, events: Sequence[DossierEvent], *, now: datetime, calendar: WorkCalendar) -> Ledger:
    """Every day of the dossier with whoever held it; days to come are forecast until the due date."""
    spans = intervals(dossier, now=now, calendar=calendar)
    used, waited = office_days(spans), applicant_days(spans)
    counted = translate("Cơ quan BHXH: {n} ngày làm việc", n=used)
    checking = translate("Cơ quan kiểm tra trước khi tiếp nhận, chưa tính giờ")
    keys: list[dict[str, object]] = [
        {"owner": "office", "text": counted} if dossier.accepted_at else {"owner": "agency", "text": checking}
    ]
    if waited:
        keys.append({"owner": "applicant", "text": translate("Chờ người nộp: {n} ngày làm việc", n=waited)})
    if any(span.owner == "post" for span in spans):
        keys.append({"owner": "post", "text": translate("Chờ bưu điện")})
    keys.append({"owner": "closed", "text": translate("Ngày nghỉ, không tính")})
    return Ledger(
        sentence=_sentence(dossier, used, waited),
        cells=ledger_cells(_days(dossier, spans, now=now, calendar=calendar)),
        keys=keys,
        runs=runs_of(spans, to_applicant=False),
        intervals=rows_of(dossier, spans, to_applicant=False),
    )


def _sentence(dossier: Dossier, used: int, waited: int) -> str:
    parts = [translate("Cơ quan đã dùng {n} ngày làm việc.", n=used)]
    if waited:
        parts.append(translate("Hồ sơ đứng {n} ngày làm việc chờ bổ sung, không tính vào hạn.", n=waited))
    if dossier.accepted_at is None:
        parts = [translate("Chưa tính giờ: thời hạn bắt đầu khi hồ sơ được tiếp nhận.")]
    elif dossier.due_on:
        parts.append(translate("Hẹn trả kết quả 17:00 ngày {day}.", day=date_vi(dossier.due_on)))
    elif dossier.state == State.WAITING_FOR_APPLICANT:
        parts.append(translate("Đang dừng nên chưa có ngày hẹn trả."))
    return " ".join(parts)


def _days(dossier: Dossier, spans: Sequence[Interval], *, now: datetime, calendar: WorkCalendar) -> list[LedgerDay]:
    today = local_day(now)
    first = local_day(dossier.accepted_at or spans[0].begin)
    end = local_day(dossier.closed_at) if dossier.closed_at else max(today, dossier.due_on or today)
    days: list[LedgerDay] = []
    day = first
    while day <= end:
        future = day > today and dossier.closed_at is None
        marks = {today: translate("Hôm nay")} if dossier.closed_at is None else {}
        if dossier.due_on:
            marks[dossier.due_on] = translate("Hạn")
        days.append(
            LedgerDay(day, _owner(day, spans, dossier, calendar), future, marks.get(day, ""), day == dossier.due_on)
        )
        day += timedelta(days=1)
    return days


def _owner(day: date, spans: Sequence[Interval], dossier: Dossier, calendar: WorkCalendar) -> str:
    if not calendar.is_working_day(day):
        return "closed"
    if dossier.due_on and day > dossier.due_on:
        return "late"
    return drawn_on(day, spans)


def path_of(dossier: Dossier, events: Sequence[DossierEvent], *, today: date) -> list[dict[str, str]]:
    """All stages of the procedure: when done, who holds it now, or that it has not come."""
    states, steps = stage_states(dossier), list[dict[str, str]]()
    for stage in frozen(dossier.version_id).stages:
        match states[stage.key]:
            case "done":
                note = _done_note(stage, events)
            case "stopped":
                note = translate("Đã rút {day}", day=date_vi(dossier.last_event_at))
            case "now":
                note = translate(State(dossier.state).label)
            case _:
                note = translate("Chưa đến")
        steps.append({"label": pick(stage, "name"), "note": note, "state": states[stage.key]})
    return steps


def _done_note(stage: Stage, events: Sequence[DossierEvent]) -> str:
    ending = [event for event in events if event.kind in DONE_BY.get(stage.kind, ())]
    return datetime_vi(ending[-1].at) if ending else translate("Đã xong")


Sentence = Callable[[dict[str, Any]], str]
EVENTS: dict[str, Sentence] = {
    "submitted": lambda facts: translate("Đã nộp hồ sơ."),
    "originals_received": lambda facts: _noted(translate("Đã nhận bản chính qua bưu điện."), facts),
    "accepted": lambda facts: (
        translate("Đã tiếp nhận. Hẹn trả 17:00 ngày {day}.", day=_day(facts["due_on"]))
        if facts.get("due_on")
        else translate("Đã tiếp nhận.")
    ),
    "routed": lambda facts: translate("Chuyển {office} giải quyết theo thẩm quyền.", office=facts["to_office"]),
    "checked": lambda facts: _noted(translate("Đã đối chiếu."), facts),
    "supplement_requested": lambda facts: translate(
        "Yêu cầu bổ sung {n} chỗ, chờ đến {day}.", n=facts["items"], day=_day(facts["answer_by"])
    ),
    "supplement_received": lambda facts: translate("Đã bổ sung {n} chỗ.", n=facts["items"]),
    "extended": lambda facts: _due_moved(
        translate("Gia hạn: {ground}, văn bản {document}. {why}", ground=facts["ground"], document=facts["document"],
                  why=facts["why"]), facts
    ),
    "due_changed": lambda facts: _due_moved(f"{facts['why']}.", facts),
    "effect_undone": lambda facts: translate("Gỡ tác động cũ “{what}”: {how}", what=facts["what"], how=facts["how"]),
    "reopened": lambda facts: _due_moved(
        translate("Mở lại để giải quyết lại: {ground}. {why}", ground=facts["ground"], why=facts["why"]), facts
    ),
    "complaint_filed": lambda facts: translate(
        "Khiếu nại {number}; trả lời chậm nhất ngày {day}.", number=facts["number"], day=_day(facts["due"])
    ),
    "result_confirmed": lambda facts: translate(
        "Đã xem xét lại và giữ nguyên kết quả {number}. {why}", number=facts["number"], why=facts["why"]
    ),
    "cancelling_proposed": lambda facts: translate(
        "Trình lãnh đạo hủy khoản thu hồi {amount}: {ground}. {why}",
        amount=money(int(facts["amount"])), ground=facts["ground"], why=facts["why"],
    ),
    "cancelling_declined": lambda facts: _noted(translate("Lãnh đạo không đồng ý hủy khoản thu hồi."), facts),
    "claim_cancelled": lambda facts: translate(
        "Hủy khoản thu hồi {amount}, không phải nộp nữa. Lý do: {ground}. {why}",
        amount=money(int(facts["amount"])), ground=facts["ground"], why=facts["why"],
    ),
    "claim_given_back": lambda facts: translate(
        "Hủy khoản thu hồi {amount} đã nộp; trả lại theo lệnh chi {order}. Lý do: {ground}. {why}",
        amount=money(int(facts["amount"])), order=facts["order"], ground=facts["ground"], why=facts["why"],
    ),
    "complaint_extended": lambda facts: translate(
        "Khiếu nại {number} phức tạp; trả lời chậm nhất ngày {day}. Lý do: {why}",
        number=facts["number"], day=_day(facts["due"]), why=facts["why"],
    ),
    "complaint_withdrawn": lambda facts: translate("Rút khiếu nại {number}.", number=facts["number"]),
    "complaint_answered": lambda facts: translate("Đã trả lời khiếu nại {number}.", number=facts["number"]),
    "opinion_asked": lambda facts: translate(
        "Hỏi ý kiến {whom}, cần đến {day}.", whom=facts["whom"], day=_day(facts["wanted_by"])
    ),
    "opinion_given": lambda facts: translate("Có ý kiến của {whom}.", whom=facts["whom"]),
    "opinion_withdrawn": lambda facts: translate("Thôi hỏi {whom}.", whom=facts["whom"]),
    "apology_drafted": lambda facts: translate(
        "Máy soạn dự thảo thư xin lỗi, hẹn lại {day}.", day=_day(facts["new_due"])
    ),
    "apology_rewritten": lambda facts: translate("Sửa dự thảo thư xin lỗi: {why}", why=facts["why"]),
    "apologised": lambda facts: translate(
        "Ký thư xin lỗi {number}, hẹn lại {day}. {why}", number=facts["number"], day=_day(facts["new_due"]),
        why=facts["why"],
    ),
    "round_proposed": lambda facts: translate(
        "Trình lãnh đạo cho bổ sung lần nữa ({n} chỗ): {why}", n=facts["items"], why=facts["why"]
    ),
    "round_approved": lambda facts: translate("Lãnh đạo đồng ý cho bổ sung lần nữa."),
    "round_declined": lambda facts: _noted(translate("Lãnh đạo không đồng ý cho bổ sung lần nữa."), facts),
    "proposed": lambda facts: translate(
        "Đề xuất giải quyết." if facts.get("kind") == "grant" else "Đề xuất từ chối."
    ),
    "controlled": lambda facts: _noted(translate("Đã kiểm soát, trình ký."), facts),
    "sent_back": lambda facts: _noted(translate("Trả lại chuyên viên."), facts),
    "assigned": lambda facts: _noted(
        translate("Giao {name}.", name=facts["to"]), {"note": facts.get("reason", "")}
    ),
    "linked": lambda facts: translate("Nối với hồ sơ {number}.", number=facts["number"]),
    "unlinked": lambda facts: translate("Bỏ nối với hồ sơ {number}.", number=facts["number"]),
    "duplicate_judged": lambda facts: _noted(
        translate("Kết luận trùng với {number}.", number=facts["number"])
        if facts["verdict"] == "same"
        else translate("Kết luận không trùng với {number}.", number=facts["number"]),
        {"note": facts["reason"]},
    ),
    "approved": lambda facts: translate(
        "Đã duyệt {number}, chờ {what}.", number=facts.get("number", ""), what=away.what(facts.get("why", ""))
    ),
    "paper_printed": lambda facts: translate("Đã in {what}.", what=on_paper(facts)),
    "paper_handed_over": lambda facts: translate(
        "Đã trả {what} tại quầy cho {name}.", what=on_paper(facts), name=facts["name"]
    ),
    "paper_posted": lambda facts: translate(
        "Đã gửi {what} qua bưu điện, số hiệu {number}.", what=on_paper(facts), number=facts["tracking"]
    ),
    **OF_POST,
    "payment_asked": lambda facts: translate(
        "Cần nộp {amount}, chậm nhất ngày {day}.", amount=money(int(facts["amount"])), day=_day(facts["pay_by"])
    ),
    "payment_received": lambda facts: translate("Đã nhận {amount}.", amount=money(int(facts["amount"]))),
    "paid_out": lambda facts: translate("Đã chi {amount}.", amount=money(int(facts["amount"]))),
    "payment_returned": lambda facts: translate(
        "Ngân hàng trả lại {amount}; sẽ chi lại khi có tài khoản đúng.", amount=money(int(facts["amount"]))
    ),
    "paper_signed": lambda facts: translate(
        "Đã ký văn bản {number} bằng chứng thư số của {signer}; chờ lãnh đạo cơ quan BHXH ký.",
        number=facts["number"], signer=facts["signer"],
    ),
    "paper_declined": lambda facts: translate("Chưa đồng ý với văn bản, đề nghị sửa: {why}", why=facts["why"]),
    "blank_spoiled": lambda facts: translate("Phôi {serial} hỏng, in lại: {why}", **facts),
    "approval_returned": lambda facts: translate("Chữ ký đã duyệt không có hiệu lực; hồ sơ trở lại chuyên viên."),
    "granted": lambda facts: translate("Đã ký quyết định {number}.", number=facts.get("number", "")),
    "refused": lambda facts: translate("Đã ký thông báo không giải quyết {number}.", number=facts.get("number", "")),
    "handed_over": lambda facts: translate(
        "Chuyển từ {sender} đến {office}: {reason}",
        sender=facts["from_office"], office=facts["to_office"], reason=facts["reason"],
    ),
    "withdrawn": lambda facts: translate("Người nộp rút hồ sơ."),
    "paper_added": lambda facts: translate("Thêm giấy tờ tại quầy: {name}.", name=facts["name"]),
    "typed_at_counter": typed_by_an_officer,
    "registration_verified": lambda facts: translate("Đã đối chiếu đăng ký tại quầy."),
    "filed_on_behalf": lambda facts: translate(
        "Nộp cho {owner}: {prepared} lập, {signed} ký.",
        owner=facts["owner"], prepared=facts["prepared_by"], signed=facts["signed_by"],
    ),
    "organisation_compared": lambda facts: translate("Đã đối chiếu giấy tờ của tổ chức."),
    "organisation_approved": lambda facts: (
        translate("Đã phê duyệt theo văn bản giao quyền {number}.", number=facts["delegation"])
        if facts.get("delegation")
        else translate("Đã chấp nhận theo chữ ký số của tổ chức, không cần cán bộ.")
    ),
    "registration_approved": lambda facts: translate(
        "Đã phê duyệt theo văn bản giao quyền {number}.", number=facts["delegation"]
    ),
    "destroyed": lambda facts: translate("Hết thời hạn lưu: nội dung và giấy tờ của hồ sơ đã được hủy."),
}  # fmt: skip


def history_of(dossier: Dossier, events: Sequence[DossierEvent]) -> list[dict[str, object]]:
    """The thread of the desk, newest first; internal steps are marked as such."""
    return [
        {
            "at": event.at,
            "who": ", ".join(part for part in (acted_by(event), event.actor_title) if part),
            "own": event.actor.startswith("account:"),
            "text": _text(event),
        }
        for event in reversed(events)
    ]


def _text(event: DossierEvent) -> str:
    sentence = EVENTS[event.kind](event.facts) if event.kind in EVENTS else event.kind
    return sentence if event.public else translate("{text} (nội bộ)", text=sentence)


def _due_moved(sentence: str, facts: dict[str, Any]) -> str:
    if not facts.get("new_due"):
        return sentence
    new = _day(facts["new_due"])
    if not facts.get("old_due"):
        return f"{sentence} {translate('Hẹn trả ngày {day}.', day=new)}"
    return f"{sentence} {translate('Hẹn trả đổi từ {old} thành {new}.', old=_day(facts['old_due']), new=new)}"


def _noted(sentence: str, facts: dict[str, Any]) -> str:
    return f"{sentence} {facts['note']}" if facts.get("note") else sentence


def _day(text: str) -> str:
    return date_vi(date.fromisoformat(text))
