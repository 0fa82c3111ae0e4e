"""No reason, no return, also for SQL: what a request and its items must have, and that they are never rewritten."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

from ansinh.platform.audit import fixed_but

# The clauses as they stood in the list of reasons until now; an unknown code gets the clause of all of them.
CLAUSES: Final = """
UPDATE dossiers_supplementitem SET
    clause = CASE
        WHEN reason_code LIKE 'paper-%' THEN 'Thành phần hồ sơ của thủ tục; Nghị định 118/2025/NĐ-CP'
        WHEN reason_code IN ('answer-differs-from-registry', 'bank-account-not-holder') THEN 'Luật 41/2024/QH15'
        ELSE 'Nghị định 118/2025/NĐ-CP' END,
    good = CASE WHEN good = '' THEN wrong ELSE good END;
"""

# Looked at when the transaction ends. A registration of a person waits for nobody's photograph: any
# counter completes it.
PINNED: Final = """
CREATE FUNCTION dossiers_no_reason_no_return() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM dossiers_dossier WHERE id = NEW.id AND state = 'waiting_for_applicant') THEN
        RETURN NULL;
    END IF;
    IF NEW.procedure IN ('dang-ky-gdt-ca-nhan', 'dang-ky-gdt-duoi-18') THEN
        RAISE EXCEPTION 'registration % is never returned: the counter adds what is missing', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM dossiers_supplementrequest request JOIN dossiers_supplementitem item ON item.request_id = request.id
        WHERE request.dossier_id = NEW.id AND request.answered_at IS NULL
    ) THEN
        RAISE EXCEPTION 'dossier % is returned without a pinned reason', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dossiers_no_reason_no_return AFTER INSERT OR UPDATE OF state ON dossiers_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'waiting_for_applicant')
    EXECUTE FUNCTION dossiers_no_reason_no_return();
"""
UNPINNED: Final = """
DROP TRIGGER dossiers_no_reason_no_return ON dossiers_dossier;
DROP FUNCTION dossiers_no_reason_no_return();
"""

ROUNDS: Final = """
CREATE FUNCTION dossiers_rounds() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NEW.round <> 1 + (SELECT count(*) FROM dossiers_supplementrequest WHERE dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'supplement round % is not the next one', NEW.round USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.round > 1 AND (NEW.approved_by_id IS NULL OR NEW.approved_at IS NULL OR NEW.why_again = ''
        OR NEW.approved_by_id = NEW.asked_by_id) THEN
        RAISE EXCEPTION 'supplement round % needs a superior and why', NEW.round USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_rounds BEFORE INSERT ON dossiers_supplementrequest
    FOR EACH ROW EXECUTE FUNCTION dossiers_rounds();
CREATE FUNCTION dossiers_items_with_request() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM dossiers_supplementitem WHERE request_id = NEW.id) THEN
        RAISE EXCEPTION 'supplement request % asks for nothing', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dossiers_items_with_request AFTER INSERT ON dossiers_supplementrequest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dossiers_items_with_request();
"""
NO_ROUNDS: Final = """
DROP TRIGGER dossiers_items_with_request ON dossiers_supplementrequest;
DROP FUNCTION dossiers_items_with_request();
DROP TRIGGER dossiers_rounds ON dossiers_supplementrequest;
DROP FUNCTION dossiers_rounds();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0094_handler"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="supplementitem", name="no_reason_no_return"),
        migrations.AddField(
            model_name="supplementitem",
            name="clause",
            field=models.TextField(db_default="", default="", help_text="of the law, as it was when it was asked"),
        ),
        migrations.AlterField(
            model_name="supplementitem",
            name="target_kind",
            field=models.CharField(
                choices=[("field", "Mục khai"), ("row", "Dòng"), ("paper", "Giấy tờ")], max_length=5
            ),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                help_text="the superior who let a second round be",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.officer",
            ),
        ),
        migrations.AddField(
            model_name="supplementrequest", name="approved_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="why_again",
            field=models.TextField(blank=True, db_default="", default="", help_text="why once more"),
        ),
        migrations.RunSQL("SET LOCAL ansinh.viewer = 'house'", migrations.RunSQL.noop),
        migrations.RunSQL(CLAUSES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="supplementitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("target", ""), _negated=True),
                    models.Q(("reason_code", ""), _negated=True),
                    models.Q(("clause", ""), _negated=True),
                    models.Q(("wrong", ""), _negated=True),
                    models.Q(("good", ""), _negated=True),
                ),
                name="no_reason_no_return",
                violation_error_message="Mỗi yêu cầu bổ sung phải chỉ rõ chỗ nào, vì sao, theo điều khoản nào, "
                "sai ở đâu và thế nào là đúng.",
            ),
        ),
        fixed_but("dossiers_supplementitem", "answered", "kept"),
        fixed_but("dossiers_supplementrequest", "answered_at", "letter_sha256"),
        migrations.RunSQL(ROUNDS, NO_ROUNDS),
        migrations.RunSQL(PINNED, UNPINNED),
    ]
