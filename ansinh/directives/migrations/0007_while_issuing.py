"""Nothing is put with a letter that is just being issued: whoever tries waits, and then sees that it is issued.

The guard looked at the letter as it was when the statement began, and an insert that waited for the one who issues came
in after it.
"""

from typing import Final

from django.db import migrations

_GUARD: Final = """
CREATE OR REPLACE FUNCTION directives_part_of_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE letter uuid;
BEGIN
    letter := CASE TG_OP WHEN 'DELETE' THEN OLD.letter_id ELSE NEW.letter_id END;
    {wait}IF EXISTS (SELECT FROM directives_letter l WHERE l.id = letter AND l.state = 'issued')
        OR TG_OP = 'UPDATE' AND EXISTS (
            SELECT FROM directives_letter l WHERE l.id = OLD.letter_id AND l.state = 'issued'
        )
    THEN
        RAISE EXCEPTION 'an issued letter keeps its recipients and files' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
"""
_WAIT: Final = """PERFORM FROM directives_letter l
        WHERE l.id = letter OR TG_OP = 'UPDATE' AND l.id = OLD.letter_id ORDER BY l.id FOR SHARE;
    """


class Migration(migrations.Migration):
    dependencies = [("directives", "0006_campaigns")]

    operations = [migrations.RunSQL(_GUARD.format(wait=_WAIT), _GUARD.format(wait=""))]
