"""The deadline picture, its words and the steps of a dossier, for applicant and officer alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ansinh.casework.ledger import Interval, applicant_days, office_days
from ansinh.catalogue.limits import limits_of
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, Dossier, DossierEvent, State
from ansinh.law.calendar import WorkCalendar
from ansinh.law.deadlines import Limit, Unit
from ansinh.platform.language import current, translate
from ansinh.platform.vietnamese import date_vi, datetime_vi
from ansinh.platform.zone import local_day
from ansinh.web.holders import drawn_on, rows_of, runs_of
from ansinh.web.ledger import LedgerCell, LedgerDay, ledger_cells

ROOM_FOR_A_MARK = 5
HORIZON = timedelta(days=400)
"""No picture goes further than this beyond today, whatever the due date is."""


@dataclass(frozen=True)
class LedgerView:
    """What the `ledger` component is given."""

    sentence: str
    description: str
    cells: list[LedgerCell]
    keys: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    intervals: list[dict[str, Any]]


def ledger_view(
    dossier: Dossier, spans: Sequence[Interval], *, now: datetime, calendar: WorkCalendar, due_on: date | None
) -> LedgerView:
    """The picture of who held the dossier until now, and what is expected until `due_on`."""
    days = _days(spans, now=now, calendar=calendar, due_on=due_on, closed=dossier.state in CLOSED_STATES)
    used, waited = office_days(spans), applicant_days(spans)
    sentence = _sentence(dossier, used, waited)
    return LedgerView(
        sentence=sentence,
        description=translate(
            "Mỗi ô là một ngày, từ {first} đến {last}. {balance}",
            first=date_vi(days[0].day),
            last=date_vi(days[-1].day),
            balance=sentence,
        ),
        cells=ledger_cells(days),
        keys=_keys(days, used, waited, spans),
        runs=runs_of(spans, to_applicant=True),
        intervals=rows_of(dossier, spans, to_applicant=True),
    )


def _days(
    spans: Sequence[Interval], *, now: datetime, calendar: WorkCalendar, due_on: date | None, closed: bool
) -> list[LedgerDay]:
    today, held_until = local_day(now), local_day(spans[-1].end or now)
    last = held_until
    if due_on is not None and not closed:
        last = min(max(last, due_on), last + HORIZON)
    day, days = local_day(spans[0].begin), []
    while day <= last:
        future = day > today
        owner = drawn_on(day, spans) if day <= held_until else "office"
        if not calendar.is_working_day(day):
            owner = "closed"
        elif due_on is not None and due_on < day <= held_until and owner == "office":
            owner = "late"
        mark = _mark(day, today=today, due_on=due_on, closed=closed)
        days.append(LedgerDay(day, owner, future=future, mark=mark, last=day in (due_on, last)))
        day += timedelta(days=1)
    return days


def _mark(day: date, *, today: date, due_on: date | None, closed: bool) -> str:
    """The word above a day; side by side there is room for the due day's only."""
    if day == due_on:
        return translate("Hạn")
    crowded = due_on is not None and abs((due_on - today).days) <= ROOM_FOR_A_MARK
    return translate("Hôm nay") if day == today and not closed and not crowded else ""


def _sentence(dossier: Dossier, used: int, waited: int) -> str:
    limit = _limit_words(dossier)
    if dossier.accepted_at is None:
        return translate("Thời hạn chưa bắt đầu tính: tính từ khi cơ quan tiếp nhận hồ sơ đủ.") + (
            " " + translate("Thời hạn là {limit}.", limit=limit) if limit else ""
        )
    parts = [translate("Luật cho cơ quan BHXH {limit}.", limit=limit)] if limit else []
    if limit and dossier.reopened_at is not None:
        parts = [translate("Lần giải quyết lại có thời hạn {limit}.", limit=limit)]
    parts.append(translate("Cơ quan đã dùng {n} ngày làm việc.", n=used))
    if waited:
        parts.append(translate("Hồ sơ đứng {n} ngày làm việc chờ bổ sung, thời gian này không tính vào hạn.", n=waited))
    return " ".join(parts)


def _limit_words(dossier: Dossier) -> str:
    rows = [row for row in dossier.results_due if row.get("value") is not None]
    if not rows:
        found = [limit for _, limit in limits_of(frozen(dossier.version_id), dossier.answers) if limit is not None]
        pairs = [(one.value, one.unit) for one in found]
    else:
        pairs = [(row["value"], row["unit"]) for row in rows]
    if not pairs:
        return ""
    value, unit = min(pairs)
    limit = Limit(value, Unit(unit))
    return limit.words_en if current() == "en" else limit.words_vi


def _keys(days: Sequence[LedgerDay], used: int, waited: int, spans: Sequence[Interval]) -> list[dict[str, Any]]:
    checking = sum(span.working_days for span in spans if span.owner == "checking")
    posted = sum(span.working_days for span in spans if span.owner == "post")
    texts = {
        "agency": translate("Cơ quan kiểm tra trước khi nhận: {n} ngày", n=checking),
        "post": translate("Chờ bản chính: {n} ngày", n=posted),
        "office": translate("Cơ quan BHXH làm: {n} ngày", n=used),
        "applicant": translate("Chờ ông/bà: {n} ngày", n=waited),
        "late": translate("Quá hạn"),
        "closed": translate("Ngày nghỉ, không tính"),
    }
    there = {day.owner for day in days}
    keys: list[dict[str, Any]] = [{"owner": owner, "text": text} for owner, text in texts.items() if owner in there]
    if any(day.future for day in days):
        keys.append({"owner": "office", "text": translate("Viền đứt: dự kiến"), "future": True})
    return keys


def steps(dossier: Dossier, events: Sequence[DossierEvent]) -> list[dict[str, str]]:
    """The five steps for people: filed, accepted, appraised, signed, result; where it stands and since when."""
    when = {event.kind: event.at for event in events}
    kind = next((one.kind for one in frozen(dossier.version_id).stages if one.key == dossier.stage), "intake")
    place = {"intake": 1, "check": 2, "appraise": 2, "control": 3, "applicant_sign": 3, "sign": 3}.get(kind, 1)
    if dossier.state in (State.GRANTED, State.REFUSED):
        place = 5
    marks = (when.get("submitted"), dossier.accepted_at, None, dossier.closed_at, dossier.closed_at)
    labels = (
        translate("Đã nộp"),
        translate("Tiếp nhận"),
        translate("Thẩm định"),
        translate("Ký duyệt"),
        translate("Trả kết quả"),
    )
    rows = []
    for number, (label, mark) in enumerate(zip(labels, marks, strict=True)):
        if number < place:
            note = datetime_vi(mark) if mark else translate("Xong")
            rows.append({"label": label, "state": "done", "note": note})
        elif number == place:
            rows.append({"label": label, "state": "now", "note": _now_note(dossier)})
        else:
            rows.append({"label": label, "state": "later", "note": translate("Chưa đến")})
    if dossier.state == State.WITHDRAWN:
        kept = [row for row in rows if row["state"] == "done"]
        day = date_vi(dossier.closed_at) if dossier.closed_at else ""
        return [*kept, {"label": translate("Đã rút"), "state": "stopped", "note": day}]
    return rows


def _now_note(dossier: Dossier) -> str:
    kind = next((one.kind for one in frozen(dossier.version_id).stages if one.key == dossier.stage), "")
    if kind == "applicant_sign" and dossier.state == State.IN_PROGRESS:
        return translate("Chờ ông/bà ký")
    return {
        State.WAITING_FOR_APPLICANT: translate("Đang chờ bổ sung"),
        State.WAITING_FOR_ORIGINALS: translate("Đang chờ bản chính"),
        State.WAITING_FOR_PAYMENT: translate("Đang chờ nộp tiền"),
        State.SUBMITTED: translate("Đang kiểm tra"),
        State.APPROVED: translate("Đã duyệt, chờ hoàn tất chữ ký số"),
    }.get(State(dossier.state), translate("Đang làm"))
