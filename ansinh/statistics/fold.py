"""Facts added up to counts of days and months, each exactly once; and whether the counts equal a recount.

One transaction takes facts away and adds them to the counts: killed, it did neither. Rounds take turns by a lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from ansinh.statistics.fields import OTHER, POLICY, field_of_procedures
from ansinh.statistics.models_counts import MONTHLY

AT_ONCE: Final = 20_000
OF_A_BACKLOG: Final = 400_000
"""Facts of one round where everything is added up: a cell that many of them count for is written once."""
_LOCK: Final = 0x57A7

# Each fact counts for its office, the office's province and the country; for its procedure, its field and everything. A
# dossier of an office whose province is no more goes on: from then on it counts for what the province became.
IN_MONTHS: Final = """
SELECT date_trunc('month', fact.day)::date AS month, area.code AS area, service.slug AS service, fact.channel,
    fact.kind, fact.measure, fact.bucket, fact.n
FROM {facts} fact
LEFT JOIN offices_office office ON office.code = fact.office_code
LEFT JOIN (
    SELECT was.code, was.valid_to, became.code AS now
    FROM offices_province was JOIN offices_province became ON became.id = was.merged_into_id
    WHERE NOT EXISTS (SELECT FROM offices_province later WHERE later.code = was.code AND later.valid_from > was.valid_to)
) gone ON gone.code = office.province_code AND gone.valid_to < fact.day
LEFT JOIN unnest(%(slugs)s::text[], %(fields)s::text[]) known(slug, field) ON known.slug = fact.procedure
CROSS JOIN LATERAL (VALUES (fact.office_code), ('P' || coalesce(gone.now, office.province_code)), ('VN')) area(code)
CROSS JOIN LATERAL (VALUES (fact.procedure), ('@' || coalesce(known.field, %(other)s)), ('')) service(slug)
WHERE area.code IS NOT NULL AND fact.measure <> 'step'
"""
# By an array: a queue that was empty when it was last analysed is planned for one row, and two loops over a backlog of
# millions would never end.
FOLD: Final = f"""
WITH taken AS (
    DELETE FROM statistics_fact WHERE id = ANY (ARRAY(SELECT id FROM statistics_fact ORDER BY id LIMIT %(most)s))
    RETURNING day, office_code, procedure, channel, kind, measure, bucket, n
), days AS (
    INSERT INTO statistics_daycount AS count (day, office_code, procedure, channel, kind, measure, bucket, n)
    SELECT day, office_code, procedure, channel, kind, measure, bucket, sum(n) FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7
    HAVING sum(n) <> 0
    ON CONFLICT ON CONSTRAINT one_count_a_day_and_cell DO UPDATE SET n = count.n + excluded.n
), months AS (
    INSERT INTO statistics_monthcount AS count (month, area, service, channel, kind, measure, bucket, n)
    SELECT month, area, service, channel, kind, measure, bucket, sum(n) FROM ({IN_MONTHS.format(facts="taken")}) one
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
    ON CONFLICT ON CONSTRAINT one_count_a_month_and_cell DO UPDATE SET n = count.n + excluded.n
)
SELECT count(*) FROM taken
"""

_REBUILD: Final = """
WITH waiting AS (DELETE FROM statistics_fact), days AS (DELETE FROM statistics_daycount),
    months AS (DELETE FROM statistics_monthcount)
INSERT INTO statistics_fact (day, office_code, procedure, channel, kind, measure, bucket, n)
SELECT * FROM statistics_recount()
"""


@dataclass(frozen=True)
class Difference:
    """A cell whose count is not what a recount finds."""

    table: str
    cell: tuple[Any, ...]
    counted: int
    recounted: int

    def __str__(self) -> str:
        cell = " ".join(str(one) for one in self.cell if one != "")
        return f"{self.table} {cell}: {self.counted} ≠ {self.recounted}"


def mapping() -> dict[str, Any]:
    """Which field each procedure belongs to, as values of IN_MONTHS."""
    known = {**field_of_procedures(), MONTHLY: POLICY}
    return {"slugs": list(known), "fields": list(known.values()), "other": OTHER}


def fold(*, most: int = AT_ONCE) -> int:
    """Add up so many waiting facts; answers how many it were. None when another one folds just now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(FOLD, {"most": most, **mapping()})
        return int(cursor.fetchone()[0])


def fold_all() -> int:
    """Add up everything that waits."""
    done = 0
    while folded := fold(most=OF_A_BACKLOG):
        done += folded
    return done


def rebuild() -> None:
    """Count everything anew, for when an office moved to another province or a procedure to another field.

    What is filed meanwhile is not lost: its facts are not seen by this one statement and stay.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_REBUILD)
    fold_all()


_DAYS_DIFFER: Final = """
SELECT day, office_code, procedure, channel, kind, measure, bucket, sum(counted), sum(recounted) FROM (
    SELECT day, office_code, procedure, channel, kind, measure, bucket, n AS counted, 0 AS recounted
    FROM statistics_daycount
    UNION ALL
    SELECT day, office_code, procedure, channel, kind, measure, bucket, n, 0 FROM statistics_fact
    UNION ALL
    SELECT day, office_code, procedure, channel, kind, measure, bucket, 0, n FROM statistics_recount()
) both_ways GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(counted) <> sum(recounted) ORDER BY 1, 2, 3, 6, 7
"""
_MONTHS_DIFFER: Final = f"""
SELECT month, area, service, channel, kind, measure, bucket, sum(counted), sum(recounted) FROM (
    SELECT month, area, service, channel, kind, measure, bucket, n AS counted, 0 AS recounted
    FROM statistics_monthcount
    UNION ALL
    SELECT month, area, service, channel, kind, measure, bucket, n, 0
    FROM ({IN_MONTHS.format(facts="statistics_fact")}) waiting
    UNION ALL
    SELECT month, area, service, channel, kind, measure, bucket, 0, n
    FROM ({IN_MONTHS.format(facts="statistics_recount()")}) recounted
) both_ways GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(counted) <> sum(recounted) ORDER BY 1, 2, 3, 6, 7
"""


def differences() -> Iterator[Difference]:
    """Every cell in which counts and waiting facts together are not what a recount of all rows finds; nothing is
    repaired. Days and months are each compared in one statement, so that work going on meanwhile does not disturb.
    """
    with connection.cursor() as cursor:
        for table, query in (("day", _DAYS_DIFFER), ("month", _MONTHS_DIFFER)):
            cursor.execute(query, mapping())
            for *cell, counted, recounted in cursor.fetchall():
                shown = (one.isoformat() if isinstance(one, date) else one for one in cell)
                yield Difference(table, tuple(shown), int(counted), int(recounted))
