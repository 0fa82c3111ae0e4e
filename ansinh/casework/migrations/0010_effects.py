"""What granted dossiers did: kept once an effect, never changed."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("casework", "0009_joint_papers"),
        ("dossiers", "0090_indexes_for_the_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppliedEffect",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(help_text="of the effect in the frozen version", max_length=60)),
                (
                    "row",
                    models.CharField(
                        blank=True, help_text="index of the row in its table; empty: no table", max_length=8
                    ),
                ),
                ("does", models.CharField(max_length=40)),
                ("inputs", models.JSONField(help_text="as they were resolved at the signature")),
                ("made", models.JSONField(default=dict, help_text="what came of it: numbers, identifiers of rows")),
                ("says_vi", models.TextField()),
                ("says_en", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="effects", to="casework.decision"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="effects", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "key", "row"),
                        name="effect_once",
                        violation_error_message="Kết quả này của hồ sơ đã được thực hiện rồi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("says_vi", ""), _negated=True), models.Q(("says_en", ""), _negated=True)
                        ),
                        name="effect_is_said",
                    ),
                ],
            },
        ),
        append_only("casework_appliedeffect"),
    ]
