"""Checks of health cards at the counters of facilities; they only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_signed_actor"),
        ("people", "0051_sealed_logins"),
        ("registry", "0050_sealed_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CardCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("facility_code", models.CharField(max_length=5)),
                ("facility_name", models.CharField(max_length=200)),
                ("asked_by", models.CharField(max_length=100)),
                ("way", models.CharField(choices=[("code", "Quét mã"), ("typed", "Nhập số thẻ")], max_length=5)),
                ("answer", models.CharField(help_text="code of answers.yaml", max_length=3)),
                ("si_number", models.CharField(blank=True, help_text="whose card was found", max_length=10)),
                (
                    "account",
                    models.ForeignKey(
                        help_text="who asked",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["si_number", "-at"], name="card_checks_of_person"),
                    models.Index(fields=["account", "-at"], name="card_checks_of_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__regex", "^[0-9]{3}$")), name="card_check_answer_is_a_code"
                    )
                ],
            },
        ),
        append_only("registry_cardcheck"),
    ]
