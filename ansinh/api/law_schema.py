"""JSON Schema of what a calculation asks for and hands back."""

from __future__ import annotations

from typing import Any

from ansinh.law.declared import (
    MOST_COUNTED,
    MOST_DONG,
    MOST_ROWS,
    MOST_SPANS,
    YEARS,
    Declaration,
    Input,
    declarations,
    most_rows,
)
from ansinh.law.results import AMOUNT, Result, results

_MONTH = r"^\d{4}-\d{2}(-\d{2})?$"
_NUMBER: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": MOST_DONG}
_YEAR: dict[str, Any] = {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[1]}
_KINDS: dict[str, dict[str, Any]] = {
    "money": _NUMBER,
    "number": _NUMBER,
    "count": {"type": "integer", "minimum": 0, "maximum": MOST_COUNTED},
    "year": _YEAR,
    "flag": {"type": "boolean"},
    "day": {"type": "string", "pattern": _MONTH},
    "month": {"type": "string", "pattern": _MONTH},
    "birth": {"anyOf": [_YEAR, {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}]},
    "word": {"anyOf": [{"type": "string"}, _NUMBER]},
    "list": {"anyOf": [{"type": "array", "maxItems": MOST_ROWS}, {"type": "string"}, _NUMBER]},
    "periods": {
        "type": "array",
        "maxItems": MOST_SPANS,
        "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string", "pattern": _MONTH}},
    },
}
_UNITS = {
    "dong": "whole VND", "days": "days", "months": "months", "years": "years", "year": "a year", "times": "times",
    "percent": "percent", "flag": "true or false", "day": "YYYY-MM-DD", "month": "YYYY-MM", "period": "first and last",
    "periods": "first and last, of one period or of each", "list": "in order", "table": "by key", "text": "text",
}  # fmt: skip
_TYPES: dict[str, list[str]] = {
    **{kind: ["array"] for kind in ("list", "period", "periods")},
    "day": ["string"],
    "month": ["string"],
    "dong": ["integer"],
    "flag": ["boolean"],
    "table": ["object"],
    "text": ["string", "integer"],
}


def question_schema() -> dict[str, Any]:
    """A message to `/law/{benefit}`: its inputs are those of the benefit in the address."""
    return {
        "title": "Question",
        "type": "object",
        "properties": {
            "event_date": {"type": "string", "pattern": _MONTH, "description": "the day that decides the law"},
            "inputs": {"anyOf": [{"$ref": f"#/components/schemas/Inputs_{name}"} for name in declarations()]},
        },
        "required": ["event_date"],
        "additionalProperties": False,
    }


def inputs_schema(declared: Declaration) -> dict[str, Any]:
    """The inputs of one benefit."""
    return {
        "title": declared.name_en,
        "description": declared.name_vi,
        **_object(declared.inputs),
    }


def results_schema(declared: Declaration) -> dict[str, Any]:
    """The named results of one benefit; which of them an outcome has depends on its inputs."""
    return {
        "title": f"Results: {declared.name_en}",
        "description": declared.name_vi,
        "type": "object",
        "properties": {one.name: _result(one) for one in results(declared.benefit) if one.name != AMOUNT},
        "additionalProperties": False,
    }


def _result(one: Result) -> dict[str, Any]:
    words = {"title": one.label_en, "description": f"{one.label_vi} ({_UNITS[one.kind]})"}
    return {**words, "type": [*_TYPES.get(one.kind, ["number"]), "null"]}


def _object(inputs: tuple[Input, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: _property(one) for one in inputs},
        "required": [one.name for one in inputs if one.required],
        "additionalProperties": False,
    }


def _property(one: Input) -> dict[str, Any]:
    form = _form(one) if one.required else {"anyOf": [_form(one), {"type": "null"}]}
    return {"title": one.label_en, "description": one.label_vi, **form}


def _form(one: Input) -> dict[str, Any]:
    if one.kind == "choice":
        return {"enum": list(one.choices)}
    if one.kind == "table":
        rows = {"minItems": int(one.required), "maxItems": most_rows(one)}
        return {"type": "array", **rows, "items": _object(one.columns)}
    return _KINDS[one.kind]
