"""What organisations ask ends by an event of its own; it is a step too, or the desks that approve never work."""

from typing import Final

from django.db import migrations

_STEPS: Final = """('accepted', 'checked', 'proposed', 'controlled', 'approved', 'granted', 'refused',
            'registration_approved'{more})"""
_MORE: Final = ", 'organisation_approved'"
_SELECT: Final = """
        SELECT statistics_day(one.at), one.office_code, dossier.procedure, '', '', 'step', one.kind
        FROM {rows} one JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id
        WHERE one.kind IN {kinds}"""
_INTO: Final = "INSERT INTO statistics_fact (day, office_code, procedure, channel, kind, measure, bucket, n)"


def _counted(more: str) -> str:
    kinds = _STEPS.format(more=more)
    return "".join(
        f"""
CREATE OR REPLACE FUNCTION dossiers_dossierevent_{rows}_counted() RETURNS trigger LANGUAGE plpgsql
SET ansinh.viewer = 'house' AS $$
BEGIN
    {_INTO}
    SELECT fact.*, {sign}count(*) FROM ({_SELECT.format(rows=rows, kinds=kinds)}) fact GROUP BY 1, 2, 3, 4, 5, 6, 7;
    RETURN NULL;
END $$;
"""  # noqa: S608 - no value from outside
        for rows, sign in (("came", ""), ("went", "-"))
    )


_RECOUNT: Final = f"""
ALTER FUNCTION statistics_recount() RENAME TO statistics_recount_before_organisations;
CREATE FUNCTION statistics_recount()
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text, n bigint)
LANGUAGE sql STABLE SET ansinh.viewer = 'house' AS $$
    SELECT * FROM statistics_recount_before_organisations()
    UNION ALL
    SELECT fact.*, count(*) FROM (
        {_SELECT.format(rows="dossiers_dossierevent", kinds="('organisation_approved')")}
    ) fact GROUP BY 1, 2, 3, 4, 5, 6, 7
$$;
{_INTO} SELECT * FROM statistics_recount() WHERE measure = 'step' AND bucket = 'organisation_approved';
"""  # noqa: S608 - no value from outside
_FORGET: Final = """
DROP FUNCTION statistics_recount();
ALTER FUNCTION statistics_recount_before_organisations() RENAME TO statistics_recount;
DELETE FROM statistics_fact WHERE measure = 'step' AND bucket = 'organisation_approved';
DELETE FROM statistics_daycount WHERE measure = 'step' AND bucket = 'organisation_approved';
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0009_published_months")]

    operations = [migrations.RunSQL(_counted(_MORE) + _RECOUNT, _FORGET + _counted(""))]
