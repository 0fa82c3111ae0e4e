"""Facts of the statistics, inserted by triggers: also by raw SQL, COPY and bulk writes.

Rows that come or go are counted a statement at a time, so that a COPY of twenty thousand adds few facts. Each function
looks as the house: what is counted does not depend on who acts.
"""

from django.db import migrations

_DAY = """
CREATE FUNCTION statistics_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$;
"""

_KIND = """
CREATE FUNCTION statistics_kind(owner uuid, procedure text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN procedure = 'dang-ky-gdt-to-chuc'
                  OR EXISTS (SELECT FROM people_organisation one WHERE one.id = owner)
                THEN 'organisation' ELSE 'individual' END
$$;
"""

# Withdrawn dossiers are closed, but have no result: they were neither late nor did they take so many days.
_OF_DOSSIER = """
CREATE FUNCTION statistics_of_dossier(
    -- home office, procedure, channel, owner; submitted, accepted, closed at; state, was late, results due
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
"""


def _of(row: str) -> str:
    """The facts of a dossier's row."""
    return (
        f"statistics_of_dossier({row}.home_office, {row}.procedure, {row}.channel, {row}.owner_id, {row}.submitted_at,"
        f" {row}.accepted_at, {row}.closed_at, {row}.state, {row}.was_late, {row}.results_due)"
    )


_STEPS = "('accepted', 'checked', 'proposed', 'controlled', 'approved', 'granted', 'refused', 'registration_approved')"
_OTHERS = {
    "dossiers_supplementrequest": """
        SELECT statistics_day(one.asked_at), dossier.home_office, dossier.procedure, '', '', 'returned',
            one.round::text
        FROM {rows} one JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id""",
    "dossiers_supplementitem": """
        SELECT statistics_day(request.asked_at), dossier.home_office, dossier.procedure, '', '', 'return_reason',
            one.reason_code
        FROM {rows} one JOIN dossiers_supplementrequest request ON request.id = one.request_id
        JOIN dossiers_dossier dossier ON dossier.id = request.dossier_id""",
    "casework_decision": """
        SELECT statistics_day(one.signed_at), dossier.home_office, dossier.procedure, '', '', 'refusal_reason',
            left(reason ->> 'code', 60)
        FROM {rows} one JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id
        CROSS JOIN LATERAL jsonb_array_elements(one.reasons) reason
        WHERE one.kind = 'refuse' AND one.state = 'signed'""",
    "casework_appliedeffect": """
        SELECT statistics_day(one.at), dossier.home_office, dossier.procedure, '', '', 'payment_form', form.way
        FROM {rows} one JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id
        CROSS JOIN LATERAL jsonb_array_elements_text(
            CASE WHEN jsonb_typeof(one.made -> 'forms') = 'array' THEN one.made -> 'forms' END) form(way)
        WHERE one.does = 'payment_form_changed'""",
    "dossiers_dossierevent": f"""
        SELECT statistics_day(one.at), one.office_code, dossier.procedure, '', '', 'step', one.kind
        FROM {{rows}} one JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id
        WHERE one.kind IN {_STEPS}""",
}
"""What rows of other tables add; a dossier's home office and procedure never change (guarded below)."""
_FIXED_COLUMNS = {
    "dossiers_supplementrequest": ("dossier_id", "asked_at", "round"),
    "dossiers_supplementitem": ("request_id", "reason_code"),
    "casework_decision": ("dossier_id", "kind", "state", "reasons", "signed_at"),
}
"""Columns of rows that may still be updated which say what is counted; the other tables only grow."""
_INTO = "INSERT INTO statistics_fact (day, office_code, procedure, channel, kind, measure, bucket, n)"


def _function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$\n"
        f"BEGIN\n{body}    RETURN NULL;\nEND $$;\n"
    )


def _came_or_went(table: str, counted: str) -> str:
    """Triggers for rows of a statement that came or went; `counted` selects the facts of `{rows}`."""
    parts = []
    for event, rows, sign, old_or_new in (("INSERT", "came", "", "NEW"), ("DELETE", "went", "-", "OLD")):
        name = f"{table}_{rows}_counted"
        select = counted.format(rows=rows)
        body = f"    {_INTO}\n    SELECT fact.*, {sign}count(*) FROM ({select}) fact GROUP BY 1, 2, 3, 4, 5, 6, 7;\n"
        parts.append(
            f"{_function(name, body)}CREATE TRIGGER {name} AFTER {event} ON {table}"
            f" REFERENCING {old_or_new} TABLE AS {rows} FOR EACH STATEMENT EXECUTE FUNCTION {name}();\n"
        )
    return "".join(parts)


def _changed(table: str, columns: tuple[str, ...], counted: str) -> str:
    """A trigger for a row whose counted columns change: what it was is taken back."""
    name = f"{table}_change_counted"
    old, new = (counted.format(rows=f"(SELECT {row}.*)") for row in ("OLD", "NEW"))
    body = (
        f"    {_INTO}\n    SELECT day, office_code, procedure, channel, kind, measure, bucket, sum(n) FROM (\n"
        f"        SELECT fact.*, -1 FROM ({old}) fact UNION ALL SELECT fact.*, 1 FROM ({new}) fact\n"
        "    ) both_ways(day, office_code, procedure, channel, kind, measure, bucket, n)\n"
        "    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;\n"
    )
    listed = ", ".join(columns)
    differs = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)
    return (
        f"{_function(name, body)}CREATE TRIGGER {name} AFTER UPDATE OF {listed} ON {table}"
        f" FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION {name}();\n"
    )


# A request that is moved to another day takes its items with it.
_REQUEST_MOVED = _function(
    "dossiers_supplementrequest_items_counted",
    f"""    {_INTO}
    SELECT day.one, dossier.home_office, dossier.procedure, '', '', 'return_reason', item.reason_code, day.n
    FROM dossiers_supplementitem item
    CROSS JOIN LATERAL (VALUES (OLD.dossier_id, statistics_day(OLD.asked_at), -1),
        (NEW.dossier_id, statistics_day(NEW.asked_at), 1)) day(dossier_id, one, n)
    JOIN dossiers_dossier dossier ON dossier.id = day.dossier_id
    WHERE item.request_id = NEW.id;
""",
) + (
    "CREATE TRIGGER dossiers_supplementrequest_items_counted AFTER UPDATE OF asked_at, dossier_id"
    " ON dossiers_supplementrequest FOR EACH ROW"
    " WHEN (OLD.asked_at IS DISTINCT FROM NEW.asked_at OR OLD.dossier_id IS DISTINCT FROM NEW.dossier_id)"
    " EXECUTE FUNCTION dossiers_supplementrequest_items_counted();\n"
)

_DOSSIER_COLUMNS = ("channel", "owner_id", "submitted_at", "accepted_at", "closed_at")
_WHEN_CLOSED = ("state", "was_late", "results_due")


def _dossier_changed() -> str:
    name = "dossiers_dossier_change_counted"
    body = f"""    {_INTO}
    SELECT day, office_code, procedure, channel, kind, measure, bucket, sum(n) FROM (
        SELECT fact.*, -1 FROM {_of("OLD")} fact UNION ALL SELECT fact.*, 1 FROM {_of("NEW")} fact
    ) both_ways(day, office_code, procedure, channel, kind, measure, bucket, n)
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0;
"""
    differs = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in _DOSSIER_COLUMNS)
    closed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in _WHEN_CLOSED)
    return (
        f"{_function(name, body)}CREATE TRIGGER {name}"
        f" AFTER UPDATE OF {', '.join(_DOSSIER_COLUMNS + _WHEN_CLOSED)} ON dossiers_dossier FOR EACH ROW"
        f" WHEN ({differs} OR NEW.closed_at IS NOT NULL AND ({closed})) EXECUTE FUNCTION {name}();\n"
    )


# The number, the counts and the papers rest on them.
_STAYS = """
CREATE FUNCTION dossiers_dossier_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the office in the number and the procedure of a dossier never change'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dossiers_dossier_stays BEFORE UPDATE OF home_office, procedure ON dossiers_dossier FOR EACH ROW
    WHEN (OLD.home_office IS DISTINCT FROM NEW.home_office OR OLD.procedure IS DISTINCT FROM NEW.procedure)
    EXECUTE FUNCTION dossiers_dossier_stays();
"""

# Who filed is an organisation from when it is registered; its earlier filings change their kind with it.
_ORGANISATIONS = "".join(
    _function(
        f"people_organisation_{rows}_counted",
        f"""    {_INTO}
    SELECT statistics_day(dossier.submitted_at), dossier.home_office, dossier.procedure, dossier.channel, kind.name,
        'filed', '', sum(kind.n)
    FROM {rows} one JOIN dossiers_dossier dossier ON dossier.owner_id = one.id
    CROSS JOIN (VALUES ('organisation', {sign}1), ('individual', -({sign}1))) kind(name, n)
    WHERE dossier.procedure <> 'dang-ky-gdt-to-chuc'
    GROUP BY 1, 2, 3, 4, 5;
""",
    )
    + f"CREATE TRIGGER people_organisation_{rows}_counted AFTER {event} ON people_organisation"
    f" REFERENCING {old_or_new} TABLE AS {rows} FOR EACH STATEMENT"
    f" EXECUTE FUNCTION people_organisation_{rows}_counted();\n"
    for event, rows, sign, old_or_new in (("INSERT", "came", "", "NEW"), ("DELETE", "went", "-", "OLD"))
)

_ALL = "\n    UNION ALL ".join(
    [
        f"SELECT fact.* FROM dossiers_dossier dossier CROSS JOIN LATERAL {_of('dossier')} fact",
        *(select.format(rows=table) for table, select in _OTHERS.items()),
    ]
)
_RECOUNT = f"""
CREATE FUNCTION statistics_recount()
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text, n bigint)
LANGUAGE sql STABLE SET ansinh.viewer = 'house' AS $$
    SELECT fact.*, count(*) FROM (
    {_ALL}
    ) fact GROUP BY 1, 2, 3, 4, 5, 6, 7
$$;
"""

_BUILD = "".join(
    [
        _DAY,
        _KIND,
        _OF_DOSSIER,
        _STAYS,
        _came_or_went("dossiers_dossier", f"SELECT fact.* FROM {{rows}} one CROSS JOIN LATERAL {_of('one')} fact"),
        _dossier_changed(),
        *(_came_or_went(table, select) for table, select in _OTHERS.items()),
        *(_changed(table, columns, _OTHERS[table]) for table, columns in _FIXED_COLUMNS.items()),
        _REQUEST_MOVED,
        _ORGANISATIONS,
        _RECOUNT,
    ]
)
_COUNT_WHAT_IS_THERE = f"{_INTO} SELECT * FROM statistics_recount();"
_FUNCTIONS = [
    *(f"{table}_{rows}_counted()" for table in ("dossiers_dossier", "people_organisation", *_OTHERS)
      for rows in ("came", "went")),
    *(f"{table}_change_counted()" for table in ("dossiers_dossier", *_FIXED_COLUMNS)),
    "dossiers_supplementrequest_items_counted()",
    "dossiers_dossier_stays()",
]  # fmt: skip
_FORGET = "".join(f"DROP FUNCTION {name} CASCADE;\n" for name in _FUNCTIONS) + (
    "DROP FUNCTION statistics_recount();\n"
    "DROP FUNCTION statistics_of_dossier(text, text, text, uuid, timestamptz, timestamptz, timestamptz, text, boolean,"
    " jsonb);\n"
    "DROP FUNCTION statistics_kind(uuid, text);\nDROP FUNCTION statistics_day(timestamptz);\n"
)


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0002_counts"),
        ("casework", "0012_by_rule"),
        ("dossiers", "0092_waiting_for_payment"),
        ("people", "0054_pages_of_payment"),
        ("walls", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(_BUILD, _FORGET),
        migrations.RunSQL(_COUNT_WHAT_IS_THERE, migrations.RunSQL.noop),
    ]
