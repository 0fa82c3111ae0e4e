"""Files of treatment costs that health facilities hand in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_signed_actor"),
        ("dossiers", "0090_indexes_for_the_wall"),
        ("people", "0053_protected_by_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("facility_code", models.CharField(max_length=5)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("first_day", models.DateField(help_text="earliest day of payment in the file")),
                ("last_day", models.DateField(help_text="latest")),
                ("records", models.PositiveIntegerField()),
                ("total_cost", models.DecimalField(decimal_places=2, help_text="T_TONGCHI_BV", max_digits=18)),
                ("fund_amount", models.DecimalField(decimal_places=2, help_text="T_BHTT", max_digits=18)),
                ("patient_amount", models.DecimalField(decimal_places=2, help_text="T_BNCCT", max_digits=18)),
                (
                    "state",
                    models.CharField(
                        choices=[("counted", "Được tính"), ("taken_back", "Đã rút")], default="counted", max_length=10
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim_files",
                        to="people.organisation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["first_day", "uploaded_at"],
                "indexes": [models.Index(fields=["facility", "first_day"], name="claim_files_of_facility")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "counted")),
                        fields=("facility", "sha256"),
                        name="claim_file_once",
                        violation_error_message="Tệp này đã được gửi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="claim_file_days_in_order",
                        violation_error_message="Ngày cuối của tệp phải từ ngày đầu trở đi.",
                    ),
                ],
            },
        ),
        watch("dossiers_claimfile"),
        fixed_but("dossiers_claimfile", "state"),
    ]
