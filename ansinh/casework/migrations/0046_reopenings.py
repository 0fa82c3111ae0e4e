"""A closed dossier is opened again only with the row of its ground, and ends then only by a new signed decision."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, watch

ALLOWED: Final = """
CREATE FUNCTION casework_reopening_allowed() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM dossiers_dossier dossier JOIN casework_decision decision ON decision.dossier_id = dossier.id
        WHERE dossier.id = NEW.dossier_id AND dossier.state IN ('granted', 'refused')
            AND (dossier.state, dossier.closed_at, dossier.was_late)
                = (NEW.earlier_result, NEW.earlier_closed_at, NEW.earlier_was_late)
            AND decision.id = NEW.decision_id AND decision.state = 'signed'
    ) THEN
        RAISE EXCEPTION 'only a decided dossier is opened again, with the decision that is looked at'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM casework_decision WHERE id = NEW.decision_id AND proposed_by_id = NEW.decided_by_id) THEN
        RAISE EXCEPTION 'who proposed a decision does not open it again' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.complaint_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM casework_complaint WHERE id = NEW.complaint_id AND dossier_id = NEW.dossier_id
            AND state = 'answered' AND outcome IN ('upheld', 'partly')
    ) THEN
        RAISE EXCEPTION 'only a complaint of this dossier that was found right opens it again'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_reopening_allowed BEFORE INSERT ON casework_reopening
    FOR EACH ROW EXECUTE FUNCTION casework_reopening_allowed();
"""
NOT_ALLOWED: Final = """
DROP TRIGGER casework_reopening_allowed ON casework_reopening;
DROP FUNCTION casework_reopening_allowed();
"""

# A closed dossier opens, or ends in another state, only through a row; one that was opened again is never withdrawn:
# there is a result.
GROUND: Final = """
CREATE FUNCTION casework_no_ground_no_reopening() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NEW.state = 'withdrawn' AND OLD.closed_at IS NULL THEN
        RAISE EXCEPTION 'dossier % has a result that is looked at again: it is not withdrawn', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.closed_at IS NOT NULL OR NEW.reopened_at IS DISTINCT FROM OLD.reopened_at) AND NOT EXISTS (
        SELECT FROM casework_reopening WHERE dossier_id = NEW.id AND at = NEW.reopened_at
            AND earlier_closed_at = OLD.closed_at AND NEW.closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'dossier % is closed: it opens only with the row of its ground', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_no_ground_no_reopening BEFORE UPDATE OF state, closed_at, reopened_at ON dossiers_dossier
    FOR EACH ROW WHEN (
        OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.state <> OLD.state)
        OR NEW.reopened_at IS DISTINCT FROM OLD.reopened_at
        OR NEW.reopened_at IS NOT NULL AND NEW.state = 'withdrawn')
    EXECUTE FUNCTION casework_no_ground_no_reopening();
CREATE FUNCTION casework_new_round_ends() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_decision WHERE dossier_id = NEW.id AND state = 'signed' AND signed_at >= NEW.reopened_at
            AND kind = CASE NEW.state WHEN 'granted' THEN 'grant' ELSE 'refuse' END
    ) THEN
        RAISE EXCEPTION 'dossier % was opened again: it ends with a decision signed since', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER casework_new_round_ends AFTER UPDATE OF closed_at ON dossiers_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.reopened_at IS NOT NULL AND OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION casework_new_round_ends();
"""
NO_GROUND: Final = """
DROP TRIGGER casework_new_round_ends ON dossiers_dossier;
DROP FUNCTION casework_new_round_ends();
DROP TRIGGER casework_no_ground_no_reopening ON dossiers_dossier;
DROP FUNCTION casework_no_ground_no_reopening();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0045_complaints"),
        ("dossiers", "0123_reopened"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0003_signed_actor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reopening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(help_text="2: the second time the dossier is decided")),
                ("at", models.DateTimeField()),
                ("ground", models.CharField(help_text="code of the dated grounds", max_length=40)),
                ("ground_vi", models.CharField(max_length=200)),
                ("ground_en", models.CharField(max_length=200)),
                ("basis_vi", models.CharField(help_text="clause, as it was on that day", max_length=300)),
                ("quality", models.CharField(help_text="how sure the clause is", max_length=20)),
                ("why", models.CharField(help_text="as the applicant reads it", max_length=1000)),
                (
                    "document_number",
                    models.CharField(blank=True, help_text="judgment, minutes, answer to a complaint", max_length=60),
                ),
                ("document_day", models.DateField(blank=True, null=True)),
                ("limit_value", models.PositiveSmallIntegerField()),
                ("limit_unit", models.CharField(max_length=50)),
                ("earlier_result", models.CharField(max_length=24)),
                ("earlier_closed_at", models.DateTimeField()),
                ("earlier_was_late", models.BooleanField()),
                (
                    "office_code",
                    models.CharField(help_text="where the officer holds the post it was decided in", max_length=5),
                ),
                ("decided_title", models.CharField(max_length=200)),
                ("decided_capacity", models.CharField(blank=True, max_length=60)),
                (
                    "complaint",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopening",
                        to="casework.complaint",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        help_text="the earlier one",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="casework.decision",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["round"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "round"), name="reopened_once_a_round"),
                    models.UniqueConstraint(fields=("dossier", "earlier_closed_at"), name="reopened_once_a_closing"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), _negated=True),
                            models.Q(("ground_vi", ""), _negated=True),
                            models.Q(("basis_vi", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            ("limit_value__gt", 0),
                        ),
                        name="reopening_says_why",
                        violation_error_message="Mở lại hồ sơ phải có căn cứ, điều khoản, lý do và thời hạn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground", "complaint-upheld"), ("complaint__isnull", True), _connector="XOR"
                        ),
                        name="reopened_for_the_complaint_named",
                        violation_error_message="Mở lại theo khiếu nại thì phải nêu khiếu nại đã kết luận đúng.",
                    ),
                ],
            },
        ),
        watch("casework_reopening", "ground"),
        append_only("casework_reopening"),
        migrations.RunSQL(ALLOWED, NOT_ALLOWED),
        migrations.RunSQL(GROUND, NO_GROUND),
        migrations.RemoveConstraint(model_name="appliedeffect", name="effect_once"),
        migrations.AddConstraint(
            model_name="appliedeffect",
            constraint=models.UniqueConstraint(
                fields=("decision", "key", "row"),
                name="effect_once",
                violation_error_message="Kết quả này của hồ sơ đã được thực hiện rồi.",
            ),
        ),
    ]
