"""The list of calculators, and each of them. Inputs stand in the address; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.queries import folder_in_force
from ansinh.eforms.definition import Form, Section
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import asked_sections
from ansinh.law.errors import LawError
from ansinh.platform.errors import NotFound
from ansinh.platform.language import current, pick, translate
from ansinh.web.actors import NEXT, account_of, public_page
from ansinh.web.citizen.answers import errors_by_path, summary
from ansinh.web.citizen.field_view import Sheet, section_view
from ansinh.web.clock import today
from ansinh.web.estimated import PARAMETER, claim_answers, written
from ansinh.web.public.calculators.asking import UNANSWERED, Asked, Given, asked, root_of, shareable
from ansinh.web.public.calculators.calculator import Calculator
from ansinh.web.public.calculators.chart import shown
from ansinh.web.public.calculators.register import CALCULATORS, by_slug
from ansinh.web.public.calculators.result import CHECK, MET, UNMET, Result
from ansinh.web.public.calculators.tables import KINDS, as_file
from ansinh.web.public.frame import address, frame, show
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
def table(request: HttpRequest, slug: str, place: int, kind: str) -> HttpResponse:
    """The figures of one picture as a spreadsheet (xlsx) or as text (csv)."""
    found = _known(slug)
    given = {name: [str(value) for value in values] for name, values in request.GET.lists()}
    result, _ = _worked(found, asked(found, given, account_id=None, today=today()), today())
    if result is None or kind not in KINDS or not 1 <= place <= len(result.charts):
        raise NotFound("table-unknown", "Không có bảng số này. Xin tính lại rồi tải bảng ở dưới hình.")
    return as_file(result.charts[place - 1], name=f"{slug}-{place}", kind=kind)


@public_page
def calculator(request: HttpRequest, slug: str) -> HttpResponse:
    """One calculator: its form, and the result once the address has the inputs."""
    found = _known(slug)
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
        shown=shown,
        conditions=_conditions(result) if result else [],
        parts=_parts(result) if result else [],
        share_href=_address(found, given) if result else "",
        claim=_claim(request, found, state, day),
        table_hrefs=_table_hrefs(found, given, result),
        vietnamese_law="vi" if current() != "vi" else "",
    )
    if account is not None:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _known(slug: str) -> Calculator:
    found = by_slug(slug)
    if found is None:
        raise NotFound("calculator-unknown", "Không có phép tính thử này. Xin chọn lại trong danh sách.")
    return found


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


def _table_hrefs(found: Calculator, given: Given, result: Result | None) -> list[Mapping[str, str]]:
    """For each picture where its table is as a spreadsheet and as text."""
    query = shareable(found, given)
    return [
        {kind: f"{reverse('public:calculator-table', args=(found.slug, place, kind))}?{query}" for kind in KINDS}
        for place in range(1, 1 + len(result.charts if result else ()))
    ]


def _address(found: Calculator, given: Given) -> str:
    return f"{reverse('public:calculator', kwargs={'slug': found.slug})}?{shareable(found, given)}"


def _claim(request: HttpRequest, found: Calculator, state: Asked, day: date) -> Mapping[str, Any]:
    """The service the amount belongs to, and how its claim begins for this reader, filled in with these answers."""
    folder = folder_in_force(found.procedure, on=day)
    start = start_of(request, folder)
    estimated = written(_usable(folder.form, claim_answers(found.slug, state.answers), day) if folder.form else {})
    onward = address("citizen:begin", slug=folder.slug)
    if estimated:
        onward = f"{onward}?{urlencode({PARAMETER: estimated})}"
    return {
        "name": pick(folder.procedure, "short_name"),
        "href": reverse("public:service", kwargs={"slug": folder.slug}),
        "begin_href": start.begin_href,
        "estimated": estimated,
        "sign_in_href": f"{reverse('account:sign-in')}?{urlencode({NEXT: onward})}" if start.sign_in_href else "",
    }


def _usable(form: Form, answers: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Those of the answers that the claim would take: a birth that is only expected is none of them."""
    wrong = {root_of(one.path) for one in check(form, answers, today=day) if one.code not in UNANSWERED}
    return {key: value for key, value in answers.items() if key not in wrong}
