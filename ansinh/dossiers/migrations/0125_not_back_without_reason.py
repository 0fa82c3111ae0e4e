"""What would return a dossier or stop its clock past the pinned reasons is refused too, also to SQL.

A request that was answered is never open again, a dossier is accepted once, and what was accepted does not go back to
waiting for what comes before acceptance.
"""

from typing import Final

from django.db import migrations

GUARD: Final = """
CREATE FUNCTION dossiers_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'supplement request % was answered: the next one needs a superior', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dossiers_answered_once BEFORE UPDATE OF answered_at ON dossiers_supplementrequest FOR EACH ROW
    WHEN (OLD.answered_at IS NOT NULL AND NEW.answered_at IS DISTINCT FROM OLD.answered_at)
    EXECUTE FUNCTION dossiers_answered_once();
CREATE FUNCTION dossiers_accepted_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'dossier % was accepted: it does not go back to before', OLD.number
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dossiers_accepted_once BEFORE UPDATE OF state, accepted_at ON dossiers_dossier FOR EACH ROW
    WHEN (OLD.accepted_at IS NOT NULL AND (NEW.accepted_at IS DISTINCT FROM OLD.accepted_at
        OR NEW.state <> OLD.state AND NEW.state IN ('submitted', 'waiting_for_originals', 'waiting_for_payment')))
    EXECUTE FUNCTION dossiers_accepted_once();
"""
UNGUARD: Final = """
DROP TRIGGER dossiers_accepted_once ON dossiers_dossier;
DROP FUNCTION dossiers_accepted_once();
DROP TRIGGER dossiers_answered_once ON dossiers_supplementrequest;
DROP FUNCTION dossiers_answered_once();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0124_only_what_was_asked")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
