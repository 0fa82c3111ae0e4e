"""The answers of an example, in the town: offices and addresses that it has, providers and codes that are there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.demo.play.town import COMMUNE, OFFICE, PROVINCE
from ansinh.dossiers.lists import PROVIDERS, entries, list_of
from ansinh.eforms.definition import Field, Form
from ansinh.offices.models import Commune, Office


def placed(form: Form, answers: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """The same answers, with every office and address that the town lacks in its place."""
    by_key = {field.key: field for field in form.fields()}
    return {key: _placed(by_key[key], value, on) if key in by_key else value for key, value in answers.items()}


def _placed(field: Field, value: Any, on: date) -> Any:
    if field.type == "table" and isinstance(value, list):
        columns = {column.key: column for column in field.columns}
        return [_cells(row, columns, on) if isinstance(row, dict) else row for row in value]
    if isinstance(value, dict):
        if "commune" in value:
            return _address(value)
        return _cells(value, {part.key: part for part in field.parts}, on)
    if not isinstance(value, str) or not value:
        return value
    listed = list_of(field)
    if listed == "offices":
        return value if Office.objects.filter(code=value).exists() else OFFICE
    if listed == PROVIDERS:
        known = [one.value for one in entries(PROVIDERS, on=on) or ()]
        return value if value in known or not known else known[0]
    return value


def _cells(row: Mapping[str, Any], fields: Mapping[str, Field], on: date) -> dict[str, Any]:
    return {key: _placed(fields[key], cell, on) if key in fields else cell for key, cell in row.items()}


def _address(value: Mapping[str, Any]) -> dict[str, Any]:
    found = Commune.objects.filter(code=value.get("commune")).order_by("-valid_from").first()
    if found is None:
        return {**value, "province": PROVINCE, "commune": COMMUNE}
    return {**value, "province": found.province_code}
