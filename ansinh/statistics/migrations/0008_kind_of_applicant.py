"""Who filed is looked for among the accounts first: whoever has one is a person.

Whether there is such an organisation stands behind the deepest of the walls: asking takes 1.3 ms of processor each time
and 30 to plan, even where nothing of it is looked at. Most who file are persons with an account.
"""

from typing import Final

from django.db import migrations

_ACCOUNTS_FIRST: Final = """
CREATE OR REPLACE FUNCTION statistics_kind(owner uuid, procedure text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF procedure = 'dang-ky-gdt-to-chuc' THEN
        RETURN 'organisation';
    ELSIF EXISTS (SELECT FROM people_account one WHERE one.person_id = owner) THEN
        RETURN 'individual';
    ELSIF EXISTS (SELECT FROM people_organisation one WHERE one.id = owner) THEN
        RETURN 'organisation';
    END IF;
    RETURN 'individual';
END $$;
"""
_IN_ONE: Final = """
CREATE OR REPLACE FUNCTION statistics_kind(owner uuid, procedure text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN procedure = 'dang-ky-gdt-to-chuc'
                  OR EXISTS (SELECT FROM people_organisation one WHERE one.id = owner)
                THEN 'organisation' ELSE 'individual' END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("statistics", "0007_what_changed"), ("people", "0054_pages_of_payment")]

    operations = [migrations.RunSQL(_ACCOUNTS_FIRST, _IN_ONE)]
