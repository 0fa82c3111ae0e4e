"""Answer what was asked for, and nothing else: each pinned place with its one control, sent together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.reasons import reason
from ansinh.casework.supplement_letter import given_before, subject_of
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import the_dossier
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.models import Dossier, State, SupplementItem
from ansinh.dossiers.supplement import answer_fields, answer_paper, open_request, send
from ansinh.eforms.definition import Form, Section
from ansinh.eforms.read_input import read_answers
from ansinh.files.limits import limits_in_words
from ansinh.files.receive import receive
from ansinh.people.actors import Citizen
from ansinh.platform.errors import Invalid
from ansinh.platform.language import current, pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.answers import errors_by_path, summary
from ansinh.web.citizen.field_view import FieldView, Sheet, view_of
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.citizen.lists.sight import lists_of
from ansinh.web.citizen.lists.take import ListRefused, sent_anew
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence

KEPT = "kept:"
"""Before the key of a question: the tick of whoever stands by what was given."""


@dataclass(frozen=True)
class Pin:
    """One pinned place: the four slots and its control, a question or a file."""

    title: str
    sent: str
    is_paper: bool
    wrong: str
    why: str
    right: str
    clause: str
    field: FieldView | None
    file_name: str
    limits: str
    error: str
    answered: bool
    kept_name: str
    kept: bool
    mended_at: int = 0
    at_key: str = ""


def pins(
    dossier: Dossier,
    items: Sequence[SupplementItem],
    *,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    on: date,
    said_right: Collection[str] = (),
) -> list[Pin]:
    """The places of a request, each with the control that mends it; `said_right` are the ticks of this post."""
    found: list[Pin] = []
    first: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        made = _pin(dossier, item, answers, errors, on, said_right)
        at = first.setdefault(root_key(item.target), number) if not made.is_paper else number
        # Several rows of one table are mended in one control: the first pin has it, the others lead there.
        found.append(made if at == number else replace(made, field=None, mended_at=at, at_key=root_key(item.target)))
    return found


def _pin(
    dossier: Dossier,
    item: SupplementItem,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    on: date,
    said_right: Collection[str],
) -> Pin:
    why = reason(item.reason_code)
    is_paper = item.target_kind == "paper"
    view = None
    if not is_paper:
        form = frozen(dossier.version_id).form
        assert form is not None
        field = replace(form.field(root_key(item.target)), read_only=False)
        view = view_of(field, field.key, answers.get(field.key), Sheet(answers, errors, {}, on))
    return Pin(
        title=_subject(dossier, item),
        sent=given_before(dossier, item, language=current()),
        is_paper=is_paper,
        wrong=item.wrong,
        why=pick(why, "name"),
        right=item.good,
        clause=item.clause,
        field=view,
        file_name=_file_name(item),
        limits=limits_in_words(),
        error=errors.get(_file_name(item), ""),
        answered=item.answered,
        kept_name="" if is_paper else f"{KEPT}{root_key(item.target)}",
        kept=item.kept or root_key(item.target) in said_right,
    )


def _subject(dossier: Dossier, item: SupplementItem) -> str:
    name_vi, name_en = subject_of(dossier, item)
    return name_en if current() == "en" and name_en else name_vi


def _file_name(item: SupplementItem) -> str:
    return f"paper-{item.pk}"


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
        return _show(request, citizen, dossier, dossier.answers, *refused.told())
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


def _place_of(path: str, items: Sequence[SupplementItem]) -> int:
    """Where on the page an error stands, so that the summary lists them in that order."""
    boxes = [_file_name(item) if item.target_kind == "paper" else root_key(item.target) for item in items]
    return boxes.index(path if path in boxes else root_key(path))


def _answer_fields(
    request: HttpRequest, citizen: Citizen, dossier: Dossier, items: Sequence[SupplementItem], at: datetime
) -> tuple[Mapping[str, Any], list[Any]]:
    form = frozen(dossier.version_id).form
    assert form is not None
    keys = dict.fromkeys(root_key(item.target) for item in items if item.target_kind != "paper")
    fields = tuple(replace(form.field(key), read_only=False) for key in keys)
    section = Section("supplement", "", "", fields)
    posted = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    given = read_answers(Form((section,)), posted, section=section)
    for field in lists_of(section):
        if (sent := sent_anew(request, field, on=local_day(at))) is not None:
            given[field.key] = list(sent.rows)
        elif _said_right(request) >= {field.key}:
            given[field.key] = dossier.answers.get(field.key)
    if not given:
        return dossier.answers, []
    problems = answer_fields(dossier.pk, actor=citizen, answers=given, kept=_said_right(request), at=at)
    return {**dossier.answers, **given}, problems


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
        uploads = request.FILES.getlist(_file_name(item))
        if not uploads and not item.answered:
            errors[_file_name(item)] = translate(
                "Chưa chọn tệp mới cho “{name}”. Xin chọn tệp PDF hoặc ảnh.", name=_subject(dossier, item)
            )
        for upload in uploads:
            try:
                paper = receive(upload, owner_id=citizen.account_id, name=upload.name or "", kind=requirement, at=at)
            except Invalid as refused:
                errors[_file_name(item)] = sentence(refused)
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
        pins=pins(dossier, items, answers=answers, errors=errors, on=today(), said_right=_said_right(request)),
        answer_by=asked.answer_by,
        problems=list(told),
    )
