"""The law: what can be worked out, and an amount with every step, for anybody and without an account."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, endpoint, message, refusal
from ansinh.law.checked import InputsRefused, calculate_checked
from ansinh.law.declared import Declaration, Input, declarations
from ansinh.law.errors import LawError, UnknownBenefit
from ansinh.law.quantities import exact
from ansinh.law.results import Result, results
from ansinh.platform.language import current


class Question(msgspec.Struct, forbid_unknown_fields=True):
    """The deciding day, YYYY-MM-DD or a month YYYY-MM, and the inputs of the benefit by name."""

    event_date: Any = None
    inputs: dict[str, Any] = {}


@endpoint
def benefits(request: HttpRequest) -> HttpResponse:
    """GET: every benefit with its inputs and results."""
    return answer([_shown(one) for one in declarations().values()])


@endpoint
def benefit(request: HttpRequest, benefit: str) -> HttpResponse:
    """POST: the amount, the values, the steps in both languages, what is not confirmed and the conditions."""
    given = message(request, Question, decimals=_decimal)
    try:
        outcome = calculate_checked(benefit, inputs=given.inputs, event_date=given.event_date)
    except UnknownBenefit as unknown:
        return refusal(404, unknown.code, _sentence(unknown))
    except InputsRefused as refused:
        return refusal(422, refused.code, _sentence(refused), errors=[_field(*one) for one in refused.faults])
    except LawError as refused:
        return refusal(422, refused.code, _sentence(refused), errors=[])
    return answer({"benefit": benefit, "event_date": given.event_date, **outcome.as_dict()})


def _decimal(written: str) -> object:
    """A decimal as it is written; what is no usable number stays text and is refused by its field's name."""
    try:
        return exact(written)
    except ValueError:
        return written


def _field(path: str, fault: LawError) -> dict[str, str]:
    return {"field": path, "code": fault.code, "message": _sentence(fault)}


def _sentence(fault: LawError) -> str:
    return fault.message_en if current() == "en" else fault.message_vi


def _shown(one: Declaration) -> dict[str, Any]:
    return {
        "benefit": one.benefit,
        "name": one.name_vi,
        "name_en": one.name_en,
        "inputs": [_input(given) for given in one.inputs],
        "results": [_result(given) for given in results(one.benefit)],
    }


def _result(one: Result) -> dict[str, str]:
    return {"name": one.name, "kind": one.kind, "label": one.label_vi, "label_en": one.label_en}


def _input(one: Input) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "required": one.required,
        "label": one.label_vi,
        "label_en": one.label_en,
        "choices": list(one.choices),
        "columns": [_input(column) for column in one.columns],
    }
