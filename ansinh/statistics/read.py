"""Counts of months read in one statement: what was added up and the facts that wait, so that nothing is late."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection

from ansinh.statistics.fold import IN_MONTHS, mapping

_COLUMNS: Final = frozenset({"month", "area", "service", "channel", "kind", "measure", "bucket"})
_WANTED: Final = """
area = ANY(%(areas)s) AND measure = ANY(%(measures)s) AND month BETWEEN %(first)s AND %(last)s
AND (service = ANY(%(services)s) OR %(each)s AND service <> '' AND service NOT LIKE '@%%')
"""
_READ: Final = f"""
SELECT {{by}}, sum(n)::bigint FROM (
    SELECT month, area, service, channel, kind, measure, bucket, n FROM statistics_monthcount WHERE {_WANTED}
    UNION ALL
    SELECT * FROM ({IN_MONTHS.format(facts="statistics_fact")}) waiting WHERE {_WANTED}
) cell GROUP BY {{by}} HAVING sum(n) <> 0
"""
EACH: Final = None
"""Every procedure by itself."""


def counts(
    *,
    areas: Collection[str],
    measures: Collection[str],
    first: date,
    last: date,
    by: Sequence[str],
    services: Collection[str] | None = ("",),
) -> dict[tuple[Any, ...], int]:
    """How many, told apart `by` these columns, from the month of `first` to the month of `last`.

    `services` are procedures, fields (`@policy`), everything together (empty), or EACH.
    """
    if unknown := set(by) - _COLUMNS:
        raise ValueError(f"no such column: {unknown}")
    values: dict[str, Any] = {
        "areas": list(areas),
        "measures": [str(one) for one in measures],
        "first": first.replace(day=1),
        "last": last.replace(day=1),
        "services": list(services or ()),
        "each": services is EACH,
        **mapping(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(by=", ".join(by)), values)
        return {tuple(cell): int(n) for *cell, n in cursor.fetchall()}


def days_of(
    *, offices: Collection[str], measure: str, first: date, last: date
) -> dict[tuple[date, str, str, str], int]:
    """Counts of single days: (day, office, procedure, bucket) → how many."""
    query = """
        SELECT day, office_code, procedure, bucket, sum(n)::bigint FROM (
            SELECT day, office_code, procedure, bucket, n FROM statistics_daycount
            WHERE office_code = ANY(%(offices)s) AND measure = %(measure)s AND day BETWEEN %(first)s AND %(last)s
            UNION ALL
            SELECT day, office_code, procedure, bucket, n FROM statistics_fact
            WHERE office_code = ANY(%(offices)s) AND measure = %(measure)s AND day BETWEEN %(first)s AND %(last)s
        ) cell GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
    """
    values: dict[str, Any] = {"offices": list(offices), "measure": str(measure), "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return {(day, office, procedure, bucket): int(n) for day, office, procedure, bucket, n in cursor.fetchall()}
