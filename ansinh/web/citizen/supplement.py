"""Answer what was asked for, and nothing else: each pinned place with its one control, sent together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import the_dossier
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.models import Dossier, State, SupplementItem
from ansinh.dossiers.supplement import answer_fields, answer_paper, open_request, send
from ansinh.dossiers.supplement_places import place_of, row_path
from ansinh.eforms.definition import Form, Section
from ansinh.eforms.problems import Problem
from ansinh.eforms.read_input import read_answers
from ansinh.files.receive import receive
from ansinh.people.actors import Citizen
from ansinh.platform.errors import Invalid
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.answers import errors_by_path, summary
from ansinh.web.citizen.field_view import Sheet
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.lists.sight import lists_of
from ansinh.web.citizen.lists.take import ListRefused, sent_anew
from ansinh.web.citizen.supplement_pins import KEPT, Typed, file_name, pins, subject, whole_lists
from ansinh.web.citizen.supplement_rows import laid_in, lists_anew, row_of_pin, rows_as_typed
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence


@citizen_page
def supplement(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """Show the pinned places, or take what was given and send it when all of it is there."""
    dossier = the_dossier(dossier_id, actor=citizen)
    here = reverse("citizen:dossier", kwargs={"dossier_id": dossier.pk})
    if dossier.state != State.WAITING_FOR_APPLICANT:
        return HttpResponseRedirect(here)
    if request.method != "POST":
        return _show(request, citizen, dossier, dossier.answers, {}, [])
    at = now()
    items = list(open_request(dossier).items.all())
    try:
        answers, problems = _answer_fields(request, citizen, dossier, items, at)
    except ListRefused as refused:
        return _show(request, citizen, dossier, _as_typed(request, dossier, items), *refused.told())
    problems = [_on_the_page(one, items) for one in problems]
    errors = errors_by_path(problems)
    told = summary(problems)
    for path, text in _answer_papers(request, citizen, dossier, items, at).items():
        errors[path] = text
        told.append({"path": path, "text": text})
    told.sort(key=lambda one: _place_of(one["path"], items))
    if not told:
        try:
            send(dossier.pk, actor=citizen, at=at)
        except Invalid as refused:
            told = [{"path": "pins", "text": sentence(refused)}]
        else:
            return HttpResponseRedirect(here)
    return _show(request, citizen, the_dossier(dossier_id, actor=citizen), answers, errors, told)


def _as_typed(request: HttpRequest, dossier: Dossier, items: Sequence[SupplementItem]) -> Mapping[str, Any]:
    form = frozen(dossier.version_id).form
    assert form is not None
    return laid_in(dossier.answers, rows_as_typed(dossier, form, items, _posted(request)))


def _on_the_page(problem: Problem, items: Sequence[SupplementItem]) -> Problem:
    """What a mended row made wrong in one that is not open is told at the mended one: the other has no boxes here."""
    key, place = root_key(problem.path), place_of(problem.path)
    rows = sorted(one[1] for item in items if (one := row_of_pin(item, items)) and one[0] == key)
    if not rows or place is None or place[1] in rows:
        return problem
    return replace(problem, path=row_path(key, rows[0]))


def _place_of(path: str, items: Sequence[SupplementItem]) -> int:
    """Where on the page an error stands, so that the summary lists them in that order; of a whole list at the end."""
    boxes = [
        file_name(item) if item.target_kind == "paper"
        else row_path(*place) if (place := row_of_pin(item, items)) else root_key(item.target)
        for item in items
    ]  # fmt: skip
    row = place_of(path)
    stands = (path, row_path(*row) if row else "", root_key(path))
    return next((boxes.index(box) for box in stands if box in boxes), len(boxes))


def _answer_fields(
    request: HttpRequest, citizen: Citizen, dossier: Dossier, items: Sequence[SupplementItem], at: datetime
) -> tuple[Mapping[str, Any], list[Problem]]:
    form = frozen(dossier.version_id).form
    assert form is not None
    answers = [item for item in items if item.target_kind != "paper"]
    whole = dict.fromkeys(root_key(item.target) for item in answers if row_of_pin(item, items) is None)
    fields = tuple(replace(form.field(key), read_only=False) for key in whole)
    section = Section("supplement", "", "", fields)
    posted = _posted(request)
    given = read_answers(Form((section,)), posted, section=section)
    for field in lists_of(section):
        if (sent := sent_anew(request, field, on=local_day(at))) is not None:
            given[field.key] = list(sent.rows)
        elif _said_right(request) >= {field.key}:
            given[field.key] = dossier.answers.get(field.key)
    typed = rows = rows_as_typed(dossier, form, items, posted)
    for one in lists_anew(form, items, Sheet(dossier.answers, {}, {}, local_day(at))):
        if (sent := sent_anew(request, form.field(one.key), on=local_day(at))) is not None:
            given[one.key] = list(sent.rows)
            rows = {path: cells for path, cells in rows.items() if root_key(path) != one.key}
    if not given and not rows:
        return dossier.answers, []
    problems = answer_fields(dossier.pk, actor=citizen, answers=given, rows=rows, kept=_said_right(request), at=at)
    shown = {**dossier.answers, **{key: given[key] for key in whole if key in given}}
    return laid_in(shown, typed), problems


def _posted(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def _said_right(request: HttpRequest) -> frozenset[str]:
    return frozenset(name.removeprefix(KEPT) for name in request.POST if name.startswith(KEPT))


def _answer_papers(
    request: HttpRequest, citizen: Citizen, dossier: Dossier, items: Sequence[SupplementItem], at: datetime
) -> dict[str, str]:
    errors: dict[str, str] = {}
    for item in items:
        if item.target_kind != "paper":
            continue
        requirement, _, row = item.target.partition("@")
        uploads = request.FILES.getlist(file_name(item))
        if not uploads and not item.answered:
            errors[file_name(item)] = translate(
                "Chưa chọn tệp mới cho “{name}”. Xin chọn tệp PDF hoặc ảnh.", name=subject(dossier, item)
            )
        for upload in uploads:
            try:
                paper = receive(upload, owner_id=citizen.account_id, name=upload.name or "", kind=requirement, at=at)
            except Invalid as refused:
                errors[file_name(item)] = sentence(refused)
            else:
                answer_paper(dossier.pk, actor=citizen, requirement=requirement, row=row, paper_id=paper.pk, at=at)
    return errors


def _show(
    request: HttpRequest,
    citizen: Citizen,
    dossier: Dossier,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    told: Sequence[Mapping[str, str]],
) -> HttpResponse:
    asked = open_request(dossier)
    items = list(asked.items.all())
    typed = Typed(answers, errors, today(), _said_right(request))
    return render(
        request,
        "citizen/supplement.html",
        status=422 if told else 200,
        page=frame(
            citizen,
            translate("Bổ sung {n} chỗ", n=len(items)),
            current=DOSSIERS,
            back=(translate("Hồ sơ {number}", number=dossier.number), reverse("citizen:dossier", args=[dossier.pk])),
            problems=len(told),
        ),
        dossier=dossier,
        name=pick(frozen(dossier.version_id).procedure, "short_name"),
        pins=pins(dossier, items, typed),
        anew=whole_lists(dossier, items, typed),
        answer_by=asked.answer_by,
        problems=list(told),
    )
