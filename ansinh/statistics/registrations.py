"""Registrations for electronic transactions by office and province, against a plan (R-077, R-174, R-191)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import frozen
from ansinh.offices.models import Level, Office
from ansinh.offices.queries import provinces, work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import VIETNAM
from ansinh.statistics.models import RegistrationPlan

PROCEDURES = ("dang-ky-gdt-ca-nhan", "dang-ky-gdt-duoi-18", "dang-ky-gdt-to-chuc")
STEERS = frozenset({Role.LEADER, Role.HEAD, Role.PROVINCIAL_DIRECTOR, Role.CENTRAL})
PLANS = frozenset({Role.LEADER, Role.PROVINCIAL_DIRECTOR})

# `wanted` holds, for each version of a registration, the papers that a counter must add before approval.
_COUNTED = """
WITH wanted AS (
    SELECT * FROM unnest(%(versions)s::uuid[], %(papers)s::int[]) AS one(version_id, papers)
), filed AS (
    SELECT dossier.chosen_office, coalesce(seen.office_code, dossier.chosen_office) AS completed_at, dossier.state,
        seen.verified_at, seen.approved_at, seen.app_guided,
        wanted.papers > (
            SELECT count(DISTINCT paper.requirement) FROM dossiers_dossierpaper paper
            WHERE paper.dossier_id = dossier.id AND paper.requirement = ANY(%(keys)s)
        ) AS lacks_papers
    FROM dossiers_dossier dossier
    JOIN wanted ON wanted.version_id = dossier.version_id
    LEFT JOIN casework_registrationcheck seen ON seen.dossier_id = dossier.id
    WHERE dossier.submitted_at >= %(begin)s AND dossier.submitted_at < %(end)s
)
SELECT office,
    sum(received), sum(waiting_for_papers), sum(waiting_for_approval), sum(approved), sum(came_from_elsewhere),
    sum(went_elsewhere), sum(guided)
FROM (
    SELECT chosen_office AS office, count(*) AS received,
        count(*) FILTER (WHERE state = 'submitted' AND lacks_papers) AS waiting_for_papers, 0 AS waiting_for_approval,
        0 AS approved, 0 AS came_from_elsewhere,
        count(*) FILTER (WHERE approved_at IS NOT NULL AND completed_at <> chosen_office) AS went_elsewhere, 0 AS guided
    FROM filed GROUP BY chosen_office
    UNION ALL
    SELECT completed_at, 0, 0,
        count(*) FILTER (WHERE state = 'submitted' AND verified_at IS NOT NULL AND NOT lacks_papers),
        count(*) FILTER (WHERE approved_at IS NOT NULL),
        count(*) FILTER (WHERE approved_at IS NOT NULL AND completed_at <> chosen_office), 0,
        count(*) FILTER (WHERE approved_at IS NOT NULL AND app_guided)
    FROM filed GROUP BY completed_at
) counted WHERE office = ANY(%(offices)s) GROUP BY office
"""


@dataclass(frozen=True)
class Counts:
    """Registrations filed in the days looked at. An approval counts for the office that completed it."""

    received: int = 0
    waiting_for_papers: int = 0
    waiting_for_approval: int = 0
    approved: int = 0
    came_from_elsewhere: int = 0
    went_elsewhere: int = 0
    guided: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True)
class Progress:
    """One office or the sum of several.

    `target` is the plan's share for the days looked at (None without a plan), `a_day` the approvals on a working day.
    """

    name_vi: str
    name_en: str
    counts: Counts
    target: int | None
    a_day: float
    code: str = ""

    @property
    def percent(self) -> int | None:
        """Approved of the target, in hundredths; no rounding reaches the target."""
        if not self.target:
            return None
        share = round(100 * self.counts.approved / self.target)
        return share if self.counts.approved >= self.target else min(share, 99)


@dataclass(frozen=True)
class InProvince:
    """The offices of one province that the viewer steers, and their sum."""

    offices: tuple[Progress, ...]
    total: Progress


def progress(*, viewer: OfficerActor, first: date, last: date) -> list[InProvince]:
    """Registrations filed from `first` to `last` at every office the viewer steers, by province. Raises NotAllowed."""
    offices = offices_steered_by(viewer)
    counts = _counts([one.code for one in offices], first=first, last=last)
    plans = _plans(counts, first=first, last=last)
    days = max(_working_days(first, last), 1)
    names = {one.code: one for one in provinces(on=last)}
    found = []
    for code, group in groupby(offices, key=lambda one: one.province_code):
        rows = tuple(
            Progress(
                one.name_vi,
                one.name_en,
                counts[one.code],
                plans.get(one.code),
                counts[one.code].approved / days,
                one.code,
            )
            for one in group
        )
        province = names.get(code)
        total = sum((row.counts for row in rows), Counts())
        targets = [row.target for row in rows if row.target is not None]
        name_vi, name_en = (province.name_vi, province.name_en) if province else (code, code)
        target = sum(targets) if targets else None
        found.append(InProvince(rows, Progress(name_vi, name_en, total, target, total.approved / days)))
    return found


def offices_steered_by(viewer: OfficerActor) -> list[Office]:
    """Own offices of who leads or heads; of a provincial office the whole province, of the centre the country."""
    own = {post.office_code for post in viewer.posts if post.role in STEERS}
    if not own:
        raise NotAllowed("not-steering", "Số liệu tiến độ dành cho lãnh đạo và trưởng bộ phận của cơ quan BHXH.")
    levels = dict(Office.objects.filter(code__in=own).values_list("code", "level"))
    every = Office.objects.filter(level__in=[Level.PROVINCE, Level.LOCAL])
    if Level.CENTRAL in levels.values():
        return list(every.order_by("province_code", "code"))
    provincial = [code for code, level in levels.items() if level == Level.PROVINCE]
    below = every.filter(parent_id__in=provincial) | every.filter(code__in=own)
    return list(below.order_by("province_code", "code"))


def set_plan(
    *, office_code: str, first: date, last: date, target: int, document: str, actor: OfficerActor, at: datetime
) -> RegistrationPlan:
    """Plan an office's approvals; a plan whose days overlap is replaced. Raises NotAllowed, Invalid."""
    leads = any(post.role in PLANS for post in actor.posts)
    if not leads or office_code not in {one.code for one in offices_steered_by(actor)}:
        raise NotAllowed("plan-not-yours", "Kế hoạch của cơ quan này do lãnh đạo cơ quan hoặc cấp trên đặt.")
    if last < first or target < 1:
        raise Invalid("plan-form", "Kế hoạch cần ngày cuối sau ngày đầu và chỉ tiêu từ 1 trở lên. Xin nhập lại.")
    if not document.strip():
        raise Invalid("plan-document", "Chưa có số, ngày văn bản giao kế hoạch. Xin nhập vào.")
    with transaction.atomic(), acting_as(actor.label):
        Office.objects.select_for_update().get(pk=office_code)
        overlapping = RegistrationPlan.objects.filter(
            office_code=office_code, replaced_at__isnull=True, from_day__lte=last, to_day__gte=first
        )
        overlapping.update(replaced_at=at)
        return RegistrationPlan.objects.create(
            office_code=office_code,
            from_day=first,
            to_day=last,
            target=target,
            document=document.strip()[:120],
            set_by_id=actor.officer_id,
            set_at=at,
        )


@as_the_house()  # numbers alone, of offices below too
def _counts(codes: list[str], *, first: date, last: date) -> dict[str, Counts]:
    papers = _papers_wanted()
    values: dict[str, Any] = {
        "versions": list(papers),
        "papers": [len(keys) for keys in papers.values()],
        "keys": sorted({key for keys in papers.values() for key in keys}),
        "begin": datetime.combine(first, time.min, VIETNAM),
        "end": datetime.combine(last + timedelta(days=1), time.min, VIETNAM),
        "offices": codes,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, values)
        found = {row[0]: Counts(*(int(value) for value in row[1:])) for row in cursor.fetchall()}
    return {code: found.get(code, Counts()) for code in codes}


def _papers_wanted() -> Mapping[Any, tuple[str, ...]]:
    versions = ProcedureVersion.objects.filter(slug__in=PROCEDURES).values_list("pk", flat=True)
    return {
        pk: tuple(one.key for one in frozen(pk).papers if one.required != "optional" and one.is_a_file)
        for pk in versions
    }


def _plans(offices: Iterable[str], *, first: date, last: date) -> dict[str, int]:
    """The share of each plan that falls on the working days looked at."""
    shares: dict[str, int] = {}
    for plan in RegistrationPlan.objects.filter(
        office_code__in=list(offices), replaced_at__isnull=True, from_day__lte=last, to_day__gte=first
    ):
        whole = _working_days(plan.from_day, plan.to_day)
        inside = _working_days(max(plan.from_day, first), min(plan.to_day, last))
        shares[plan.office_code] = shares.get(plan.office_code, 0) + round(plan.target * inside / max(whole, 1))
    return shares


def _working_days(first: date, last: date) -> int:
    calendar = work_calendar()
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
