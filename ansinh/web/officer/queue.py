"""The start page of every officer, and the search."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework import queues
from ansinh.casework.assignment.rules import managed
from ansinh.casework.reading import hidden_among
from ansinh.catalogue.queries import newest
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.readings import PageKind, review
from ansinh.platform.language import pick, translate
from ansinh.proof.guard import waiting
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.officer import data_requests
from ansinh.web.officer.frame import WORK, at_counter, desk
from ansinh.web.officer.protected import PROTECTED
from ansinh.web.officer.queue_view import Row, rows_of
from ansinh.web.officer.watched import Seen, list_page
from ansinh.web.page import Option

GIVEN = frozenset({"chua-phan-cong", "cua-phong"})


@officer_page
def home(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Today's work first: one saved list with its counts beside it."""
    view = request.GET.get("viec", queues.VIEWS[0].key)
    procedure = request.GET.get("thu-tuc", "")
    own = queues.own_of(officer, today=today())
    work = queues.work(officer, today=today(), own=own)
    counts = work.counts
    shown = queues.page(
        officer,
        view,
        today=today(),
        start=_start(request),
        procedure=procedure,
        total=None if procedure else counts.get(view, counts[queues.VIEWS[0].key]),
        own=own,
    )
    return desk(
        request,
        officer,
        "queue.html",
        _title(view, counts),
        current=WORK,
        at=now(),
        counter=at_counter(officer),
        signs=any(post.role == Role.LEADER for post in officer.posts),
        log=waiting(),
        requests=data_requests.alarms(officer),
        glasses=review.waiting_for(officer, at=now()) if review.is_reviewer(officer, on=today()) else None,
        view=view,
        views=[_view(one, counts, view) for one in queues.VIEWS if _shown(one, officer, own)],
        rows=rows_of(shown.dossiers, today=today(), calendar=work_calendar()),
        shown=shown,
        next_href=_address(view, procedure, shown.following),
        previous_href=_address(view, procedure, shown.start - queues.PAGE if shown.start else None),
        procedure=procedure,
        procedures=_procedures(work),
    )


@list_page(PageKind.SEARCH)
def search(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Dossiers of the officer's offices by number, SI number or name."""
    typed = request.GET.get("q", "").strip()
    found = queues.search(officer, typed)
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
    href = reverse("officer:home") + ("" if one is queues.VIEWS[0] else f"?viec={one.key}")
    return {"label": translate(one.name_vi), "href": href, "count": counts[one.key], "current": one.key == current}


def _procedures(work: queues.Work) -> list[Option]:
    return [Option(slug, pick(folder.procedure, "short_name")) for slug, folder in newest(work.procedures).items()]


def _start(request: HttpRequest) -> int:
    typed = request.GET.get("tu", "0")
    return min(int(typed), 1_000_000) if typed.isascii() and typed.isdigit() else 0


def _address(view: str, procedure: str, start: int | None) -> str:
    if start is None:
        return ""
    query = {"viec": view, "thu-tuc": procedure, "tu": str(max(0, start)) if start else ""}
    return reverse("officer:home") + "?" + urlencode({key: value for key, value in query.items() if value})
