"""What is to be printed and given out at the viewer's offices, and how many blanks went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ansinh.casework.models import Blank, IssueItem, IssueState
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.zone import VIETNAM

PRINTS: Final = frozenset({Role.CARD})
"""Whose work printing is, and counting blanks."""
GIVES: Final = frozenset({Role.CARD, Role.INTAKE, Role.APPROVER})
"""Who hands over at the counter and gives to the post."""


@dataclass(frozen=True)
class Used:
    """Blanks of a kind in a month."""

    kind: str
    used: int
    spoiled: int


def items_of(*, viewer: OfficerActor) -> QuerySet[IssueItem]:
    """Items of the offices where this is the viewer's work, the oldest first. Raises NotAllowed."""
    rows = IssueItem.objects.filter(office_code__in=offices_of(viewer, GIVES))
    return rows.select_related("dossier", "postal").order_by("ordered_at", "id")


def the_item(item_id: UUID, *, viewer: OfficerActor) -> IssueItem:
    """One of them. Raises NotAllowed, NotFound."""
    found = items_of(viewer=viewer).filter(pk=item_id).first()
    if found is None:
        raise NotFound("issue-item-unknown", "Không tìm thấy thẻ, sổ này ở cơ quan của ông/bà. Xin về danh sách.")
    return found


def on_paper(dossier: Dossier) -> list[IssueItem]:
    """The cards and books of a dossier that are printed."""
    return list(dossier.issue_items.all())


def blanks_of_month(day: date, *, viewer: OfficerActor) -> list[Used]:
    """Blanks of the month of a day at the viewer's offices. Raises NotAllowed."""
    rows = (
        Blank.objects.filter(office_code__in=offices_of(viewer, GIVES))
        .filter(used_at__gte=_midnight(day.replace(day=1)), used_at__lt=_midnight(_month_after(day)))
        .values("kind")
        .annotate(used=Count("pk", filter=Q(spoiled_at=None)), spoiled=Count("pk", filter=~Q(spoiled_at=None)))
    )
    found = {row["kind"]: row for row in rows}
    nothing = {"used": 0, "spoiled": 0}
    kinds = [(kind, found.get(kind, nothing)) for kind in ("card", "book")]
    return [Used(kind, row["used"], row["spoiled"]) for kind, row in kinds]


def offices_of(viewer: OfficerActor, roles: frozenset[Role]) -> list[str]:
    """Offices where the viewer has one of these roles. Raises NotAllowed when there is none."""
    offices = sorted({post.office_code for post in viewer.posts if post.role in roles})
    if not offices:
        raise NotAllowed(
            "issuing-not-yours",
            "In và trả thẻ, sổ là việc của cán bộ sổ, thẻ; trả tại quầy là việc của cán bộ tiếp nhận.",
        )
    return offices


def waits_for_paper(item: IssueItem) -> bool:
    """Whether it is not given out yet."""
    return item.state in (IssueState.TO_PRINT, IssueState.PRINTED)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
