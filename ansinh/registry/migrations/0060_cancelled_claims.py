"""A claim names the order that asks for it, and is cancelled by a row of its own."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("registry", "0059_undone"),
    ]

    operations = [
        migrations.AddField(
            model_name="recoveryclaim",
            name="order_id",
            field=models.UUIDField(blank=True, help_text="the order that asks for it, where there is one", null=True),
        ),
        migrations.CreateModel(
            name="RecoveryCancellation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                ("why", models.CharField(max_length=300)),
                ("cancelled_by", models.CharField(help_text="officer:<id> or system", max_length=60)),
                ("cancelled_by_name", models.CharField(max_length=100)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cancellation",
                        to="registry.recoveryclaim",
                    ),
                ),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery_cancellations",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True), models.Q(("cancelled_by", ""), _negated=True)
                        ),
                        name="cancelled_claim_says_why_and_by_whom",
                        violation_error_message="Hủy khoản thu hồi phải ghi vì sao và ai hủy.",
                    )
                ],
            },
        ),
        append_only("registry_recoverycancellation"),
    ]
