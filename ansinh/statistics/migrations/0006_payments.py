"""Payments of benefits are counted by their last day, as they leave: one by one or a whole monthly list."""

from django.db import migrations

_PAID = """
    SELECT statistics_day(one.paid_at), one.office_code, coalesce(dossier.procedure, 'chi-tra-hang-thang'), '', '',
        'paid', CASE WHEN statistics_day(one.paid_at) > one.due_on THEN 'late' ELSE 'in_time' END
    FROM {rows} one LEFT JOIN dossiers_dossier dossier ON dossier.id = one.dossier_id
    WHERE one.direction = 'out' AND one.state = 'paid' AND one.due_on IS NOT NULL"""
_COLUMNS = "day, office_code, procedure, channel, kind, measure, bucket"
_INTO = f"INSERT INTO statistics_fact ({_COLUMNS}, n)"


def _trigger(event: str, rows: str, body: str) -> str:
    name = f"payments_order_{event.lower()}_counted"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$\n"
        f"BEGIN\n    {_INTO}\n{body};\n    RETURN NULL;\nEND $$;\n"
        f"CREATE TRIGGER {name} AFTER {event} ON payments_order REFERENCING {rows} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION {name}();\n"
    )


def _of(rows: str, sign: str) -> str:
    return f"SELECT fact.*, {sign}count(*) FROM ({_PAID.format(rows=rows)}) fact GROUP BY 1, 2, 3, 4, 5, 6, 7"


# What is given back by the bank after it was paid is taken back here, and counted anew when it is paid again.
_BUILD = (
    _trigger("INSERT", "NEW TABLE AS came", _of("came", ""))
    + _trigger("DELETE", "OLD TABLE AS went", _of("went", "-"))
    + _trigger(
        "UPDATE",
        "OLD TABLE AS went NEW TABLE AS came",
        f"    SELECT {_COLUMNS}, sum(n) FROM ({_of('went', '-')} UNION ALL {_of('came', '')})"
        f" both_ways({_COLUMNS}, n) GROUP BY {_COLUMNS} HAVING sum(n) <> 0",
    )
    + f"""
ALTER FUNCTION statistics_recount() RENAME TO statistics_recount_before_payments;
CREATE FUNCTION statistics_recount()
RETURNS TABLE (day date, office_code text, procedure text, channel text, kind text, measure text, bucket text, n bigint)
LANGUAGE sql STABLE SET ansinh.viewer = 'house' AS $$
    SELECT * FROM statistics_recount_before_payments()
    UNION ALL
    {_of("payments_order", "")}
$$;
"""
)
_FORGET = """
DROP FUNCTION statistics_recount();
ALTER FUNCTION statistics_recount_before_payments() RENAME TO statistics_recount;
DROP FUNCTION payments_order_insert_counted() CASCADE;
DROP FUNCTION payments_order_delete_counted() CASCADE;
DROP FUNCTION payments_order_update_counted() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0005_reopened"), ("payments", "0009_due_days")]

    operations = [migrations.RunSQL(_BUILD, _FORGET)]
