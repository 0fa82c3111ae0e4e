"""Lists of work: what this officer does today, what is late, what waits; and search by number, SI number or name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    SmallIntegerField,
    Subquery,
    When,
)

from ansinh.casework.access import stage_of
from ansinh.casework.filters import Filter, order
from ansinh.casework.models import Decision, DecisionState, SavedList, WorkRule
from ansinh.casework.transitions import possible
from ansinh.catalogue.queries import newest_version
from ansinh.dossiers.models import Dossier, State, SupplementRequest
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor, Post
from ansinh.people.models_officers import held_on
from ansinh.people.officers.absences import stood_in_for
from ansinh.platform.statements import KEPT, Statement, statement

PAGE = 50
WHOLE_NUMBER = re.compile(r"[0-9]{5,}/[0-9]{4}/[0-9]{5}")
FIRST_PART = re.compile(r"[0-9/]+")
WAITING = (State.WAITING_FOR_APPLICANT, State.WAITING_FOR_ORIGINALS, State.WAITING_FOR_PAYMENT)
SHOWN = (
    "number", "office_code", "version", "procedure", "owner_id", "applicant_name", "state", "stage", "stage_role",
    "urgent", "submitted_at", "closed_at", "due_on", "supplemented_at", "reopened_at", "handler",
)  # fmt: skip
"""The facts of a dossier that a list shows; beside them `handler_name`."""
CHOSEN = "chosen"
"""In the counts: what was chosen now, narrowed or not."""


@dataclass(frozen=True)
class View:
    """A saved list."""

    key: str
    name_vi: str


VIEWS: tuple[View, ...] = (
    View("viec-cua-toi", "Việc của tôi"),
    View("chua-phan-cong", "Chưa phân công"),
    View("cua-phong", "Của phòng"),
    View("tre-han", "Trễ hạn"),
    View("han-hom-nay", "Hết hạn hôm nay"),
    View("vua-bo-sung", "Vừa bổ sung"),
    View("cho-nguoi-nop", "Chờ người nộp"),
    View("cho-ban-chinh", "Chờ bản chính"),
    View("cho-dau", "Chờ hoàn tất chữ ký số"),
    View("dang-ky", "Đăng ký chờ đến quầy"),
)


@dataclass(frozen=True)
class Page:
    """One page of a list; `following` is where the next begins."""

    dossiers: tuple[Dossier, ...]
    total: int
    start: int

    @property
    def following(self) -> int | None:
        """Offset of the next page."""
        after = self.start + len(self.dossiers)
        return after if after < self.total else None


def mine(viewer: OfficerActor) -> QuerySet[Dossier]:
    """Open dossiers whose present stage is the viewer's to do, at the viewer's offices, whoever was given them."""
    return _in_hands(viewer.posts)


def _in_hands(posts: Sequence[Post]) -> QuerySet[Dossier]:
    hands = Q(pk__in=[])
    for post in posts:
        hands |= Q(office_code=post.office_code, stage_role=post.role)
    return Dossier.objects.filter(hands, closed_at__isnull=True)


@dataclass(frozen=True)
class Own:
    """Which of those are the viewer's own: given to the viewer, or to somebody the viewer stands in for.

    Where the office shares work out by rules, what nobody has yet is in "unassigned"; elsewhere it is everybody's.
    """

    handlers: frozenset[UUID]
    shared_out: frozenset[tuple[str, str]] = frozenset()
    """(office, role) with a rule in force."""

    @property
    def condition(self) -> Q:
        """Of the dossiers of `mine`."""
        elsewhere = Q(handler__isnull=True)
        for office_code, role in sorted(self.shared_out):
            elsewhere &= ~Q(office_code=office_code, stage_role=role)
        return Q(handler__in=sorted(self.handlers)) | elsewhere


def own_of(viewer: OfficerActor, *, today: date) -> Own:
    """What is the viewer's own today."""
    absent = stood_in_for(viewer.officer_id, on=today) if any(post.deputy_for for post in viewer.posts) else ()
    pairs = frozenset((office_code, role) for office_code, role in _rules(viewer.office_codes, today).rows())
    return Own(frozenset({viewer.officer_id, *absent}), pairs)


@lru_cache(KEPT)
def _rules(office_codes: frozenset[str], today: date) -> Statement:
    rules = WorkRule.objects.filter(held_on(today), office_code__in=office_codes)
    return statement(rules.values_list("office_code", "role"))


def in_view(
    viewer: OfficerActor, view: str, *, today: date, own: Own | None = None, chosen: Filter | None = None
) -> QuerySet[Dossier]:
    """The open dossiers of a list, narrowed by what was chosen; an unknown list is the first."""
    return _narrowed(viewer.posts, view, today, own or own_of(viewer, today=today), chosen)


def _narrowed(
    posts: Sequence[Post], view: str, today: date, own: Own, chosen: Filter | None = None
) -> QuerySet[Dossier]:
    conditions = _conditions(today, own)
    rows = _in_hands(posts).filter(conditions.get(view, conditions[VIEWS[0].key]))
    return rows.filter(chosen.condition(today=today)) if chosen else rows


def first_of(
    viewer: OfficerActor, view: str, *, today: date, most: int, own: Own, chosen: Filter, sort: str = ""
) -> list[UUID]:
    """The first dossiers of a list, for one press about them all."""
    rows = _in_order(in_view(viewer, view, today=today, own=own, chosen=chosen), sort)
    return list(rows.values_list("pk", flat=True)[:most])


def page(
    viewer: OfficerActor,
    view: str,
    *,
    today: date,
    total: int,
    start: int = 0,
    own: Own | None = None,
    chosen: Filter | None = None,
    sort: str = "",
) -> Page:
    """One page of a list: urgent and late first, then by due date; those that wait for somebody else last (R-095).

    Each row also has `asked_at` and `answer_by` of an open supplement request. `total` is what `work` counted.
    """
    own = own or own_of(viewer, today=today)
    found = _page(viewer.posts, view, today, start, own, chosen, sort)
    return Page(tuple(found.models(Dossier)), total=total, start=start)


@lru_cache(KEPT)
def _page(
    posts: tuple[Post, ...], view: str, today: date, start: int, own: Own, chosen: Filter | None, sort: str
) -> Statement:
    shown = _in_order(_narrowed(posts, view, today, own, chosen), sort).values("pk")[start : start + PAGE]
    waiting = SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True)
    found = _in_order(Dossier.objects.filter(pk__in=shown), sort).annotate(
        handler_name=F("handler__full_name"),
        asked_at=Subquery(waiting.values("asked_at")[:1]),
        answer_by=Subquery(waiting.values("answer_by")[:1]),
    )
    return statement(found.only(*SHOWN))


def _in_order(rows: QuerySet[Dossier], sort: str = "") -> QuerySet[Dossier]:
    if order(sort):
        return rows.order_by(*order(sort))
    waits = Case(When(state__in=(*WAITING, State.APPROVED), then=1), default=0, output_field=SmallIntegerField())
    return rows.order_by(waits, "-urgent", F("due_on").asc(nulls_last=True), "submitted_at", "pk")


def to_sign(viewer: OfficerActor, *, most: int) -> list[Dossier]:
    """Dossiers whose controlled decision this leader can sign now, due first; each with its open decision
    prefetched as `to_sign`.
    """
    ready = Decision.objects.filter(state=DecisionState.CONTROLLED).select_related("proposed_by", "controlled_by")
    rows = (
        mine(viewer)
        .filter(Exists(ready.filter(dossier=OuterRef("pk"))), state=State.IN_PROGRESS)
        .prefetch_related(Prefetch("decisions", queryset=ready, to_attr="to_sign"))
        .order_by("-urgent", F("due_on").asc(nulls_last=True), "submitted_at", "pk")
    )
    found = rows.defer("answers", "results_due")[:most]
    return [dossier for dossier in found if possible("approve", dossier, stage=stage_of(dossier))]


@dataclass(frozen=True)
class Work:
    """How many dossiers each saved list holds, and the procedures with open work by slug."""

    counts: dict[str, int]
    """By key of VIEWS, by id of lists that officers saved, and CHOSEN."""
    procedures: Mapping[str, UUID]
    """With the newest version of each."""


def work(
    viewer: OfficerActor,
    *,
    today: date,
    own: Own | None = None,
    saved: Sequence[SavedList] = (),
    chosen: Filter | None = None,
) -> Work:
    """All lists counted in one query, from the index `office_work` alone; also what was `chosen` now (CHOSEN)."""
    lists = (*((str(one.pk), Filter.of(one.filters)) for one in saved), (CHOSEN, chosen or Filter()))
    names, counted = _counts(viewer.posts, today, own or own_of(viewer, today=today), lists)
    rows = counted.rows()
    return Work(
        counts={name: sum(row[place] for row in rows) for place, name in enumerate(names, start=2)},
        procedures={row[0]: row[1] for row in rows if row[0] not in REGISTRATIONS},
    )


@lru_cache(KEPT)
def _counts(
    posts: tuple[Post, ...], today: date, own: Own, lists: tuple[tuple[str, Filter], ...]
) -> tuple[tuple[str, ...], Statement]:
    """The lists in the order of their columns, after those of the procedure and its newest version."""
    conditions = _conditions(today, own)
    for name, kept in lists:
        conditions[name] = conditions.get(kept.view, conditions[VIEWS[0].key]) & kept.condition(today=today)
    columns = {
        f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(conditions.values(), start=1)
    }
    rows = _in_hands(posts).values("procedure").annotate(**columns).order_by("procedure")
    rows = rows.annotate(newest=Subquery(newest_version(OuterRef("procedure"))))
    return tuple(conditions), statement(rows.values_list("procedure", "newest", *columns))


def _conditions(today: date, own: Own) -> dict[str, Q]:
    """What each saved list holds, among the open dossiers of the viewer's steps."""
    claim = ~Q(procedure__in=REGISTRATIONS)
    mine_only = claim & own.condition
    working = mine_only & ~Q(state__in=WAITING)
    return {
        "viec-cua-toi": mine_only,
        "chua-phan-cong": claim & Q(handler__isnull=True),
        "cua-phong": claim,
        "tre-han": working & Q(due_on__lt=today),
        "han-hom-nay": working & Q(due_on=today),
        "vua-bo-sung": working & Q(supplemented_at__isnull=False),
        "cho-nguoi-nop": mine_only & Q(state__in=(State.WAITING_FOR_APPLICANT, State.WAITING_FOR_PAYMENT)),
        "cho-ban-chinh": mine_only & Q(state=State.WAITING_FOR_ORIGINALS),
        "cho-dau": mine_only & Q(state=State.APPROVED),
        "dang-ky": Q(procedure__in=REGISTRATIONS),
    }


def listed(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """With what a list shows, the newest first."""
    return rows.only(*SHOWN).annotate(handler_name=F("handler__full_name")).order_by("-submitted_at")
