"""An employer names one worker in a form: the worker's record must have months at that employer.

Only where the number must be given: whoever joins for the first time is named before there is a record. A record that
names no employer at all, as old ones do, says nothing, and the officer looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from ansinh.catalogue.queries import frozen
from ansinh.eforms.definition import Field, Form
from ansinh.eforms.visibility import asked_keys, is_fact
from ansinh.people.models import Organisation
from ansinh.people.models_organisations import OrganisationKind
from ansinh.platform.errors import Invalid
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.registry.employers import worked_for

FILED_BY: Final = "filed_by"
ORGANISATION: Final = "organisation"
NAMED: Final = ("si_number", "deceased_si_number")
"""Answers with the number of the worker whom the dossier is about."""


def refuse_strangers(version_id: UUID, answers: Mapping[str, Any], *, owner_id: UUID) -> None:
    """Raise Invalid where an employer names somebody whose record has other employers and not this one."""
    form = frozen(version_id).form
    if form is None or answers.get(FILED_BY) != ORGANISATION:
        return
    named = [field for field in _named(form, answers) if answers.get(field.key)]
    if not named:
        return
    employer = Organisation.objects.filter(pk=owner_id, kind=OrganisationKind.EMPLOYER).first()
    if employer is None:
        return  # collection agents and facilities name whom they serve
    with as_the_house():  # the record is behind the worker's wall; only whether it fits is told
        family = Organisation.objects.filter(
            Q(pk__in=[employer.pk, employer.parent_id]) | Q(parent_id=employer.pk) | Q(succeeded_by_id=employer.pk)
        )
        codes = {code for one in family for code in (one.unit_code, one.tax_code) if code}
        names = {one.name for one in family}
        for field in named:
            if worked_for(str(answers[field.key]), codes=codes, names=names) is False:
                raise Invalid(
                    "worker-of-another-employer",
                    "Sổ BHXH mang mã số {number} chưa ghi thời gian đóng tại {employer}. Xin xem lại mã số; "
                    "nếu đúng là người của đơn vị, xin báo tăng lao động trước rồi nộp lại.",
                    number=str(answers[field.key]),
                    employer=employer.name,
                )


def _named(form: Form, answers: Mapping[str, Any]) -> Iterator[Field]:
    """The questions that ask for the worker's number and must be answered."""
    asked = asked_keys(form, answers)
    for field in form.fields():
        if field.key in NAMED and field.key in asked and field.required and not is_fact(field, answers):
            yield field
