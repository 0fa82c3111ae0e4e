"""The list of calculators, and each of them. Inputs stand in the address; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.queries import folder_in_force
from ansinh.eforms.definition import Section
from ansinh.eforms.visibility import asked_sections
from ansinh.law.errors import LawError
from ansinh.platform.errors import NotFound
from ansinh.platform.language import current, pick, translate
from ansinh.web.actors import account_of, public_page
from ansinh.web.citizen.answers import errors_by_path, summary
from ansinh.web.citizen.field_view import Sheet, section_view
from ansinh.web.clock import today
from ansinh.web.public.calculators.asking import Asked, Given, asked, shareable
from ansinh.web.public.calculators.calculator import Calculator
from ansinh.web.public.calculators.register import CALCULATORS, by_slug
from ansinh.web.public.calculators.result import CHECK, MET, UNMET, Result
from ansinh.web.public.frame import frame, show
from ansinh.web.public.service import start_of

CALCULATE = "public:calculators"


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """All calculators."""
    return show(
        request,
        "public/calculators/index.html",
        frame(request, translate("Tính thử"), current=CALCULATE),
        calculators=[
            {
                "label": pick(one, "title"),
                "href": reverse("public:calculator", kwargs={"slug": one.slug}),
                "note": pick(one, "summary"),
            }
            for one in CALCULATORS
        ],
    )


@public_page
def calculator(request: HttpRequest, slug: str) -> HttpResponse:
    """One calculator: its form, and the result once the address has the inputs."""
    found = by_slug(slug)
    if found is None:
        raise NotFound("calculator-unknown", "Không có phép tính thử này. Xin chọn lại trong danh sách.")
    day, account = today(), account_of(request)
    given = {name: [str(value) for value in values] for name, values in request.GET.lists()}
    state = asked(found, given, account_id=account.pk if account and account.person_id else None, today=day)
    result, refusal = _worked(found, state, day)
    response = show(
        request,
        "public/calculators/calculator.html",
        frame(
            request,
            result.title if result else pick(found, "title"),
            current=CALCULATE,
            back=(translate("Tính thử"), reverse("public:calculators")),
            problems=len(state.problems) + bool(refusal),
        ),
        status=422 if state.problems or refusal else 200,
        calculator=found,
        asked=state,
        questions=_questions(found, state, day),
        problems=summary(state.problems),
        refusal=refusal,
        result=result,
        conditions=_conditions(result) if result else [],
        parts=_parts(result) if result else [],
        share_href=_address(found, given) if result else "",
        claim=_claim(request, found),
        vietnamese_law="vi" if current() != "vi" else "",
    )
    if account is not None:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _worked(found: Calculator, state: Asked, day: date) -> tuple[Result | None, str]:
    """The result, or the sentence why the law gives none."""
    if not state.ready:
        return None, ""
    try:
        return found.work(state.answers, day), ""
    except LawError as refusal:
        return None, pick({"said_vi": refusal.message_vi, "said_en": refusal.message_en}, "said")


def _questions(found: Calculator, state: Asked, day: date) -> list[Any]:
    sheet = Sheet(
        answers=state.answers, errors=errors_by_path(state.problems), sources=state.sources, on=day, updated_on=None
    )
    sections: Sequence[Section] = asked_sections(found.form, state.answers)
    return [question for section in sections for question in section_view(section, sheet)[1]]


def _conditions(result: Result) -> list[Mapping[str, str]]:
    return [
        {
            "result": CHECK if one.met is None else MET if one.met else UNMET,
            "text": pick(one, "what"),
            "clause": one.article,
        }
        for one in result.grounds
    ]


def _parts(result: Result) -> list[Mapping[str, Any]]:
    return [
        {
            "name": part.name,
            "amount": part.outcome.amount,
            "steps": [
                {"label": pick(one, "what"), "working": one.arithmetic, "amount": one.amount, "clause": one.article}
                for one in part.outcome.steps
            ],
        }
        for part in result.parts
    ]


def _address(found: Calculator, given: Given) -> str:
    return f"{reverse('public:calculator', kwargs={'slug': found.slug})}?{shareable(found, given)}"


def _claim(request: HttpRequest, found: Calculator) -> Mapping[str, Any]:
    """The service the amount belongs to, and how its prefilled claim begins for this reader."""
    folder = folder_in_force(found.procedure, on=today())
    start = start_of(request, folder)
    return {
        "name": pick(folder.procedure, "short_name"),
        "href": reverse("public:service", kwargs={"slug": folder.slug}),
        "begin_href": start.begin_href,
        "sign_in_href": start.sign_in_href,
    }
