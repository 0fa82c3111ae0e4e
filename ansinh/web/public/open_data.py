"""Open data by month, and how long a service really took: numbers for everybody, nothing of single people."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.queries import folder_in_force, services_on
from ansinh.offices import queries
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.statistics import open_data
from ansinh.statistics.areas import COUNTRY
from ansinh.statistics.truth import Truth, truth
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.public.frame import frame, show

_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_BYTE_ORDER_MARK: Final = "\ufeff"
HIDDEN: Final = "*"


@public_page
def months(request: HttpRequest) -> HttpResponse:
    """The months there are, what the columns mean, and how small numbers are protected."""
    return show(
        request,
        "public/open_data.html",
        frame(request, translate("Dữ liệu mở: hồ sơ theo tháng, tỉnh và thủ tục")),
        months=[
            {"name": translate("Tháng {month}/{year}", month=f"{one:%m}", year=f"{one:%Y}"), "key": f"{one:%Y-%m}"}
            for one in open_data.months(today=today())
        ],
        columns=[[name, pick({"what_vi": vi, "what_en": en}, "what")] for name, vi, en in open_data.COLUMNS],
        hidden=pick({"hidden_vi": open_data.HIDDEN_VI, "hidden_en": open_data.HIDDEN_EN}, "hidden"),
    )


@public_page
def month_file(request: HttpRequest, month: str, kind: str) -> HttpResponse:
    """The table of a month as .csv or .json."""
    if not _MONTH.fullmatch(month) or kind not in {"csv", "json"}:
        raise Http404
    day = date.fromisoformat(f"{month}-01")
    rows = _rows(day)
    if kind == "csv":
        text = StringIO()
        lines = csv.writer(text)
        lines.writerow([name for name, _, _ in open_data.COLUMNS])
        lines.writerows(["" if cell is None else cell for cell in row.values()] for row in rows)
        return _answer((_BYTE_ORDER_MARK + text.getvalue()).encode(), f"an-sinh-{month}.csv", "text/csv; charset=utf-8")
    said = {
        "title": f"An Sinh {month}",
        "month": month,
        "about_vi": open_data.HIDDEN_VI,
        "about_en": open_data.HIDDEN_EN,
        "hidden": HIDDEN,
        "columns": [{"name": name, "about_vi": vi, "about_en": en} for name, vi, en in open_data.COLUMNS],
        "rows": rows,
    }
    content = json.dumps(said, ensure_ascii=False, indent=1).encode()
    return _answer(content, f"an-sinh-{month}.json", "application/json")


def _answer(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "public, max-age=3600"}
    return HttpResponse(content, content_type=kind, headers=headers)


def _rows(month: date) -> list[dict[str, Any]]:
    names = {one.code: one.name_vi for one in queries.provinces(on=month)}
    services = {one.slug: one.procedure.short_name_vi for one in services_on(today())}
    return [
        {
            "month": f"{month:%Y-%m}",
            "province_code": one.province,
            "province": names.get(one.province, ""),
            "service": one.service,
            "service_name": services.get(one.service, one.service),
            "filed": HIDDEN if one.filed is None else one.filed,
            "results": HIDDEN if one.results is None else one.results,
            "on_time_percent": one.on_time_percent,
            "half_within_days": one.half_within,
            "nine_in_ten_within_days": one.nine_in_ten_within,
        }
        for one in open_data.lines(month, today=today())
    ]


@public_page
def real_time(request: HttpRequest, slug: str) -> HttpResponse:
    """How long the service really took in the last six months: in the country, a province, an office."""
    folder = folder_in_force(slug, on=today())
    day = today()
    provinces = queries.provinces(on=day)
    chosen = next((one for one in provinces if one.code == request.GET.get("tinh", "")), None)
    offices = queries.open_offices(on=day, province_code=chosen.code) if chosen else []
    office = next(
        (one for one in offices if one.code == request.GET.get("co-quan", "")), offices[0] if offices else None
    )
    found = truth(slug, office_code=office.code if office else "", today=day)
    names = {COUNTRY: translate("Cả nước")}
    names |= {f"P{chosen.code}": pick(chosen, "name")} if chosen else {}
    names |= {office.code: pick(office, "name")} if office else {}
    return show(
        request,
        "public/real_time.html",
        frame(
            request,
            translate("{service}: thật ra mất bao lâu", service=pick(folder.procedure, "short_name")),
            back=(pick(folder.procedure, "short_name"), reverse("public:service", kwargs={"slug": slug})),
        ),
        finding=_finding(found.places[-1], names) or _finding(found.places[0], names),
        period=translate("Từ {first} đến hết {last}.", first=date_vi(found.first), last=date_vi(found.last)),
        rows=[_told(one, names) for one in found.places],
        provinces=[{"value": one.code, "label": pick(one, "name")} for one in provinces],
        province=chosen.code if chosen else "",
        offices=[{"value": one.code, "label": pick(one, "name")} for one in offices],
        office=office.code if office else "",
        least=open_data.LEAST_FOR_SHARES,
    )


def _finding(one: Truth, names: dict[str, str]) -> str:
    if one.half_within is None:
        return ""
    return translate(
        "{place}: một nửa số kết quả đến trong {n} ngày, chín phần mười trong {most} ngày.",
        place=names.get(one.area, one.area), n=one.half_within, most=one.nine_in_ten_within,
    )  # fmt: skip


def _told(one: Truth, names: dict[str, str]) -> list[str]:
    few = translate("chưa đủ số liệu")
    return [
        names.get(one.area, one.area),
        few if one.half_within is None else translate("{n} ngày", n=one.half_within),
        few if one.nine_in_ten_within is None else translate("{n} ngày", n=one.nine_in_ten_within),
        few if one.on_time_percent is None else f"{one.on_time_percent} %",
        few if one.returned_of_hundred is None else f"{one.returned_of_hundred}",
        few if one.paid_in_time_percent is None else f"{one.paid_in_time_percent} %",
        few if one.about is None else translate("từ {n}", n=f"{one.about:,}".replace(",", ".")),
    ]
