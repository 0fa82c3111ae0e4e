"""One section of the form: a page that is posted, or saved box by box as it is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines

from ansinh.dossiers import drafts, rows
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.counters import check_counters, closed_for, needs_counter
from ansinh.dossiers.lists import check_lists
from ansinh.eforms.definition import Field, Section
from ansinh.eforms.problems import Problem
from ansinh.eforms.validate import check_section
from ansinh.eforms.visibility import asked_answers
from ansinh.offices.models import CounterPause
from ansinh.offices.queries import office
from ansinh.people.queries import account_updated_on
from ansinh.platform.errors import NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.actors import render
from ansinh.web.citizen.answers import (
    UNANSWERED,
    errors_by_path,
    is_answered,
    of_one_box,
    of_section,
    sentence,
    shown_paths,
    summary,
)
from ansinh.web.citizen.field_view import FieldView, Sheet, row_fields, section_view
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.frame import DOSSIERS, address
from ansinh.web.citizen.lists import page as lists
from ansinh.web.citizen.lists.calendar import calendar_of_row
from ansinh.web.citizen.lists.sight import ROW, Sight, list_named, lists_of, row_href, sight
from ansinh.web.citizen.lists.take import remembered
from ansinh.web.citizen.lists.view import Told
from ansinh.web.clock import now
from ansinh.web.counter_words import ClosedCounter, closed_counter
from ansinh.web.formats import clock

CHECKING, MORE = "xem-loi", "hoi-them"
_ROW = re.compile(r"([a-z_0-9]+)\[(\d{1,4})\]")


def page(request: HttpRequest, filing: Filing, section_key: str) -> HttpResponse:
    """Show the section, or keep what was posted and go on."""
    at = now()
    section = filing.section(section_key)
    seen = _sight(request, filing, section)
    if request.method == "POST":
        if isinstance(brought := lists.brought(request, filing, section, seen, at), HttpResponse):
            return brought
        if brought is not None:
            return _show(request, filing, section, _told_now(filing, section, at), at, status=422, told=brought)
        if (row := lists.edited(filing, section, seen)) is not None:
            return _save_row(request, filing, section, seen, row, at)
        if (place := _list_action(request, filing, section, at)) is not None:
            return HttpResponseRedirect(row_href(seen.here, place))
        return _save(request, filing, section, at)
    if (file := lists.download(request, filing, section)) is not None:
        return file
    if CHECKING in request.GET:
        return _show(request, filing, section, _problems(filing, section, local_day(at)), at)
    return _show(request, filing, section, _told_now(filing, section, at), at)


def _sight(request: HttpRequest, filing: Filing, section: Section) -> Sight:
    asked = {name: str(value) for name, value in request.GET.items()}
    return sight(asked, filing.href("section", section_key=section.key), section)


def _told_now(filing: Filing, section: Section, at: datetime) -> list[Problem]:
    """What is wrong, but not what is only unanswered; of a list also that: somebody has filled it in already."""
    listed = tuple(f"{one.key}[" for one in lists_of(section))
    return [
        problem
        for problem in _problems(filing, section, local_day(at))
        if problem.code not in UNANSWERED or problem.path.startswith(listed)
    ]


def autosave(request: HttpRequest, filing: Filing, section_key: str) -> JsonResponse:
    """Keep one changed box; answers when, what is wrong with it, and the parts of the page that changed."""
    at = now()
    section, path = filing.section(section_key), request.POST.get("_changed", "")
    before = shown_paths(filing.form, section, filing.draft.answers)
    changed = of_one_box(filing.form, filing.draft.answers, _posted(request), path, on=local_day(at))
    if changed:
        filing = filing.at(drafts.save(filing.draft.pk, holder=filing.holder, answers=changed, at=at))
    problems = [one for one in _problems(filing, section, local_day(at)) if one.path.startswith(root_key(path))]
    answer: dict[str, Any] = {
        "saved_at": translate("Đã lưu lúc {time}.", time=clock(at)),
        "problems": [{"path": one.path, "text": sentence(one)} for one in problems if one.code not in UNANSWERED],
    }
    section = next((one for one in filing.sections() if one.key == section_key), section)
    after = shown_paths(filing.form, filing.form.section(section_key), filing.draft.answers)
    if after != before or path.endswith(".province"):
        shown = [one for one in _problems(filing, section, local_day(at)) if one.code not in UNANSWERED]
        answer["parts"] = {"questions": _questions(request, filing, section, shown, local_day(at))}
    return JsonResponse(answer)


def _save(request: HttpRequest, filing: Filing, section: Section, at: datetime) -> HttpResponse:
    today = local_day(at)
    before = shown_paths(filing.form, section, filing.draft.answers)
    answers = of_section(filing.form, section, _posted(request), on=today)
    filing = filing.at(drafts.save(filing.draft.pk, holder=filing.holder, answers=answers, at=at))
    here = filing.href("section", section_key=section.key)
    if (place := _row_action(request, filing, at)) is not None:
        return HttpResponseRedirect(f"{here}#{quote(place)}")
    if shown := request.POST.get("_show"):
        return HttpResponseRedirect(f"{here}#{quote(shown)}.commune")
    asked = next((one for one in filing.sections() if one.key == section.key), None)
    if asked is None:
        return HttpResponseRedirect(filing.after(section.key))
    now_shown = shown_paths(filing.form, filing.form.section(section.key), filing.draft.answers)
    fresh = frozenset(one for one in now_shown - before if not is_answered(filing.draft.answers, one))
    problems = [
        one for one in _problems(filing, asked, today) if not (one.code in UNANSWERED and _is_fresh(one.path, fresh))
    ]
    if problems:
        return _show(request, filing, asked, problems, at, status=422)
    if fresh:
        first = next(path for path in _in_order(asked, fresh))
        return HttpResponseRedirect(f"{here}?{MORE}=1#{quote(first)}")
    return HttpResponseRedirect(filing.after(section.key))


def _row_action(request: HttpRequest, filing: Filing, at: datetime) -> str | None:
    """Add, remove or put back a row; answers the place on the page to go to."""
    posted, removed = request.POST, request.session.get("removed_rows", {})
    slot = f"{filing.draft.pk}:"
    if table := posted.get("_add"):
        index = rows.add_row(filing.draft.pk, holder=filing.holder, table=_a_table(filing, table), at=at)
        first = filing.form.field(table).columns[0].key
        return f"{table}[{index}].{first}"
    if found := _ROW.fullmatch(posted.get("_remove", "")):
        table = _a_table(filing, found[1])
        gone = rows.remove_row(filing.draft.pk, holder=filing.holder, table=table, index=int(found[2]), at=at)
        if gone is not None:
            kept = {"index": gone.index, "answers": dict(gone.answers)}
            request.session["removed_rows"] = {**removed, slot + table: kept}
        return table
    if table := posted.get("_restore"):
        kept = removed.pop(slot + table, None)
        request.session["removed_rows"] = removed
        if kept is None:
            return table
        again = rows.RemovedRow(_a_table(filing, table), int(kept["index"]), kept["answers"])
        return f"{table}[{rows.restore_row(filing.draft.pk, holder=filing.holder, removed=again, at=at)}]"
    return None


def _list_action(request: HttpRequest, filing: Filing, section: Section, at: datetime) -> str | None:
    """Begin a row of a list, which is there once something is typed, or put the last one back; the place to go to."""
    if (field := list_named(section, request.POST.get("_add", ""))) is not None:
        return f"{field.key}[{len(lists.rows_of_list(filing, field))}].{field.columns[0].key}"
    if (field := list_named(section, request.POST.get("_restore", ""))) is not None:
        return _row_action(request, filing, at)
    return None


def _save_row(
    request: HttpRequest,
    filing: Filing,
    section: Section,
    seen: Sight,
    row: tuple[Field, int, Mapping[str, Any]],
    at: datetime,
) -> HttpResponse:
    """Keep the row; go on when it is right, else show what is wrong with it."""
    field, place, _ = row
    if (gone := _row_action(request, filing, at)) is not None:
        return HttpResponseRedirect(f"{seen.here}#{quote(gone)}")
    filing = lists.save_row(filing, _posted(request), row, at=at)
    problems = _problems(filing, section, local_day(at))
    wrong = sorted({int(found[2]) for one in problems if (found := _ROW.match(one.path)) and found[1] == field.key})
    if place in wrong:
        return _show(request, filing, section, problems, at, status=422)
    return HttpResponseRedirect(lists.after_row(seen, field, place, wrong, to_next="_next" in request.POST))


def _a_table(filing: Filing, key: str) -> str:
    field = next((one for one in filing.form.fields() if one.key == key and one.type == "table"), None)
    if field is None:
        raise NotFound("table-unknown", "Tờ khai không có bảng này. Xin tải lại trang.")
    return field.key


def _is_fresh(path: str, fresh: frozenset[str]) -> bool:
    return path in fresh or any(path.startswith((f"{one}.", f"{one}[")) for one in fresh)


def _in_order(section: Section, fresh: frozenset[str]) -> list[str]:
    keys = [field.key for field in section.fields]
    return sorted(fresh, key=lambda path: (keys.index(root_key(path)) if root_key(path) in keys else 0, path))


def _posted(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def _problems(filing: Filing, section: Section, today: date) -> list[Problem]:
    keys = {field.key for field in section.fields}
    found = check_section(filing.form, section.key, filing.draft.answers, today=today)
    faulty = {one.path for one in found}
    asked = asked_answers(filing.form, filing.draft.answers)
    listed = check_lists(filing.form, asked, on=today) + check_counters(filing.form, asked, on=today)
    return found + [one for one in listed if one.path not in faulty and root_key(one.path) in keys]


def _sheet(
    request: HttpRequest,
    filing: Filing,
    section: Section,
    problems: Sequence[Problem],
    today: date,
    told: Mapping[str, Told],
) -> Sheet:
    slot = f"{filing.draft.pk}:"
    removed = {key.removeprefix(slot) for key in request.session.get("removed_rows", {}) if key.startswith(slot)}
    from_account = filing.citizen is not None and "account" in filing.draft.sources.values()
    return Sheet(
        answers=filing.draft.answers,
        errors=errors_by_path(problems),
        sources=filing.draft.sources,
        on=today,
        updated_on=account_updated_on(filing.citizen.person_id) if from_account and filing.citizen else None,
        removed=frozenset(removed),
        sight=_sight(request, filing, section),
        aside={one.key: rows.laid_aside(filing.draft, one.key) for one in lists_of(section)},
        told=told,
        pause=_pause(filing, section, today),
    )


def _pause(filing: Filing, section: Section, today: date) -> CounterPause | None:
    """The pause of the counter of the chosen office, where the section asks about an office or a counter."""
    if not any(field.type == "office" or needs_counter(field) for field in section.fields):
        return None
    return closed_for(asked_answers(filing.form, filing.draft.answers), on=today)


def _closed_words(pause: CounterPause | None, today: date) -> ClosedCounter | None:
    return closed_counter(pause, office=office(pause.office_id), on=today) if pause else None


def _asked(filing: Filing, section: Section, sheet: Sheet) -> tuple[Sequence[FieldView], Sequence[FieldView]]:
    """The facts and the questions of the page: of the section, or of the one row that is edited."""
    assert sheet.sight is not None
    row = lists.edited(filing, section, sheet.sight)
    if row is None:
        return section_view(section, sheet)
    field, place, cells = row
    return (), row_fields(field, field.key, place, cells, sheet)


def _questions(request: HttpRequest, filing: Filing, section: Section, problems: Sequence[Problem], today: date) -> str:
    _, questions = _asked(filing, section, _sheet(request, filing, section, problems, today, {}))
    template = engines["jinja2"].get_template("citizen/questions.html")
    return str(template.render({"questions": questions}, request))


def _show(
    request: HttpRequest,
    filing: Filing,
    section: Section,
    problems: Sequence[Problem],
    at: datetime,
    status: int = 200,
    told: Mapping[str, Told] | None = None,
) -> HttpResponse:
    here = filing.href("section", section_key=section.key)
    said = told or {key: remembered(request, filing, key) for key in lists.keys_of_lists(section)}
    sheet = _sheet(request, filing, section, problems, local_day(at), said)
    facts, questions = _asked(filing, section, sheet)
    assert sheet.sight is not None
    if (row := lists.edited(filing, section, sheet.sight)) is not None:
        return _show_row(request, filing, section, row, questions, problems, status)
    in_list = tuple(f"{key}[" for key in lists.keys_of_lists(section))
    sections = filing.sections()
    place = [one.key for one in sections].index(section.key)
    before = sections[place - 1]
    back = (pick(before, "title"), filing.href("section", section_key=before.key)) if place else filing.home
    return render(
        request,
        "citizen/section.html",
        status=status,
        page=filing.head(pick(section, "title"), current=DOSSIERS, back=back, problems=len(problems)),
        layout=filing.layout,
        filing=filing,
        section=section,
        number=place + 1,
        total=len(sections),
        facts=facts,
        questions=questions,
        problems=[_with_href(one, here, in_list) for one in summary(problems)],
        here=here,
        lists=lists.keys_of_lists(section),
        saved_at=clock(filing.draft.updated_at) if filing.draft.revision else "",
        asks_more=MORE in request.GET,
        closed=_closed_words(sheet.pause, local_day(at)),
        wrong_href=address("public:service", slug="cap-lai-doi-dieu-chinh-so-the"),
    )


def _with_href(problem: Mapping[str, str], here: str, in_list: tuple[str, ...]) -> Mapping[str, str]:
    """A box of a list is on the page of its row."""
    return {**problem, "href": row_href(here, problem["path"])} if problem["path"].startswith(in_list) else problem


def _show_row(
    request: HttpRequest,
    filing: Filing,
    section: Section,
    row: tuple[Field, int, Mapping[str, Any]],
    questions: Sequence[FieldView],
    problems: Sequence[Problem],
    status: int,
) -> HttpResponse:
    """The page of one row of a list, with what is wrong in this row only."""
    field, place, cells = row
    path = f"{field.key}[{place}]"
    own = [problem for problem in problems if problem.path.startswith(f"{path}.")]
    back = (pick(field, "label"), f"{filing.href('section', section_key=section.key)}#{field.key}")
    return render(
        request,
        "citizen/list_row.html",
        status=status,
        page=filing.head(lists.row_title(field, place), current=DOSSIERS, back=back, problems=len(own)),
        layout=filing.layout,
        filing=filing,
        list_label=pick(field, "label"),
        questions=questions,
        problems=summary(own),
        saved_at=clock(filing.draft.updated_at) if filing.draft.revision else "",
        autosave_href=f"{filing.href('autosave', section_key=section.key)}?{urlencode({ROW: path})}",
        row_path=path,
        calendar=calendar_of_row(field, cells),
        wrong_after=any(problem.path.startswith(f"{field.key}[") for problem in problems if problem not in own),
    )
