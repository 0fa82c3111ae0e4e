"""A calculator: its words and form from YAML, the function that works it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ansinh.eforms.definition import Form
from ansinh.eforms.parse import parse_form
from ansinh.web.public.calculators.result import Result

FORMS = Path(__file__).parent / "forms"
Answers = Mapping[str, Any]
Work = Callable[[Answers, date], Result]


@dataclass(frozen=True)
class Calculator:
    """One calculator. `procedure` is the service the amount belongs to.

    `initial` answers stand in the empty form. `work` raises `LawError` for what the law cannot answer.
    """

    slug: str
    title_vi: str
    title_en: str
    summary_vi: str
    summary_en: str
    procedure: str
    initial: Answers
    form: Form
    work: Work


def read(slug: str, work: Work) -> Calculator:
    """The calculator written in `forms/<slug>.yaml`; raises `FormError` for a form that does not hold together."""
    path = FORMS / f"{slug}.yaml"
    found = yaml.safe_load(path.read_text("utf-8"))
    words = {name: str(found[name]) for name in ("title_vi", "title_en", "summary_vi", "summary_en", "procedure")}
    return Calculator(
        slug=slug,
        **words,
        initial=found.get("initial") or {},
        form=parse_form(found, where=path.name),
        work=work,
    )
