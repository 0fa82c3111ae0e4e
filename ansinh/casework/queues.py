"""Lists of work: what this officer does today, what is late, what waits; and search by number, SI number or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
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

from ansinh.casework.access import dossiers_visible_to, stage_of
from ansinh.casework.filters import Filter, order
from ansinh.casework.models import Decision, DecisionState, SavedList, WorkRule
from ansinh.casework.transitions import possible
from ansinh.dossiers.models import Dossier, State, SupplementRequest
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import held_on
from ansinh.people.officers.absences import stood_in_for

PAGE = 50
WHOLE_NUMBER = re.compile(r"[0-9]{5,}/[0-9]{4}/[0-9]{5}")
WAITING = (State.WAITING_FOR_APPLICANT, State.WAITING_FOR_ORIGINALS, State.WAITING_FOR_PAYMENT)
SHOWN = (
    "number", "office_code", "version", "procedure", "owner_id", "applicant_name", "state", "stage", "stage_role",
    "urgent", "submitted_at", "closed_at", "due_on", "supplemented_at", "reopened_at", "handler",
)  # fmt: skip
"""The facts of a dossier that a list shows."""


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
    hands = Q(pk__in=[])
    for post in viewer.posts:
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
    rules = WorkRule.objects.filter(held_on(today), office_code__in=viewer.office_codes)
    absent = stood_in_for(viewer.officer_id, on=today) if any(post.deputy_for for post in viewer.posts) else ()
    pairs = frozenset(rules.values_list("office_code", "role"))
    return Own(frozenset({viewer.officer_id, *absent}), pairs)


def in_view(
    viewer: OfficerActor, view: str, *, today: date, own: Own | None = None, chosen: Filter | None = None
) -> QuerySet[Dossier]:
    """The open dossiers of a list, narrowed by what was chosen; an unknown list is the first."""
    conditions = _conditions(today, own or own_of(viewer, today=today))
    rows = mine(viewer).filter(conditions.get(view, conditions[VIEWS[0].key]))
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
    start: int = 0,
    procedure: str = "",
    total: int | None = None,
    own: Own | None = None,
    chosen: Filter | None = None,
    sort: str = "",
) -> Page:
    """One page of a list: urgent and late first, then by due date; those that wait for somebody else last (R-095).

    Each row also has `asked_at` and `answer_by` of an open supplement request. `total` spares counting when the
    caller knows it.
    """
    rows = in_view(viewer, view, today=today, own=own, chosen=chosen)
    if procedure:
        rows = rows.filter(procedure=procedure)
    shown = _in_order(rows, sort).values("pk")[start : start + PAGE]
    waiting = SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True)
    found = _in_order(Dossier.objects.filter(pk__in=shown), sort).annotate(
        asked_at=Subquery(waiting.values("asked_at")[:1]), answer_by=Subquery(waiting.values("answer_by")[:1])
    )
    return Page(
        tuple(found.select_related("handler").only(*SHOWN, "handler__full_name")),
        total=rows.count() if total is None else total,
        start=start,
    )


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
    """By key of VIEWS, and by id of lists that officers saved."""
    procedures: tuple[str, ...]


def work(viewer: OfficerActor, *, today: date, own: Own | None = None, saved: Sequence[SavedList] = ()) -> Work:
    """All lists counted in one query, from the index `office_work` alone."""
    conditions = _conditions(today, own or own_of(viewer, today=today))
    for one in saved:
        kept = Filter.of(one.filters)
        conditions[str(one.pk)] = conditions.get(kept.view, conditions[VIEWS[0].key]) & kept.condition(today=today)
    lists = {f"n{number}": condition for number, condition in enumerate(conditions.values())}
    rows = list(
        mine(viewer)
        .values("procedure")
        .annotate(**{name: Count("pk", filter=condition) for name, condition in lists.items()})
        .order_by("procedure")
    )
    return Work(
        counts={view: sum(row[name] for row in rows) for view, name in zip(conditions, lists, strict=True)},
        procedures=tuple(row["procedure"] for row in rows if row["procedure"] not in REGISTRATIONS),
    )


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


def search(viewer: OfficerActor, text: str, *, limit: int = 50) -> list[Dossier]:
    """Dossiers the viewer may see by number (or its first part), SI number, or name without diacritics."""
    typed = " ".join(text.split())
    visible = dossiers_visible_to(viewer)
    if not typed:
        return []
    compact = typed.replace(" ", "")
    if WHOLE_NUMBER.fullmatch(compact):
        found = visible.filter(number=compact)  # behind a wall an index serves equality alone, LIKE is not trusted
    elif "/" in compact:
        found = visible.filter(number__startswith=compact)
    elif compact.isdigit() and len(compact) == 10:
        found = visible.filter(si_number=compact)
    elif compact.isdigit():
        found = visible.filter(number__startswith=compact.zfill(5) + "/")
    else:
        return _by_name(visible, search_key(typed), limit=limit)
    return list(found.select_related("handler").only(*SHOWN, "handler__full_name").order_by("-submitted_at")[:limit])


def _by_name(visible: QuerySet[Dossier], key: str, *, limit: int) -> list[Dossier]:
    named = visible.filter(applicant_key__contains=key).order_by("-submitted_at")
    with transaction.atomic(), connection.cursor() as cursor:
        # Two letters and a whole name want different indexes: a plan kept for any pattern serves neither.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        found = Dossier.objects.filter(pk__in=named.values("pk")[:limit])
        shown = found.select_related("handler").only(*SHOWN, "handler__full_name")
        return list(shown.order_by("-submitted_at")[:limit])
