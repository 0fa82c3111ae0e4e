"""What is issued stays as it is: the letter, its recipients and files; steps of a delivery only grow."""

from django.db import migrations

from ansinh.platform.audit import append_only, fixed_but, watch

_FINAL = """
CREATE FUNCTION directives_letter_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'issued' AND (
        TG_OP = 'DELETE' OR OLD.pdf_sha256 <> ''
        OR to_jsonb(NEW) - '{pdf_sha256,pdf_size}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{pdf_sha256,pdf_size}'::text[]
    ) THEN
        RAISE EXCEPTION 'an issued letter is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER directives_letter_final BEFORE UPDATE OR DELETE ON directives_letter
    FOR EACH ROW EXECUTE FUNCTION directives_letter_final();
CREATE FUNCTION directives_part_of_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE letter uuid;
BEGIN
    letter := CASE TG_OP WHEN 'DELETE' THEN OLD.letter_id ELSE NEW.letter_id END;
    IF EXISTS (SELECT FROM directives_letter l WHERE l.id = letter AND l.state = 'issued')
        OR TG_OP = 'UPDATE' AND EXISTS (
            SELECT FROM directives_letter l WHERE l.id = OLD.letter_id AND l.state = 'issued'
        )
    THEN
        RAISE EXCEPTION 'an issued letter keeps its recipients and files' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER directives_recipient_final BEFORE INSERT OR UPDATE OR DELETE ON directives_recipient
    FOR EACH ROW EXECUTE FUNCTION directives_part_of_final();
CREATE TRIGGER directives_attachment_final BEFORE INSERT OR UPDATE OR DELETE ON directives_attachment
    FOR EACH ROW EXECUTE FUNCTION directives_part_of_final();
"""
_NOT_FINAL = """
DROP TRIGGER directives_attachment_final ON directives_attachment;
DROP TRIGGER directives_recipient_final ON directives_recipient;
DROP FUNCTION directives_part_of_final();
DROP TRIGGER directives_letter_final ON directives_letter;
DROP FUNCTION directives_letter_final();
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_letters"), ("platform", "0003_signed_actor")]

    operations = [
        migrations.RunSQL(_FINAL, _NOT_FINAL),
        watch("directives_letter"),
        append_only("directives_deliveryevent"),
        fixed_but(
            "directives_delivery", "acknowledged_at", "read_at", "phoned_at", "confirmed_at", "reminded_on",
        ),
    ]  # fmt: skip
