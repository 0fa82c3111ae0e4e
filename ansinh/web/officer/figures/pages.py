"""The dashboard of an office, a province or the country: late or in time, how long, by service, place and way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.statistics.areas import Area, Sight, sight_of
from ansinh.statistics.channels import channel
from ansinh.statistics.dashboard import Dashboard, Row, Tally, dashboard
from ansinh.statistics.late_payments import overdue_payments
from ansinh.statistics.periods import Period, period, periods_before
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.officer.figures.pictures import line, map_keys, plot, tiles
from ansinh.web.officer.figures.tables import Cell, Table, csv_of, percent, xlsx_of
from ansinh.web.officer.figures.words import (
    form_change,
    period_name,
    period_words,
    reason_name,
    service_name,
    service_options,
)
from ansinh.web.officer.frame import FIGURES, desk
from ansinh.web.page import Option

GOOD, FAIR, POOR = 98.0, 95.0, 90.0
"""Bounds of the map's blues: percent of results in time."""


@officer_page
def dashboard_page(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The finding first, then pictures with their tables."""
    sight = sight_of(officer, on=today())
    area, chosen, service = _asked(request, sight)
    found = dashboard(sight, area, first=chosen.first, last=min(chosen.last, today()), service=service)
    shown = tables_of(found, sight)
    return desk(
        request,
        officer,
        "figures/dashboard.html",
        _finding(found, area),
        current=FIGURES,
        area=area,
        period=chosen,
        period_words=period_words(chosen),
        service=service,
        service_words=service_name(service) if service else translate("mọi thủ tục"),
        areas=[Option(one.code, pick(one, "name")) for one in sight.areas],
        periods=[Option(key, period_name(key)) for key in periods_before(today())],
        services=[Option(slug, name) for slug, name in service_options()],
        total=found.total,
        overdue=overdue_payments(area, sight, today=today()),
        percent=percent,
        tables={one.key: one for one in shown},
        tiles=_tiles(found, sight) if sight.is_country and area == sight.widest else (),
        map_keys=map_keys((GOOD, FAIR, POOR)),
        plot=_plot(found),
        at=now(),
        query=urlencode({"noi": area.code, "ky": chosen.key, "thu-tuc": service}),
    )


@officer_page
def dashboard_file(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Every table of the page, as .xlsx or .csv."""
    sight = sight_of(officer, on=today())
    area, chosen, service = _asked(request, sight)
    found = tables_of(
        dashboard(sight, area, first=chosen.first, last=min(chosen.last, today()), service=service), sight
    )
    name = f"so-lieu-{area.code}-{chosen.key}".lower()
    return csv_of(found, name) if request.GET.get("dang") == "csv" else xlsx_of(found, name)


def _asked(request: HttpRequest, sight: Sight) -> tuple[Area, Period, str]:
    service = request.GET.get("thu-tuc", "")
    if service and service not in dict(service_options()):
        raise Invalid("service-unknown", "Không có thủ tục này. Xin chọn lại trong danh sách.")
    return sight.area(request.GET.get("noi", "")), period(request.GET.get("ky", ""), today=today()), service


def _finding(found: Dashboard, area: Area) -> str:
    name = pick(area, "name")
    share = found.total.on_time_share
    if share is None:
        return translate("{name}: chưa có kết quả nào trong kỳ", name=name)
    if not found.total.late:
        return translate("{name}: mọi kết quả đều đúng hạn", name=name)
    return translate("{name}: {share} đúng hạn, {n} kết quả trễ", name=name, share=percent(share), n=found.total.late)


def tables_of(found: Dashboard, sight: Sight) -> list[Table]:
    """Every table of the page, in its order."""
    places = {one.code: pick(one, "name") for one in sight.areas}
    months = [(f"{month:%m/%Y}", *_numbers(tally)) for month, tally in found.months]
    tables = [
        Table(
            "ket-qua", translate("Kết quả trong kỳ"), (translate("Kết quả"), translate("Hồ sơ")), _results(found.total)
        ),
        Table("thang", translate("Mười hai tháng"), (translate("Tháng"), *_columns()), months),
    ]
    if found.parts:
        title = translate("Theo tỉnh, thành phố") if found.parts[0].key.startswith("P") else translate("Theo cơ quan")
        tables.append(_table_of_rows("noi", title, found.parts, places))
    if found.services:
        names = {row.key: service_name(row.key) for row in found.services}
        tables.append(_table_of_rows("thu-tuc", translate("Theo thủ tục"), found.services, names))
    tables.append(_channels(found))
    for key, title, reasons in (
        ("ly-do-bo-sung", translate("Vì sao phải bổ sung"), found.return_reasons),
        ("ly-do-tu-choi", translate("Vì sao từ chối"), found.refusal_reasons),
    ):
        rows = [(reason_name(code), n) for code, n in reasons.items()]
        tables.append(Table(key, title, (translate("Lý do"), translate("Lần")), rows))
    forms = [(form_change(way), n) for way, n in found.payment_forms.items()]
    tables.append(
        Table("hinh-thuc-nhan", translate("Đổi hình thức nhận tiền"), (translate("Đổi"), translate("Chế độ")), forms)
    )
    return tables


def _columns() -> tuple[str, ...]:
    return (
        translate("Nộp"), translate("Có kết quả"), translate("Trễ"), translate("Đúng hạn"),
        translate("Yêu cầu bổ sung"), translate("Một nửa xong trong, ngày"),
        translate("Chín phần mười xong trong, ngày"), translate("Khoản đã chi"), translate("Chi trễ"),
    )  # fmt: skip


def _numbers(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.filed, tally.results, tally.late, tally.on_time_share, tally.returned, tally.half_within,
        tally.nine_in_ten_within, tally.payments, tally.paid_late,
    )  # fmt: skip


def _table_of_rows(key: str, title: str, rows: tuple[Row, ...], names: dict[str, str]) -> Table:
    lines = [(names.get(row.key, row.key), *_numbers(row.tally)) for row in rows]
    return Table(key, title, (translate("Tên"), *_columns()), lines)


def _results(total: Tally) -> list[tuple[Cell, ...]]:
    early, on_time = total.in_time.get("early", 0), total.in_time.get("on_time", 0)
    return [
        (translate("Sớm hơn ngày hẹn"), early),
        (translate("Đúng ngày hẹn"), on_time),
        (translate("Trễ hẹn"), total.late),
        (translate("Không có ngày hẹn"), total.in_time.get("no_limit", 0)),
        (translate("Được giải quyết"), total.closed.get("granted", 0)),
        (translate("Bị từ chối, có lý do"), total.closed.get("refused", 0)),
        (translate("Người nộp đã rút"), total.closed.get("withdrawn", 0)),
        (translate("Tiếp nhận trong kỳ"), total.accepted),
        (translate("Khoản chi chế độ đúng hạn"), total.payments - total.paid_late),
        (translate("Khoản chi chế độ sau hạn"), total.paid_late),
    ]


def _channels(found: Dashboard) -> Table:
    by_way: dict[str, dict[str, int]] = {}
    for (way, kind), n in found.channels.items():
        by_way.setdefault(way, {})[kind] = n
    rows = sorted(by_way.items(), key=lambda one: -sum(one[1].values()))
    lines = [
        (
            pick(channel(way), "name"),
            kinds.get("individual", 0),
            kinds.get("organisation", 0),
            sum(kinds.values()),
            100 * sum(kinds.values()) / found.total.filed if found.total.filed else None,
        )
        for way, kinds in rows
    ]
    columns = (
        translate("Cách nộp"), translate("Cá nhân"), translate("Tổ chức"), translate("Cộng"), translate("Phần"),
    )  # fmt: skip
    return Table("cach-nop", translate("Theo cách nộp"), columns, lines)


def _tiles(found: Dashboard, sight: Sight) -> list[dict[str, Any]]:
    shares = {row.key: row.tally.on_time_share for row in found.parts}
    return tiles(sight, shares, bounds=(GOOD, FAIR, POOR), anchor="noi")


def _plot(found: Dashboard) -> dict[str, Any]:
    values = [tally.on_time_share for _, tally in found.months]
    words = translate("Tỷ lệ đúng hạn mười hai tháng; số từng tháng ở bảng dưới hình")
    return plot([line("l1", values)], [month for month, _ in found.months], words)
