"""Dossiers opened again are counted on their day by ground. Closed they are once: at the result that stands.

What a closing counted is taken back by the dossier's own trigger when it opens again, also in a month long past, and
counted anew when it is decided: so every sum stays equal to a recount. Reopenings only grow.
"""

import re
from typing import Final

from django.db import migrations

_REOPENED: Final = """
        SELECT statistics_day(one.at), dossier.home_office, dossier.procedure, '', '', 'reopened', one.ground
        FROM {rows} one JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id"""
_SQL: Final = """
CREATE FUNCTION casework_reopening_came_counted() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    INSERT INTO statistics_fact (day, office_code, procedure, channel, kind, measure, bucket, n)
    SELECT fact.*, count(*) FROM (<reopened came>) fact GROUP BY 1, 2, 3, 4, 5, 6, 7;
    RETURN NULL;
END $$;
CREATE TRIGGER casework_reopening_came_counted AFTER INSERT ON casework_reopening
    REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION casework_reopening_came_counted();
ALTER FUNCTION statistics_recount() RENAME TO statistics_recount_before_reopenings;
CREATE FUNCTION statistics_recount()
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text, n bigint)
LANGUAGE sql STABLE SET ansinh.viewer = 'house' AS $$
    SELECT * FROM statistics_recount_before_reopenings()
    UNION ALL
    SELECT fact.*, count(*) FROM (<reopened casework_reopening>) fact GROUP BY 1, 2, 3, 4, 5, 6, 7
$$;
"""
_COUNT: Final = re.sub("<reopened ([a-z_]+)>", lambda rows: _REOPENED.replace("{rows}", rows[1]), _SQL)
_FORGET: Final = """
DROP FUNCTION statistics_recount();
ALTER FUNCTION statistics_recount_before_reopenings() RENAME TO statistics_recount;
DROP TRIGGER casework_reopening_came_counted ON casework_reopening;
DROP FUNCTION casework_reopening_came_counted();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0004_targets"),
        ("casework", "0046_reopenings"),
    ]

    operations = [migrations.RunSQL(_COUNT, _FORGET)]
