"""What was filed stays as it was filed, also for SQL: only the answers and rows an open request pinned change."""

from typing import Final

from django.db import migrations

# `whole`: answers pinned as a whole; `rows`: single rows of a table. Where a whole answer is pinned, its change may take
# questions away that hang on it, so an answer that was not pinned may lose parts, but it never says anything else.
# A dossier that is destroyed after its time loses everything.
GUARD: Final = r"""
CREATE FUNCTION dossiers_only_what_was_asked() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    whole text[];
    open_rows text[];
    other text;
BEGIN
    IF OLD.closed_at IS NOT NULL AND NEW.answers = '{}' THEN
        RETURN NEW;
    END IF;
    SELECT coalesce(array_agg(split_part(item.target, '.', 1)) FILTER (WHERE item.target !~ '^[a-z0-9_]+\['), '{}'),
           coalesce(array_agg(substring(item.target FROM '^[a-z0-9_]+\[[0-9]+\]'))
               FILTER (WHERE item.target ~ '^[a-z0-9_]+\['), '{}')
    INTO whole, open_rows
    FROM dossiers_supplementrequest request JOIN dossiers_supplementitem item ON item.request_id = request.id
    WHERE request.dossier_id = OLD.id AND request.answered_at IS NULL AND item.target_kind <> 'paper'
        AND OLD.state = 'waiting_for_applicant';
    SELECT key INTO other
    FROM (SELECT jsonb_object_keys(OLD.answers) UNION SELECT jsonb_object_keys(NEW.answers)) keys(key),
         LATERAL (SELECT OLD.answers -> key AS before, NEW.answers -> key AS after) answer
    WHERE before IS DISTINCT FROM after AND key <> ALL (whole)
        AND NOT (cardinality(whole) > 0 AND (after IS NULL OR coalesce(before @> after, false)))
        AND (coalesce(jsonb_typeof(before), '') <> 'array' OR coalesce(jsonb_typeof(after), '') <> 'array'
            OR jsonb_array_length(before) <> jsonb_array_length(after)
            OR EXISTS (
                SELECT FROM jsonb_array_elements(before) WITH ORDINALITY earlier(cells, place)
                JOIN jsonb_array_elements(after) WITH ORDINALITY later(cells, place) USING (place)
                WHERE earlier.cells IS DISTINCT FROM later.cells
                    AND format('%s[%s]', key, place - 1) <> ALL (open_rows)
            ))
    LIMIT 1;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'answer % of dossier % was not asked for', other, OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_only_what_was_asked BEFORE UPDATE OF answers ON dossiers_dossier
    FOR EACH ROW WHEN (OLD.answers IS DISTINCT FROM NEW.answers)
    EXECUTE FUNCTION dossiers_only_what_was_asked();
"""
UNGUARD: Final = """
DROP TRIGGER dossiers_only_what_was_asked ON dossiers_dossier;
DROP FUNCTION dossiers_only_what_was_asked();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0123_reopened")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
