"""Give many dossiers to a colleague: all open ones of the offices one manages, narrowed, ticked, given in one press.

No person's name is shown.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from ansinh.casework.assignment import rules
from ansinh.casework.assignment.assign import assignable
from ansinh.casework.batch.press import MOST
from ansinh.casework.filters import COLUMNS, DUE
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import today
from ansinh.web.officer.frame import ASSIGNING, desk
from ansinh.web.officer.queue_view import rows_of
from ansinh.web.page import Option

SHOWN = ("service", "stage", "handler")


@officer_page
def assign_many(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Whose step, due when, with or without somebody who has it; the ticked ones go to the page that asks to whom."""
    if not rules.managed(officer):
        raise NotAllowed(
            "does-not-assign", "Chỉ trưởng phòng, tổ trưởng hoặc lãnh đạo của cơ quan đang giữ hồ sơ được giao việc."
        )
    found = listed(request.GET, officer)
    return desk(
        request,
        officer,
        "assign_many.html",
        translate("Giao nhiều hồ sơ: {n} hồ sơ đang mở", n=len(found)),
        current=ASSIGNING,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        rows=rows_of(found, today=today(), calendar=work_calendar()),
        columns=[Option(key, translate(COLUMNS[key])) for key in SHOWN],
        most=MOST,
        role=request.GET.get("buoc", ""),
        due=request.GET.get("han", ""),
        free="chua-giao" in request.GET,
        roles=[Option(one, translate(one.label)) for one in rules.WORKS],
        dues=[Option(key, translate(words)) for key, words in DUE.items()],
    )


def listed(typed: QueryDict, officer: OfficerActor) -> list[Dossier]:
    """The dossiers of an address of this page, or of the hidden fields of its form."""
    role = typed.get("buoc", "")
    return assignable(
        officer, on=today(), role=role if role in rules.WORKS else "", due=typed.get("han", ""),
        free="chua-giao" in typed, most=MOST,
    )  # fmt: skip
