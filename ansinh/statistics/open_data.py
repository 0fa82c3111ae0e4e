"""Monthly open data: dossiers of each province and service, small counts hidden, with a description of every column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from ansinh.offices.queries import provinces
from ansinh.platform.errors import NotFound
from ansinh.statistics.dashboard import Tally, tallies
from ansinh.statistics.models import Measure, PublishedMonth
from ansinh.statistics.periods import months_between
from ansinh.statistics.protect import TOTAL, protect
from ansinh.statistics.read import EACH, counts

LEAST_FOR_SHARES = 20
"""Shares and times are told of at least so many results."""
SETTLES = timedelta(days=5)
"""A month is published when it has been over for so long."""
KEPT_MONTHS = 24


@dataclass(frozen=True)
class Line:
    """One row: a province (empty: the country) and a service (empty: all). None is hidden or not told."""

    province: str
    service: str
    filed: int | None
    results: int | None
    on_time_percent: int | None
    half_within: int | None
    nine_in_ten_within: int | None


COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("month", "Tháng, YYYY-MM", "Month, YYYY-MM"),
    ("province_code", "Mã tỉnh, thành phố; trống: cả nước", "Code of the province; empty: the country"),
    ("province", "Tên tỉnh, thành phố", "Name of the province"),
    ("service", "Mã thủ tục trên cổng; trống: mọi thủ tục", "Key of the service; empty: all services"),
    ("service_name", "Tên thủ tục", "Name of the service"),
    ("filed", "Hồ sơ nộp trong tháng; * là được che", "Dossiers filed in the month; * is hidden"),
    ("results", "Hồ sơ có kết quả trong tháng; * là được che", "Dossiers with a result in the month; * is hidden"),
    ("on_time_percent", "Phần trăm kết quả có ngày hẹn không trễ, số nguyên; từ 20 kết quả",
     "Percent of results with a due date that were not late, whole; from 20 results"),
    ("half_within_days", "Một nửa kết quả đến trong chừng ấy ngày theo lịch từ ngày nộp; từ 20 kết quả",
     "Half of the results came within so many calendar days from filing; from 20 results"),
    ("nine_in_ten_within_days", "Chín phần mười kết quả đến trong chừng ấy ngày; từ 20 kết quả",
     "Nine of ten results came within so many days; from 20 results"),
)  # fmt: skip
"""Name of each column, and what it is, in Vietnamese and English."""
HIDDEN_VI = (
    "Số từ 1 đến 4 được che bằng dấu *, và che thêm một số ô khác để không ai trừ ra được. Số 0 để nguyên. "
    "Hồ sơ tính cho tỉnh của cơ quan ghi trong số hồ sơ."
)
HIDDEN_EN = (
    "Counts of 1 to 4 are hidden as *, and some other cells with them, so that nobody finds them by subtraction. "
    "Zeros are shown. Dossiers count for the province of the office in their number."
)


def months(*, today: date) -> list[date]:
    """Months that are published, the newest first: those that have been over for five days."""
    newest = (today - SETTLES).replace(day=1) - timedelta(days=1)
    return list(reversed(months_between(newest, back=KEPT_MONTHS)))


def lines(month: date, *, today: date) -> list[Line]:
    """The table of a month, as it was when somebody first asked for it. Raises NotFound for one not published.

    Results that are looked at again change the counts of months long past, and with them which cells are hidden: two
    tables of one month subtracted would tell what each hides.
    """
    if month not in months(today=today):
        raise NotFound("month-unknown", "Chưa công bố số liệu của tháng này. Xin chọn một tháng trong danh sách.")
    kept = PublishedMonth.objects.filter(pk=month).first()
    if kept is None:
        counted = _counted(month)
        if not counted:
            return []
        rows = [astuple(one) for one in counted]
        PublishedMonth.objects.bulk_create(
            [PublishedMonth(month=month, rows=rows, published_on=today)], ignore_conflicts=True
        )
        kept = PublishedMonth.objects.get(pk=month)
    return [Line(*row) for row in kept.rows]


def _counted(month: date) -> list[Line]:
    areas = [f"P{one.code}" for one in provinces(on=month)]
    cells = counts(
        areas=areas, measures=[Measure.FILED, Measure.IN_TIME, Measure.DAYS], first=month, last=month, services=EACH,
        by=("area", "service", "measure", "bucket"),
    )  # fmt: skip
    found = tallies({((area, service), measure, bucket): n for (area, service, measure, bucket), n in cells.items()})
    return _lines(found)


def _lines(found: Mapping[tuple[str, str], Tally]) -> list[Line]:
    filed = protect({cell: tally.filed for cell, tally in found.items() if tally.filed})
    results = protect({cell: tally.results for cell, tally in found.items() if tally.results})
    sums = _with_sums(found)
    rows = []
    for area, service in sorted(sums):
        tally, told = sums[area, service], results.shown(area, service)
        tells = told is not None and told >= LEAST_FOR_SHARES
        share = tally.on_time_share if tells and tally.judged >= LEAST_FOR_SHARES else None
        rows.append(
            Line(
                province=area.removeprefix("P"),
                service=service,
                filed=filed.shown(area, service),
                results=told,
                on_time_percent=None if share is None else int(share),
                half_within=tally.half_within if tells else None,
                nine_in_ten_within=tally.nine_in_ten_within if tells else None,
            )
        )
    return rows


def _with_sums(found: Mapping[tuple[str, str], Tally]) -> dict[tuple[str, str], Tally]:
    sums: dict[tuple[str, str], Tally] = {}
    for (area, service), tally in found.items():
        for cell in ((area, service), (area, TOTAL), (TOTAL, service), (TOTAL, TOTAL)):
            sums[cell] = sums.get(cell, Tally()) + tally
    return sums
