"""Lists of work: what this officer does today, what is late, what waits; and search by number, SI number or name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from ansinh.casework.access import dossiers_visible_to
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.dossiers.register import SLUG as REGISTRATION
from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor

PAGE = 50
WAITING = (State.WAITING_FOR_APPLICANT, State.WAITING_FOR_ORIGINALS)


@dataclass(frozen=True)
class View:
    """A saved list."""

    key: str
    name_vi: str


VIEWS: tuple[View, ...] = (
    View("viec-cua-toi", "Việc của tôi"),
    View("tre-han", "Trễ hạn"),
    View("han-hom-nay", "Hết hạn hôm nay"),
    View("vua-bo-sung", "Vừa bổ sung"),
    View("cho-nguoi-nop", "Chờ người nộp"),
    View("cho-ban-chinh", "Chờ bản chính"),
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
    """Open dossiers whose present stage is the viewer's, at the viewer's offices."""
    hands = Q(pk__in=[])
    for post in viewer.posts:
        hands |= Q(office_code=post.office_code, stage_role=post.role)
    return Dossier.objects.filter(hands, closed_at__isnull=True)


def in_view(viewer: OfficerActor, view: str, *, today: date) -> QuerySet[Dossier]:
    """The open dossiers of a saved list."""
    own = mine(viewer).exclude(procedure=REGISTRATION)
    working = own.exclude(state__in=WAITING)
    lists = {
        "viec-cua-toi": working,
        "tre-han": working.filter(due_on__lt=today),
        "han-hom-nay": working.filter(due_on=today),
        "vua-bo-sung": working.filter(supplement_requests__answered_at__isnull=False).distinct(),
        "cho-nguoi-nop": own.filter(state=State.WAITING_FOR_APPLICANT),
        "cho-ban-chinh": own.filter(state=State.WAITING_FOR_ORIGINALS),
        "dang-ky": mine(viewer).filter(procedure=REGISTRATION),
    }
    return lists.get(view, working)


def page(viewer: OfficerActor, view: str, *, today: date, start: int = 0, procedure: str = "") -> Page:
    """One page of a list: late first, then by due date; without a due date last, oldest first."""
    rows = in_view(viewer, view, today=today)
    if procedure:
        rows = rows.filter(procedure=procedure)
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "submitted_at")
    return Page(tuple(ordered[start : start + PAGE]), total=rows.count(), start=start)


def counts(viewer: OfficerActor, *, today: date) -> dict[str, int]:
    """How many dossiers each saved list holds, in one query."""
    working = ~Q(state__in=WAITING) & ~Q(procedure=REGISTRATION)
    row = mine(viewer).aggregate(
        mine=Count("pk", filter=working),
        late=Count("pk", filter=working & Q(due_on__lt=today)),
        due=Count("pk", filter=working & Q(due_on=today)),
        applicant=Count("pk", filter=Q(state=State.WAITING_FOR_APPLICANT)),
        originals=Count("pk", filter=Q(state=State.WAITING_FOR_ORIGINALS)),
        registrations=Count("pk", filter=Q(procedure=REGISTRATION)),
    )
    return {
        "viec-cua-toi": row["mine"],
        "tre-han": row["late"],
        "han-hom-nay": row["due"],
        "vua-bo-sung": in_view(viewer, "vua-bo-sung", today=today).count(),
        "cho-nguoi-nop": row["applicant"],
        "cho-ban-chinh": row["originals"],
        "dang-ky": row["registrations"],
    }


def search(viewer: OfficerActor, text: str, *, limit: int = 50) -> list[Dossier]:
    """Dossiers the viewer may see by number (or its first part), SI number, or name without diacritics."""
    typed = " ".join(text.split())
    visible = dossiers_visible_to(viewer)
    if not typed:
        return []
    compact = typed.replace(" ", "")
    if "/" in compact:
        found = visible.filter(number__startswith=compact)
    elif compact.isdigit() and len(compact) == 10:
        found = visible.filter(si_number=compact)
    elif compact.isdigit():
        found = visible.filter(number__startswith=compact.zfill(5) + "/")
    else:
        found = visible.filter(applicant_key__contains=search_key(typed))
    return list(found.order_by("-submitted_at")[:limit])


def latest_results(viewer: OfficerActor, *, limit: int = 10) -> list[Dossier]:
    """Dossiers of the viewer's offices closed last."""
    return list(dossiers_visible_to(viewer).filter(state__in=CLOSED_STATES).order_by("-closed_at")[:limit])
