"""Health facilities with a treatment contract today: name, code, level, scope and days, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.offices.queries import in_lines, office_names
from ansinh.platform.language import pick, translate
from ansinh.registry.contracts.queries import PAGE, Contracted, contracted
from ansinh.registry.models_contracts import TechnicalLevel
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.contract_words import level_in_words, scope_in_words, term_in_words
from ansinh.web.public.frame import frame, show


@public_page
def contracted_facilities(request: HttpRequest) -> HttpResponse:
    """Find one by a part of the name or by the code; without either all of them, fifty a page."""
    typed = request.GET.get("tim", "").strip()[:100]
    level = request.GET.get("cap", "")
    level = level if level in TechnicalLevel.values else ""
    start = int(text) if (text := request.GET.get("tu", "")).isdecimal() and len(text) < 7 else 0
    rows, total = contracted(on=today(), text=typed, level=level, start=start)
    offices = office_names({one.office_code for one in rows})
    return show(
        request,
        "public/contracted.html",
        frame(request, translate("Cơ sở khám chữa bệnh có hợp đồng BHYT")),
        typed=typed,
        level=level,
        levels=[{"value": one.value, "label": translate(one.label)} for one in TechnicalLevel],
        rows=[
            _cells(one, line, pick(offices[one.office_code], "name") if one.office_code in offices else "–")
            for one, line in zip(rows, in_lines([one.address for one in rows], on=today()), strict=True)
        ],
        first=start + 1,
        last=start + len(rows),
        total=total,
        next_href=_href(typed, level, start + PAGE) if start + len(rows) < total else "",
        previous_href=_href(typed, level, max(0, start - PAGE)) if start else "",
    )


def _cells(one: Contracted, address: str, office: str) -> tuple[str, ...]:
    return (
        one.name,
        one.facility_code,
        address or "–",
        level_in_words(one.technical_level),
        scope_in_words(one.scope),
        term_in_words(one.valid_from, one.valid_to),
        office,
    )


def _href(typed: str, level: str, start: int) -> str:
    asked = {name: value for name, value in (("tim", typed), ("cap", level), ("tu", str(start or ""))) if value}
    return f"{reverse('public:contracted')}?{urlencode(asked)}" if asked else reverse("public:contracted")
