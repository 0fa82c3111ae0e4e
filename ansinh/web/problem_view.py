"""A reported problem as its pages show it: at the desk and to the unit that told it."""

from __future__ import annotations

from ansinh.directives.models import ProblemAbout, ProblemReport
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.clock import today
from ansinh.web.page import Option


def problem_row(one: ProblemReport) -> dict[str, object]:
    """What was told, where it lies, what became of it."""
    answered = one.answered_at
    return {
        "id": str(one.pk), "title": one.title, "body": one.body, "about": translate(ProblemAbout(one.about).label),
        "urgent": one.urgent, "unit": one.unit_name, "unit_code": one.unit_code,
        "from": pick(one.from_office, "name") if one.from_office else one.unit_name,
        "to": pick(one.to_office, "name"),
        "at": one.reported_at, "due_on": one.due_on, "answered_at": answered, "answer": one.answer,
        "late": (local_day(answered) if answered else today()) > one.due_on,
        "can_pass": one.to_office.parent_id is not None,
        "passed": [
            {"office": pick(step.office, "name"), "at": step.at, "note": step.note}
            for step in one.steps.all()
            if step.kind == "passed_on" and step.office
        ],
    }  # fmt: skip


def kinds_of_problem() -> list[Option]:
    """What a problem may be about."""
    return [Option(key, translate(label)) for key, label in ProblemAbout.choices]
