"""What a director steers by: how many, in time or late, how long it took, why it came back; by service and office."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from ansinh.statistics.areas import Area, Sight
from ansinh.statistics.models import Measure
from ansinh.statistics.periods import months_between
from ansinh.statistics.quantiles import quantile
from ansinh.statistics.read import EACH, counts

Key = TypeVar("Key")
_EVERYTHING = (
    Measure.FILED, Measure.ACCEPTED, Measure.CLOSED, Measure.IN_TIME, Measure.DAYS, Measure.RETURNED,
    Measure.RETURN_REASON, Measure.REFUSAL_REASON, Measure.PAYMENT_FORM, Measure.REOPENED, Measure.PAID,
)  # fmt: skip
_OF_A_ROW = (
    Measure.FILED, Measure.CLOSED, Measure.IN_TIME, Measure.DAYS, Measure.RETURNED, Measure.REOPENED, Measure.PAID,
)  # fmt: skip


@dataclass
class Tally:
    """Counts of one place or service. Days are calendar days from filing to result, waiting included."""

    filed: int = 0
    accepted: int = 0
    closed: Mapping[str, int] = field(default_factory=dict)
    in_time: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)
    returned: int = 0
    reopened: int = 0
    paid: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            filed=self.filed + other.filed,
            accepted=self.accepted + other.accepted,
            closed=Counter(self.closed) + Counter(other.closed),
            in_time=Counter(self.in_time) + Counter(other.in_time),
            days=Counter(self.days) + Counter(other.days),
            returned=self.returned + other.returned,
            reopened=self.reopened + other.reopened,
            paid=Counter(self.paid) + Counter(other.paid),
        )

    @property
    def results(self) -> int:
        """Dossiers with a result."""
        return sum(self.in_time.values())

    @property
    def late(self) -> int:
        """Results after their day."""
        return self.in_time.get("late", 0)

    @property
    def judged(self) -> int:
        """Results that had a day to keep."""
        return self.results - self.in_time.get("no_limit", 0)

    @property
    def on_time_share(self) -> float | None:
        """Percent of results with a limit that were not late; None without any."""
        return 100 * (self.judged - self.late) / self.judged if self.judged else None

    @property
    def payments(self) -> int:
        """Benefits whose money left."""
        return sum(self.paid.values())

    @property
    def paid_late(self) -> int:
        """Of those, after the last day."""
        return self.paid.get("late", 0)

    @property
    def paid_in_time_share(self) -> float | None:
        """Percent of payments that were not late; None without any."""
        return 100 * (self.payments - self.paid_late) / self.payments if self.payments else None

    @property
    def half_within(self) -> int | None:
        """Half of the results came within so many days."""
        return quantile(self.days, 50)

    @property
    def nine_in_ten_within(self) -> int | None:
        """Nine of ten results came within so many days."""
        return quantile(self.days, 90)


@dataclass(frozen=True)
class Row:
    """A line of a table: a service or an area, and its counts."""

    key: str
    tally: Tally


@dataclass(frozen=True)
class Dashboard:
    """Everything on the page of one area, period and service."""

    area: Area
    total: Tally
    channels: Mapping[tuple[str, str], int]
    """(channel, individual or organisation) → filed."""
    return_reasons: Mapping[str, int]
    refusal_reasons: Mapping[str, int]
    payment_forms: Mapping[str, int]
    services: tuple[Row, ...]
    parts: tuple[Row, ...]
    """Provinces of the country, offices of a province."""
    months: tuple[tuple[date, Tally], ...]
    """The twelve months that end with the period."""


def dashboard(sight: Sight, area: Area, *, first: date, last: date, service: str = "") -> Dashboard:
    """The page of an area for the months from `first` to `last`; `service` a procedure, or empty for all."""
    cells = counts(
        areas=[area.code], measures=_EVERYTHING, first=first, last=last, services=[service],
        by=("measure", "bucket", "channel", "kind"),
    )  # fmt: skip
    plain: dict[tuple[str, str], int] = defaultdict(int)
    for (measure, bucket, _, _), n in cells.items():
        plain[measure, bucket] += n
    year = months_between(last, back=12)
    trend: dict[date, Tally] = tallies(
        counts(
            areas=[area.code], measures=_OF_A_ROW, first=year[0], last=last, services=[service],
            by=("month", "measure", "bucket"),
        )
    )  # fmt: skip
    parts = [one.code for one in sight.parts_of(area)]
    return Dashboard(
        area=area,
        total=tally_of(plain),
        channels={
            (channel, kind): n for (measure, _, channel, kind), n in cells.items() if measure == Measure.FILED
        },
        return_reasons=_of(plain, Measure.RETURN_REASON),
        refusal_reasons=_of(plain, Measure.REFUSAL_REASON),
        payment_forms=_of(plain, Measure.PAYMENT_FORM),
        services=() if service else _rows(
            counts(areas=[area.code], measures=_OF_A_ROW, first=first, last=last, services=EACH,
                   by=("service", "measure", "bucket"))
        ),
        parts=_rows(
            counts(areas=parts, measures=_OF_A_ROW, first=first, last=last, services=[service],
                   by=("area", "measure", "bucket"))
        ) if parts else (),
        months=tuple((month, trend.get(month, Tally())) for month in year),
    )  # fmt: skip


def tally_of(cells: Mapping[tuple[str, str], int]) -> Tally:
    """The counts of one place from (measure, bucket) → how many."""
    return Tally(
        filed=cells.get((Measure.FILED, ""), 0),
        accepted=cells.get((Measure.ACCEPTED, ""), 0),
        closed=_of(cells, Measure.CLOSED),
        in_time=_of(cells, Measure.IN_TIME),
        days={int(bucket): n for bucket, n in _of(cells, Measure.DAYS).items()},
        returned=sum(_of(cells, Measure.RETURNED).values()),
        reopened=sum(_of(cells, Measure.REOPENED).values()),
        paid=_of(cells, Measure.PAID),
    )


def _of(cells: Mapping[tuple[str, str], int], measure: Measure) -> dict[str, int]:
    found = {bucket: n for (name, bucket), n in cells.items() if name == measure}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def tallies(cells: Mapping[tuple[Key, str, str], int]) -> dict[Key, Tally]:
    """The counts of several places or services from (key, measure, bucket) → how many."""
    by_key: dict[Key, dict[tuple[str, str], int]] = defaultdict(dict)
    for (key, measure, bucket), n in cells.items():
        by_key[key][measure, bucket] = n
    return {key: tally_of(found) for key, found in by_key.items()}


def _rows(cells: Mapping[tuple[str, str, str], int]) -> tuple[Row, ...]:
    rows = [Row(key, tally) for key, tally in tallies(cells).items()]
    return tuple(sorted(rows, key=lambda row: (-row.tally.filed, row.key)))
