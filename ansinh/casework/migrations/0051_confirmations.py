"""A new round ends by a decision signed since, or by the row that says the earlier result stands."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only

ALLOWED: Final = """
CREATE FUNCTION casework_confirmation_allowed() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_reopening opened JOIN dossiers_dossier dossier ON dossier.id = opened.dossier_id
        WHERE opened.id = NEW.reopening_id AND dossier.id = NEW.dossier_id AND dossier.reopened_at = opened.at
            AND dossier.state = 'in_progress' AND dossier.closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'only a result that is looked at now is found to stand' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM casework_reopening opened JOIN casework_decision decision ON decision.id = opened.decision_id
        WHERE opened.id = NEW.reopening_id AND decision.proposed_by_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'who proposed a decision does not confirm it' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM casework_reopening opened
        JOIN casework_appliedeffect effect ON effect.decision_id = opened.decision_id
        JOIN casework_effectreversal undone ON undone.effect_id = effect.id
        WHERE opened.id = NEW.reopening_id
    ) THEN
        RAISE EXCEPTION 'something of this result was undone: it does not stand as it was'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_confirmation_allowed BEFORE INSERT ON casework_confirmation
    FOR EACH ROW EXECUTE FUNCTION casework_confirmation_allowed();
"""
NOT_ALLOWED: Final = """
DROP TRIGGER casework_confirmation_allowed ON casework_confirmation;
DROP FUNCTION casework_confirmation_allowed();
"""
_ENDS: Final = """
CREATE OR REPLACE FUNCTION casework_new_round_ends() RETURNS trigger
LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_decision WHERE dossier_id = NEW.id AND state = 'signed' AND signed_at >= NEW.reopened_at
            AND kind = CASE NEW.state WHEN 'granted' THEN 'grant' ELSE 'refuse' END
    ){or_stands} THEN
        RAISE EXCEPTION 'dossier % was opened again: it ends with a decision signed since', NEW.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
_OR_STANDS: Final = """ AND NOT EXISTS (
        SELECT FROM casework_confirmation stands JOIN casework_reopening opened ON opened.id = stands.reopening_id
        WHERE stands.dossier_id = NEW.id AND opened.at = NEW.reopened_at AND opened.earlier_result = NEW.state
            AND stands.at = NEW.closed_at
    )"""
ENDS: Final = _ENDS.replace("{or_stands}", _OR_STANDS)
ENDS_BY_DECISION: Final = _ENDS.replace("{or_stands}", "")


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0050_opinions_of_whom"),
        ("dossiers", "0123_reopened"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("why", models.CharField(help_text="as the applicant reads it", max_length=1000)),
                ("decided_title", models.CharField(max_length=200)),
                ("decided_capacity", models.CharField(blank=True, max_length=60)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "reopening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="casework.reopening",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True),
                        name="confirmation_says_why",
                        violation_error_message="Giữ nguyên kết quả phải ghi vì sao kết quả cũ đúng.",
                    )
                ],
            },
        ),
        append_only("casework_confirmation"),
        migrations.RunSQL(ALLOWED, NOT_ALLOWED),
        migrations.RunSQL(ENDS, ENDS_BY_DECISION),
    ]
