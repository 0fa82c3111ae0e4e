"""How far a campaign is: in all, per office, per officer, per commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from ansinh.directives.models import CampaignUnit
from ansinh.offices.queries import in_lines, office_names
from ansinh.people.models import Officer
from ansinh.platform.language import pick

BY = {"office": "office_id", "officer": "officer_id", "commune": "commune_code"}
"""Key of a grouping → its column."""
STATES: Mapping[str, Q] = {
    "untold": Q(told_at__isnull=True, read_at__isnull=True, phoned_at__isnull=True, doing_at__isnull=True),
    "unread": Q(read_at__isnull=True, phoned_at__isnull=True, doing_at__isnull=True),
    "waiting": Q(doing_at__isnull=True),
    "doing": Q(doing_at__isnull=False, done_at__isnull=True),
    "undone": Q(done_at__isnull=True),
    "done": Q(done_at__isnull=False),
}
"""What a list of units is narrowed to."""
_COUNTS = {
    "units": Count("pk"), "told": Count("told_at"), "read": Count("read_at"), "phoned": Count("phoned_at"),
    "doing": Count("doing_at"), "done": Count("done_at"), "reached": Sum("reached"), "out_of": Sum("out_of"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Units of one office, officer or commune. `doing` counts those that are done too; `key` empty: not known."""

    key: str
    name: str
    units: int
    told: int
    read: int
    phoned: int
    doing: int
    done: int
    reached: int
    out_of: int

    @property
    def percent(self) -> float | None:
        """Share of units that are done; None without units."""
        return 100 * self.done / self.units if self.units else None


def total(rows: QuerySet[CampaignUnit]) -> Line:
    """All these units together."""
    return _line("", "", rows.aggregate(**_COUNTS))


def totals(rows: QuerySet[CampaignUnit], campaigns: Sequence[UUID]) -> dict[UUID, Line]:
    """The units of each campaign together, in one query; a campaign without units is left out."""
    found = rows.filter(campaign_id__in=campaigns).order_by().values("campaign_id").annotate(**_COUNTS)
    return {row["campaign_id"]: _line("", "", row) for row in found}


def lines(rows: QuerySet[CampaignUnit], *, by: str, on: date) -> list[Line]:
    """Per office, officer or commune (a key of BY), the least done first."""
    column = BY[by]
    found = [(str(row[column] or ""), row) for row in rows.order_by().values(column).annotate(**_COUNTS)]
    names = _names({key for key, _ in found if key}, by=by, on=on)
    made = [_line(key, names.get(key, key), row) for key, row in found]
    return sorted(made, key=lambda one: (one.percent or 0.0, one.name))


def narrowed(
    rows: QuerySet[CampaignUnit], *, by: str = "", key: str | None = None, state: str = ""
) -> QuerySet[CampaignUnit]:
    """Units of one line, and of one state (a key of STATES)."""
    if by in BY and key is not None:
        rows = rows.filter(**{BY[by]: key}) if key else rows.filter(Q(**{f"{BY[by]}__isnull": True}) | _empty(by))
    return rows.filter(STATES[state]) if state in STATES else rows


def _empty(by: str) -> Q:
    return Q(commune_code="") if by == "commune" else Q(pk__in=[])


NOTHING = Line("", "", 0, 0, 0, 0, 0, 0, 0, 0)


def _line(key: str, name: str, row: Mapping[str, int | None]) -> Line:
    return Line(key, name, **{part: int(row[part] or 0) for part in _COUNTS})


def _names(keys: set[str], *, by: str, on: date) -> dict[str, str]:
    match by:
        case "office":
            return {code: pick(one, "name") for code, one in office_names(keys).items()}
        case "officer":
            rows = Officer.objects.filter(pk__in=keys)
            return {str(one.pk): one.full_name for one in rows}
    ordered = sorted(keys)
    return dict(zip(ordered, in_lines([{"commune": code} for code in ordered], on=on), strict=True))
