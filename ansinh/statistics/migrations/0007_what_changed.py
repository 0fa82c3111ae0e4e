"""A dossier that goes on is counted by what changed: how it was filed stays as it was and is not counted both ways.

Whether the applicant is an organisation stands behind the deepest of the walls. Every step of a dossier asked it twice,
to subtract what it then added again.
"""

from typing import Final

from django.db import migrations

_SINCE: Final = """
CREATE FUNCTION statistics_since_filing(
    -- home office, procedure; submitted, accepted, closed at; state, was late, results due
    text, text, timestamptz, timestamptz, timestamptz, text, boolean, jsonb)
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text)
LANGUAGE sql STABLE AS $$
    SELECT statistics_day($4), $1, $2, '', '', 'accepted', '' WHERE $4 IS NOT NULL
    UNION ALL
    SELECT statistics_day($5), $1, $2, '', '', 'closed', $6 WHERE $5 IS NOT NULL
    UNION ALL
    SELECT statistics_day($5), $1, $2, '', '', 'in_time',
        CASE WHEN $7 THEN 'late' WHEN due.first IS NULL THEN 'no_limit'
             WHEN statistics_day($5)::text < due.first THEN 'early' ELSE 'on_time' END
    FROM (SELECT min(one ->> 'on') AS first FROM jsonb_array_elements($8) one) due
    WHERE $5 IS NOT NULL AND $6 IN ('granted', 'refused')
    UNION ALL
    SELECT statistics_day($5), $1, $2, '', '', 'days', (statistics_day($5) - statistics_day($3))::text
    WHERE $5 IS NOT NULL AND $6 IN ('granted', 'refused')
$$;
CREATE OR REPLACE FUNCTION statistics_of_dossier(
    text, text, text, uuid, timestamptz, timestamptz, timestamptz, text, boolean, jsonb)
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text)
LANGUAGE sql STABLE AS $$
    SELECT statistics_day($5), $1, $2, $3, statistics_kind($4, $2), 'filed', ''
    UNION ALL
    SELECT * FROM statistics_since_filing($1, $2, $5, $6, $7, $8, $9, $10)
$$;
"""
_COLUMNS: Final = {
    "statistics_of_dossier": (
        "home_office", "procedure", "channel", "owner_id", "submitted_at", "accepted_at", "closed_at", "state",
        "was_late", "results_due",
    ),
    "statistics_since_filing": (
        "home_office", "procedure", "submitted_at", "accepted_at", "closed_at", "state", "was_late", "results_due",
    ),
}  # fmt: skip


def _both_ways(function: str) -> str:
    old, new = (f"{function}({', '.join(f'{row}.{one}' for one in _COLUMNS[function])})" for row in ("OLD", "NEW"))
    return f"""
    INSERT INTO statistics_fact (day, office_code, procedure, channel, kind, measure, bucket, n)
    SELECT day, office_code, procedure, channel, kind, measure, bucket, sum(n) FROM (
        SELECT fact.*, -1 FROM {old} fact UNION ALL SELECT fact.*, 1 FROM {new} fact
    ) both_ways(day, office_code, procedure, channel, kind, measure, bucket, n)
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;"""  # noqa: S608 - no value from outside


def _counted(body: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION dossiers_dossier_change_counted() RETURNS trigger LANGUAGE plpgsql
SET ansinh.viewer = 'house' AS $$
BEGIN{body}
    RETURN NULL;
END $$;
"""


# Office of the number and procedure never change (0003).
_BY_WHAT_CHANGED: Final = _counted(f"""
    IF (OLD.channel, OLD.owner_id, OLD.submitted_at) IS NOT DISTINCT FROM (NEW.channel, NEW.owner_id, NEW.submitted_at)
    THEN{_both_ways("statistics_since_filing")}
    ELSE{_both_ways("statistics_of_dossier")}
    END IF;""")
_BACK: Final = """
CREATE OR REPLACE FUNCTION statistics_of_dossier(
    text, text, text, uuid, timestamptz, timestamptz, timestamptz, text, boolean, jsonb)
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text)
LANGUAGE sql STABLE AS $$
    SELECT statistics_day($5), $1, $2, $3, statistics_kind($4, $2), 'filed', ''
    UNION ALL
    SELECT statistics_day($6), $1, $2, '', '', 'accepted', '' WHERE $6 IS NOT NULL
    UNION ALL
    SELECT statistics_day($7), $1, $2, '', '', 'closed', $8 WHERE $7 IS NOT NULL
    UNION ALL
    SELECT statistics_day($7), $1, $2, '', '', 'in_time',
        CASE WHEN $9 THEN 'late' WHEN due.first IS NULL THEN 'no_limit'
             WHEN statistics_day($7)::text < due.first THEN 'early' ELSE 'on_time' END
    FROM (SELECT min(one ->> 'on') AS first FROM jsonb_array_elements($10) one) due
    WHERE $7 IS NOT NULL AND $8 IN ('granted', 'refused')
    UNION ALL
    SELECT statistics_day($7), $1, $2, '', '', 'days', (statistics_day($7) - statistics_day($5))::text
    WHERE $7 IS NOT NULL AND $8 IN ('granted', 'refused')
$$;
DROP FUNCTION statistics_since_filing(text, text, timestamptz, timestamptz, timestamptz, text, boolean, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0006_payments")]

    operations = [migrations.RunSQL(_SINCE + _BY_WHAT_CHANGED, _counted(_both_ways("statistics_of_dossier")) + _BACK)]
