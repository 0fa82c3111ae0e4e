"""What a list of the desk holds beside its view: every condition is answered by the index `office_work` alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Q
from django.db.models.expressions import Combinable, OrderBy

from ansinh.dossiers.models import CLOSED_STATES, State

COLUMNS: Final[Mapping[str, str]] = {
    "person": "Người nộp",
    "service": "Thủ tục",
    "stage": "Bước",
    "handler": "Người được giao",
    "filed": "Nộp ngày",
    "remark": "Lưu ý",
}
"""Columns to choose, in the order they stand, after due date and number."""
USUAL: Final = ("person", "service", "stage", "remark")
DUE: Final[Mapping[str, str]] = {
    "late": "Đã trễ",
    "today": "Hết hạn hôm nay",
    "3": "Trong 3 ngày tới",
    "7": "Trong 7 ngày tới",
    "none": "Chưa có hạn",
}
SORTS: Final[Mapping[str, str]] = {
    "": "Khẩn và gần hạn trước",
    "due": "Theo hạn, gần trước",
    "old": "Nộp trước đứng trước",
    "new": "Mới nộp đứng trước",
}
OPEN_STATES: Final = tuple(state for state in State if state not in CLOSED_STATES)


@dataclass(frozen=True)
class Filter:
    """Empty parts filter nothing; values nobody offers filter nothing either."""

    view: str = ""
    procedure: str = ""
    state: str = ""
    due: str = ""
    urgent: bool = False
    supplemented: bool = False

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> Filter:
        """From what was typed or kept; unknown names are left out."""
        known = {one.name for one in fields(cls)}
        found = {name: value for name, value in typed.items() if name in known}
        for flag in ("urgent", "supplemented"):
            found[flag] = bool(found.get(flag))
        return cls(**found)

    def kept(self) -> dict[str, Any]:
        """What is worth keeping of it."""
        return {name: value for name, value in asdict(self).items() if value}

    def condition(self, *, today: date) -> Q:
        """Beside the view."""
        found = Q()
        if self.procedure:
            found &= Q(procedure=self.procedure)
        if self.state in {state.value for state in OPEN_STATES}:
            found &= Q(state=self.state)
        if self.due == "late":
            found &= Q(due_on__lt=today)
        elif self.due == "today":
            found &= Q(due_on=today)
        elif self.due == "none":
            found &= Q(due_on__isnull=True)
        elif self.due in DUE:
            found &= Q(due_on__range=(today, today + timedelta(days=int(self.due))))
        if self.urgent:
            found &= Q(urgent=True)
        if self.supplemented:
            found &= Q(supplemented_at__isnull=False)
        return found


@dataclass(frozen=True)
class Look:
    """How a list is shown: which columns, in which order."""

    columns: Sequence[str] = field(default=USUAL)
    sort: str = ""

    @classmethod
    def of(cls, columns: Sequence[str], sort: str) -> Look:
        """In the order of COLUMNS, without what nobody offers; none chosen are the usual ones."""
        chosen = tuple(one for one in COLUMNS if one in columns)
        return cls(chosen or USUAL, sort if sort in SORTS else "")


def order(sort: str) -> tuple[str | Combinable | OrderBy, ...]:
    """The chosen order; empty for the usual one."""
    found: dict[str, tuple[str | Combinable | OrderBy, ...]] = {
        "due": (F("due_on").asc(nulls_last=True), "submitted_at", "pk"),
        "old": ("submitted_at", "pk"),
        "new": ("-submitted_at", "-pk"),
    }
    return found.get(sort, ())
