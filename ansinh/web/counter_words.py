"""A counter that is closed, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.offices.counters import grounds, last_day, nearest_open
from ansinh.offices.models import CounterPause, Office
from ansinh.offices.models_counters import DecisionMaker
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi


@dataclass(frozen=True)
class ClosedCounter:
    """What a person is told of a closed counter; `instead`: open offices, nearest first."""

    sentence: str
    notice: str
    ground: str
    decided: str
    bases: tuple[str, ...]
    instead: tuple[Office, ...]


def closed_counter(pause: CounterPause, *, office: Office, on: date) -> ClosedCounter:
    """The pause of an office for its page and for forms."""
    return ClosedCounter(
        sentence=translate(
            "Quầy của {office} tạm dừng nhận trực tiếp {span}. Nộp trực tuyến và gửi bưu điện vẫn nhận bình thường.",
            office=pick(office, "name"),
            span=span(pause),
        ),
        notice=pick(pause, "notice"),
        ground=pick(grounds()[pause.ground], "name"),
        decided=f"{translate(DecisionMaker(pause.decided_by).label)}, {pause.document}",
        bases=tuple(pause.legal_bases),
        instead=tuple(nearest_open(office.code, on=on)),
    )


def span(pause: CounterPause) -> str:
    """From when to when a counter is closed."""
    last = last_day(pause)
    if last is None:
        return translate("từ {day} đến khi có thông báo mới", day=date_vi(pause.valid_from))
    return translate("từ {first} đến hết {last}", first=date_vi(pause.valid_from), last=date_vi(last))
