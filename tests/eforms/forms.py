"""A small form that the tests of eforms share."""

from __future__ import annotations

from typing import Any

from ansinh.eforms.definition import Form
from ansinh.eforms.parse import parse_form


def field(key: str, kind: str = "text", **rest: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label_vi": f"Nhãn {key}", "label_en": f"Label {key}", **rest}


def form_of(*fields: dict[str, Any], **rest: Any) -> Form:
    section = {"key": "one", "title_vi": "Phần một", "title_en": "Part one", "fields": list(fields)}
    return parse_form({"sections": [section], **rest}, where="form.yaml")
