"""The start page of every officer, and the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from ansinh.casework import queues, saved_lists
from ansinh.casework.access import stage_of
from ansinh.casework.ask_again import decides_rounds, to_decide
from ansinh.casework.assignment.rules import managed
from ansinh.casework.batch.acts import ACTS
from ansinh.casework.complaints.answer import answers_somewhere
from ansinh.casework.extend import leads_somewhere
from ansinh.casework.models import SavedList
from ansinh.casework.opinions.ask import count_asked
from ansinh.casework.reading import hidden_among
from ansinh.casework.search import find
from ansinh.casework.transitions import possible
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.readings import PageKind, review
from ansinh.platform.language import pick, translate
from ansinh.proof.guard import waiting
from ansinh.web.actors import officer_page
from ansinh.web.addresses import address
from ansinh.web.clock import now, today
from ansinh.web.officer import data_requests
from ansinh.web.officer.chosen import Chosen, choices, chosen_of
from ansinh.web.officer.frame import WORK, at_counter, desk
from ansinh.web.officer.protected import PROTECTED
from ansinh.web.officer.queue_view import Row, rows_of
from ansinh.web.officer.watched import Seen, list_page
from ansinh.web.page import Option

GIVEN = frozenset({"chua-phan-cong", "cua-phong"})


@officer_page
def home(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Today's work first: one list with the counts of all beside it, filtered, sorted and shown as chosen."""
    saved = saved_lists.lists_of(officer)
    chosen = chosen_of(request.GET, saved)
    own = queues.own_of(officer, today=today())
    work = queues.work(officer, today=today(), own=own, saved=saved, chosen=chosen.filter)
    counts = work.counts
    shown = queues.page(
        officer,
        chosen.view,
        today=today(),
        start=_start(request),
        total=counts[queues.CHOSEN],
        own=own,
        chosen=chosen.filter,
        sort=chosen.look.sort,
    )
    return desk(
        request,
        officer,
        "queue.html",
        chosen.saved.name if chosen.saved else _title(chosen.view, counts),
        current=WORK,
        at=now(),
        counter=at_counter(officer),
        signs=any(post.role == Role.LEADER for post in officer.posts),
        asked=count_asked(officer, on=today()),
        rounds=to_decide(officer).count() if decides_rounds(officer) else 0,
        answers=answers_somewhere(officer),
        extends=leads_somewhere(officer),
        log=waiting(),
        requests=data_requests.alarms(officer),
        glasses=review.waiting_for(officer, at=now()) if review.is_reviewer(officer, on=today()) else None,
        chosen=chosen,
        choices=choices(),
        views=[_view(one, counts, chosen.key) for one in queues.VIEWS if _shown(one, officer, own)],
        saved_views=[_saved(one, counts, chosen.key) for one in saved],
        shares=bool(managed(officer)),
        forgets=chosen.saved is not None and chosen.saved.officer_id == officer.officer_id,
        rows=rows_of(shown.dossiers, today=today(), calendar=work_calendar()),
        acts=_acts(shown.dossiers, officer),
        shown=shown,
        next_href=_address(chosen, shown.following),
        previous_href=_address(chosen, shown.start - queues.PAGE if shown.start else None),
        procedures=_procedures(work),
    )


@list_page(PageKind.SEARCH)
def search(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Dossiers of the officer's offices by number, SI number or name."""
    typed = request.GET.get("q", "").strip()
    found = find(officer, typed)
    seen.note(found)
    title = translate("Tìm thấy {n} hồ sơ", n=len(found)) if typed else translate("Tìm hồ sơ")
    return desk(
        request,
        officer,
        "search.html",
        title,
        typed=typed,
        counter=at_counter(officer),
        rows=_without_protected(rows_of(found, today=today(), calendar=work_calendar()), found, officer),
    )


def _without_protected(rows: list[Row], found: list[Dossier], officer: OfficerActor) -> list[Row]:
    """The rows, without the names of protected people whose case is not the officer's to do."""
    hidden = hidden_among(found, reader=officer, at=now())
    return [replace(row, person=translate(PROTECTED)) if row.id in hidden else row for row in rows]


def _title(view: str, counts: dict[str, int]) -> str:
    first = queues.VIEWS[0].key
    if view != first and view in counts:
        name = next(one for one in queues.VIEWS if one.key == view).name_vi
        return translate("{name}: {n} hồ sơ", name=translate(name), n=counts[view])
    parts = [translate("Việc hôm nay: {n} hồ sơ", n=counts[first])]
    if counts["tre-han"]:
        parts.append(translate("{n} trễ", n=counts["tre-han"]))
    if counts["han-hom-nay"]:
        parts.append(translate("{n} hết hạn chiều nay", n=counts["han-hom-nay"]))
    return ", ".join(parts)


def _shown(one: queues.View, officer: OfficerActor, own: queues.Own) -> bool:
    """Registrations are the counter's; what others have is of use where work is given to single officers."""
    if one.key == "dang-ky":
        return at_counter(officer)
    return one.key not in GIVEN or bool(own.shared_out) or bool(managed(officer))


def _view(one: queues.View, counts: dict[str, int], current: str) -> dict[str, object]:
    href = address("officer:home") + ("" if one is queues.VIEWS[0] else f"?viec={one.key}")
    return {"label": translate(one.name_vi), "href": href, "count": counts[one.key], "current": one.key == current}


def _procedures(work: queues.Work) -> list[Option]:
    return [Option(slug, pick(frozen(one).procedure, "short_name")) for slug, one in work.procedures.items()]


def _start(request: HttpRequest) -> int:
    typed = request.GET.get("tu", "0")
    return min(int(typed), 1_000_000) if typed.isascii() and typed.isdigit() else 0


def _address(chosen: Chosen, start: int | None) -> str:
    return "" if start is None else f"{address('officer:home')}?{chosen.query(start=max(0, start))}"


def _saved(one: SavedList, counts: dict[str, int], current: str) -> dict[str, object]:
    label = translate("{name} (chung)", name=one.name) if one.office_code else one.name
    href = f"{address('officer:home')}?viec={one.pk}"
    return {"label": label, "href": href, "count": counts[str(one.pk)], "current": str(one.pk) == current}


def _acts(dossiers: Sequence[Dossier], officer: OfficerActor) -> list[dict[str, str]]:
    """What can be done to some of these in one press."""
    stages = [(one, stage_of(one)) for one in dossiers if one.procedure not in REGISTRATIONS]
    found = [
        act
        for act in ACTS.values()
        if (not act.transition and stages and managed(officer))
        or any(act.transition and possible(act.transition, one, stage=stage) for one, stage in stages)
    ]
    return [
        {"label": translate(act.words), "name": "lam", "value": act.key, "words": f"{translate(act.words)} ({{n}})"}
        for act in found
    ]
