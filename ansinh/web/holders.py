"""Who held a dossier, in words: the runs under the deadline picture and the rows of its table, for whoever reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ansinh.casework.ledger import Interval
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, datetime_vi
from ansinh.platform.zone import local_day

OFFICE = "Cơ quan BHXH"
SHORT = {
    "checking": "Cơ quan BHXH kiểm tra", "office": OFFICE, "agency": "Cơ quan khác", "post": "Bưu điện",
    "ended": "Hồ sơ đã kết thúc",
}  # fmt: skip
WHOM = {"applicant": ("Ông/bà bổ sung", "Người nộp bổ sung"), "payment": ("Ông/bà nộp tiền", "Người nộp nộp tiền")}
"""Said to the applicant, said to an officer."""
COLOURS = {
    "office": "office", "agency": "agency", "applicant": "applicant", "payment": "applicant", "post": "post",
    "checking": "agency", "ended": "closed",
}  # fmt: skip
"""Holder → how the picture draws it, the same for everybody."""


def drawn_on(day: date, spans: Sequence[Interval]) -> str:
    """How the picture draws a day. On the day it changes hands a dossier is still drawn as whoever had it before has
    it: that day counts for them (Civil Code 2015, article 147), as in the days of the table.
    """
    held = [span for span in spans if local_day(span.begin) < day]
    return COLOURS[(held[-1] if held else spans[0]).owner]


def runs_of(spans: Sequence[Interval], *, to_applicant: bool) -> list[dict[str, Any]]:
    """One for each time the dossier changed sides, in order: the words that stand under the picture."""
    runs = []
    for holder, grouped in groupby(spans, key=lambda span: (span.owner, span.agency)):
        part = list(grouped)
        end = date_vi(part[-1].end)[:5] if part[-1].end else translate("nay")
        runs.append(
            {
                "owner": COLOURS[holder[0]],
                "text": translate(
                    "{holder}, {first} đến {last}: {n} ngày làm việc",
                    holder=_holder(part[0], to_applicant=to_applicant),
                    first=date_vi(part[0].begin)[:5],
                    last=end,
                    n=sum(span.working_days for span in part),
                ),
            }
        )
    return runs


def rows_of(dossier: Dossier, spans: Sequence[Interval], *, to_applicant: bool) -> list[dict[str, Any]]:
    """Each row of the ledger with the step and who was in charge; neighbours that read the same are one."""
    steps = {stage.key: pick(stage, "name") for stage in frozen(dossier.version_id).stages}
    rows = []
    for words, grouped in groupby(spans, key=lambda span: _in_full(span, steps, to_applicant=to_applicant)):
        part = list(grouped)
        rows.append(
            {
                "begin": datetime_vi(part[0].begin),
                "end": datetime_vi(part[-1].end) if part[-1].end else translate("đến nay"),
                "holder": words,
                "days": sum(span.working_days for span in part),
            }
        )
    return rows


def _in_full(span: Interval, steps: dict[str, str], *, to_applicant: bool) -> str:
    parts = [_holder(span, to_applicant=to_applicant)]
    if span.owner == "office" and span.stage in steps:
        parts.append(steps[span.stage])
    if span.owner in ("office", "checking", "agency") and span.officer:
        parts.append(span.officer)
    return ", ".join(parts)


def _holder(span: Interval, *, to_applicant: bool) -> str:
    if span.owner in WHOM:
        return translate(WHOM[span.owner][0 if to_applicant else 1])
    words = translate(SHORT[span.owner])
    return f"{words} ({span.agency})" if span.agency else words
