"""A little site of every component in its states, on the real layouts; only tests serve it."""

from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from markupsafe import Markup

from ansinh.web.ledger import ledger_cells
from ansinh.web.page import Option, Page
from tests.web.gallery_samples import (
    CITIZEN,
    COLUMNS,
    DESK,
    DOSSIER,
    ERRORS,
    FIELDS,
    FOOT,
    NOTICE,
    PUBLIC,
    QUEUE_ROWS,
    RECEIVED,
    ledger_days,
    long_days,
)

FOLDER = Path(__file__).parent / "gallery"


def contexts() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page of the gallery: its template and what it is given."""
    fields = Page("Con và cách nhận tiền", back=("Người hưởng", "/truoc"), **CITIZEN)
    wrong = Page("Con và cách nhận tiền", problems=len(ERRORS), **CITIZEN)
    public = Page(
        "Dịch vụ công", nav=PUBLIC, notice=NOTICE, support_phone="1900 9068", sign_in_href="/vao", foot_links=FOOT
    )
    desk = Page(
        "Việc của tôi",
        nav=DESK,
        office_name="BHXH cơ sở Đông Hà",
        support_phone="1900 9068",
        account_name="Lê Quang Huy",
        sign_out_href="/thoat",
        search_href="/tim",
    )
    problems = [{"path": name, "text": text} for name, text in ERRORS.items()]
    code = Markup(
        segno.make("https://ansinh.example/kiem/04128").svg_inline(
            svgclass="qr", lineclass="", omitsize=True, border=4, title="Mã QR"
        )
    )
    dossier = DOSSIER | {"cells": ledger_cells(ledger_days()), "weeks": ledger_cells(long_days())}
    return {
        "fields": ("fields.html", FIELDS | {"page": fields, "errors": {}, "problems": []}),
        "fields-wrong": ("fields.html", FIELDS | {"page": wrong, "errors": ERRORS, "problems": problems}),
        "fields-empty": (
            "fields.html",
            FIELDS
            | {
                "page": fields,
                "errors": {},
                "problems": [],
                "rows": [],
                "papers": [],
                "payment": "",
                "communes": [],
                "removed": "Đã bỏ con thứ nhất.",
            },
        ),
        "dossier": ("dossier.html", dossier | {"page": Page("Hồ sơ 04128/2026/04401", **CITIZEN)}),
        "dossier-late": ("dossier.html", dossier | {"page": Page("Hồ sơ", **CITIZEN), "late": True}),
        "public": ("public.html", {"page": public, "day": date(2026, 11, 21), "qr": code, "received": RECEIVED}),
        "desk": ("desk.html", {"page": desk, "columns": COLUMNS, "queue_rows": QUEUE_ROWS}),
        "desk-empty": ("desk.html", {"page": desk, "columns": COLUMNS, "queue_rows": []}),
    }


def show(request: HttpRequest, name: str) -> HttpResponse:
    template, context = contexts()[name]
    made = engines["jinja2"].from_string((FOLDER / template).read_text())
    return HttpResponse(made.render(context, request))


def save(request: HttpRequest) -> HttpResponse:
    """What a form's autosave gets back: the kept time, and the choice again with what it opens."""
    from jinja2 import Environment

    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    choice: Any = environment.get_template("components/field_choice.html").module
    chosen = request.POST.get("payment", "")
    opened = [
        Option(
            one.value, one.label, then=Markup("<p id='opened'>Mang theo căn cước</p>") if one.value == chosen else ""
        )
        for one in FIELDS["options"]
    ]
    parts = (
        {"payment": choice.field_choice("payment", "Muốn nhận tiền bằng cách nào?", opened, chosen)} if chosen else {}
    )
    return JsonResponse(
        {
            "saved_at": f"Đã lưu {request.POST.get('_changed', '')}.",
            "parts": parts,
            "problems": [{"path": "salary", "text": "Vẫn sai."}],
        }
    )


urlpatterns = [path("luu", save), path("<slug:name>", show)]
