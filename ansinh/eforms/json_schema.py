"""A form as JSON Schema 2020-12, for the API's documentation and for stored answers.

The schema holds the shape: types, patterns, bounds, no unknown keys. What is asked when stays
with the one evaluator of conditions, so only unconditional questions are ``required``.
"""

from __future__ import annotations

from typing import Any

from ansinh.eforms.definition import Field, Form, Section

_DATE = r"^\d{4}-\d{2}-\d{2}$"
_PATTERNS = {
    "si_number": r"^([0-9]{10}|[0-9]{12})$",
    "id_number": r"^([0-9]{9}|[0-9]{12}|[A-Z]{1,2}[0-9]{6,8})$",
    "tax_code": r"^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$",
    "phone": r"^84[35789][0-9]{8}$",
    "month": r"^\d{4}-(0[1-9]|1[0-2])$",
}


def json_schema(form: Form, *, schema_id: str | None = None) -> dict[str, Any]:
    """The schema of canonical answers."""
    properties = {field.key: field_schema(field) for field in form.fields()}
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": [
            field.key for section in form.sections for field in section.fields
            if _always(section, field)
        ],
        "additionalProperties": False,
    }  # fmt: skip
    if schema_id is not None:
        schema["$id"] = schema_id
    return schema


def field_schema(field: Field) -> dict[str, Any]:
    """The schema of one answer."""
    base: dict[str, Any] = {"title": field.label_vi}
    if field.hint_vi:
        base["description"] = field.hint_vi
    return base | _shape(field)


def _always(section: Section, field: Field) -> bool:
    return field.required and field.when is None and section.when is None


def _shape(field: Field) -> dict[str, Any]:
    if field.type == "table":
        return _table(field)
    if field.parts:
        return _object(field.parts)
    if field.type == "bool":
        return {"type": "boolean"} | ({"const": True} if field.must_be_true else {})
    if field.type in ("int", "money", "decimal"):
        return _number(field)
    if field.type == "multi_choice":
        return {"type": "array", "items": _one_of(field), "uniqueItems": True}
    if field.type in ("choice", "office", "facility"):
        return _one_of(field)
    if field.type == "date":
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}-\d{2})?$" if field.year_only else _DATE}
    if field.type in _PATTERNS:
        return {"type": "string", "pattern": _PATTERNS[field.type]}
    if field.type == "email":
        return {"type": "string", "maxLength": 254}
    longest = field.max_length or (2000 if field.type == "long_text" else 200)
    return {"type": "string", "maxLength": longest}


def _one_of(field: Field) -> dict[str, Any]:
    if not field.choices:
        return {"type": "string"}
    return {"type": "string", "enum": [choice.value for choice in field.choices]}


def _number(field: Field) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "number" if field.type == "decimal" else "integer"}
    shape["minimum"] = 0 if field.minimum is None else field.minimum
    if field.maximum is not None:
        shape["maximum"] = field.maximum
    return shape


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.key: field_schema(field) for field in fields},
        "required": [field.key for field in fields if field.required and field.when is None],
        "additionalProperties": False,
    }


def _table(field: Field) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "array", "items": _object(field.columns)}
    if field.min_rows:
        shape["minItems"] = field.min_rows
    if field.max_rows is not None:
        shape["maxItems"] = field.max_rows
    return shape
