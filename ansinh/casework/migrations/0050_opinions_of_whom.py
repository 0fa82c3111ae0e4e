"""Who asks for an opinion, of whom, and who answers or takes back: what the pages check the database checks as well."""

from typing import Final

from django.db import migrations

# An officer works at an office on a day by an assignment of one's own: a deputy has one at the same office. The account
# the transaction is told is that of whoever uses the pages; the program's own work has none.
WORKS_AT: Final = """
CREATE FUNCTION casework_works_at(officer uuid, office text, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT EXISTS (
        SELECT FROM people_assignment post
        WHERE post.officer_id = officer AND post.office_code = office
            AND post.valid_from <= (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            AND coalesce(post.valid_to, 'infinity') >= (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            AND coalesce(post.ended_at, 'infinity') >= moment
    )
$$;
CREATE FUNCTION casework_is_the_viewer(officer uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('ansinh.account', true), '') IS NULL OR EXISTS (
        SELECT FROM people_officer
        WHERE id = officer AND account_id = nullif(current_setting('ansinh.account', true), '')::uuid
    )
$$;
"""
GUARD: Final = """
CREATE FUNCTION casework_opinion_of_whom() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
DECLARE
    office text;
    closed timestamptz;
    offices text[] := string_to_array(nullif(current_setting('ansinh.offices', true), ''), ',');
BEGIN
    SELECT office_code, closed_at INTO office, closed FROM dossiers_dossier WHERE id = NEW.dossier_id;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'an opinion about a decided dossier' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'asked' OR NEW.office_code <> office OR NOT casework_is_the_viewer(NEW.asked_by_id)
            OR NOT casework_works_at(NEW.asked_by_id, office, NEW.asked_at) THEN
            RAISE EXCEPTION 'an opinion is asked by an officer of the office that has the dossier'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.to_officer_id IS NOT NULL AND (NEW.to_officer_id = NEW.asked_by_id OR NOT casework_works_at(
            NEW.to_officer_id, coalesce(nullif(NEW.to_office, ''), office), NEW.asked_at)) THEN
            RAISE EXCEPTION 'an opinion is asked of a colleague who works at the office named'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.state = 'withdrawn' THEN
        IF offices IS NOT NULL AND office <> ALL (offices) THEN
            RAISE EXCEPTION 'a question is taken back by the office that has the dossier'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NOT casework_is_the_viewer(NEW.answered_by_id) THEN
        RAISE EXCEPTION 'an opinion is given by the officer who says so' USING ERRCODE = 'check_violation';
    ELSIF NEW.to_officer_id IS NULL THEN
        IF NOT casework_works_at(NEW.answered_by_id, office, NEW.answered_at) THEN
            RAISE EXCEPTION 'the letter of another agency is entered by the office that has the dossier'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.answered_by_id <> NEW.to_officer_id THEN
        RAISE EXCEPTION 'an opinion is given by whoever was asked' USING ERRCODE = 'check_violation';
    ELSIF NEW.to_office = '' THEN
        IF NOT casework_works_at(NEW.to_officer_id, office, NEW.answered_at) THEN
            RAISE EXCEPTION 'an opinion is given while one works at the office' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF office <> NEW.office_code OR NOT casework_works_at(NEW.to_officer_id, NEW.to_office, NEW.answered_at)
        OR (NEW.answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date > NEW.wanted_by THEN
        RAISE EXCEPTION 'the question to another office is over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_opinion_asked BEFORE INSERT ON casework_opinion
    FOR EACH ROW EXECUTE FUNCTION casework_opinion_of_whom();
CREATE TRIGGER casework_opinion_given BEFORE UPDATE OF state ON casework_opinion
    FOR EACH ROW WHEN (OLD.state = 'asked' AND NEW.state <> 'asked') EXECUTE FUNCTION casework_opinion_of_whom();
"""
UNGUARD: Final = """
DROP TRIGGER casework_opinion_given ON casework_opinion;
DROP TRIGGER casework_opinion_asked ON casework_opinion;
DROP FUNCTION casework_opinion_of_whom();
DROP FUNCTION casework_is_the_viewer(uuid);
DROP FUNCTION casework_works_at(uuid, text, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0049_opinions_elsewhere"),
        ("dossiers", "0123_reopened"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.RunSQL(WORKS_AT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
