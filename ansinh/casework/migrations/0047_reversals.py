"""How effects of a replaced result were undone: once each, never rewritten, of a dossier that was opened again."""

from typing import Final

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only

OF_THE_REPLACED: Final = """
CREATE FUNCTION casework_reversal_of_replaced() RETURNS trigger LANGUAGE plpgsql SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM casework_appliedeffect effect
        JOIN casework_reopening opened ON opened.decision_id = effect.decision_id
        JOIN dossiers_dossier dossier ON dossier.id = effect.dossier_id
        WHERE effect.id = NEW.effect_id AND dossier.id = NEW.dossier_id AND dossier.reopened_at = opened.at
            AND NEW.decision_id IS DISTINCT FROM effect.decision_id
            AND (NEW.decision_id IS NOT NULL OR dossier.closed_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'only effects of the result that is looked at again are undone'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_reversal_of_replaced BEFORE INSERT ON casework_effectreversal
    FOR EACH ROW EXECUTE FUNCTION casework_reversal_of_replaced();
"""
OF_ANY: Final = """
DROP TRIGGER casework_reversal_of_replaced ON casework_effectreversal;
DROP FUNCTION casework_reversal_of_replaced();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0046_reopenings"),
        ("dossiers", "0123_reopened"),
        ("people", "0054_pages_of_payment"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="EffectReversal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("says_vi", models.TextField()),
                ("says_en", models.TextField()),
                ("made", models.JSONField(default=dict, help_text="what came of it: numbers, identifiers of rows")),
                (
                    "document",
                    models.CharField(blank=True, help_text="by hand: the paper it rests on", max_length=60),
                ),
                ("at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        help_text="the new one, where the machine did it with its signature",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="casework.decision",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reversals", to="dossiers.dossier"
                    ),
                ),
                (
                    "effect",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="casework.appliedeffect",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("says_vi", ""), _negated=True),
                            models.Q(("says_en", ""), _negated=True),
                            models.Q(
                                models.Q(("decision__isnull", False), ("document", ""), ("officer__isnull", True)),
                                models.Q(
                                    ("decision__isnull", True),
                                    ("officer__isnull", False),
                                    models.Q(("document", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="undone_by_entry_or_by_hand",
                        violation_error_message="Gỡ tác động bằng tay phải ghi đã làm gì, theo văn bản nào.",
                    ),
                ],
            },
        ),
        append_only("casework_effectreversal"),
        migrations.RunSQL(OF_THE_REPLACED, OF_ANY),
    ]
