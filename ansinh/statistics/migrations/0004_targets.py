"""Targets of electronic transactions, with value and day, kept as history."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0054_pages_of_payment"),
        ("statistics", "0003_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="ElectronicTarget",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.CharField(help_text="key of fields.yaml", max_length=20)),
                (
                    "kind",
                    models.CharField(
                        blank=True, help_text="individual, organisation; empty: both together", max_length=12
                    ),
                ),
                ("by_day", models.DateField()),
                ("permille", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "as_field",
                    models.CharField(
                        blank=True, help_text="key of the field whose rate is to be reached", max_length=20
                    ),
                ),
                ("document", models.CharField(help_text="number and day of the text that sets it", max_length=120)),
                ("set_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["by_day", "field", "kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("as_field", ""),
                                ("permille__gte", 1),
                                ("permille__isnull", False),
                                ("permille__lte", 1000),
                            ),
                            models.Q(("permille__isnull", True), models.Q(("as_field", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="target_is_a_value_or_another_field",
                        violation_error_message="Mục tiêu là một tỷ lệ từ 0,1 % đến 100 %, hoặc bằng tỷ lệ của lĩnh vực khác.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("field", "kind", "by_day"),
                        name="one_target_a_field_and_day",
                        violation_error_message="Lĩnh vực này đã có mục tiêu đến ngày đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["", "individual", "organisation"])), name="target_for_a_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True), name="target_rests_on_a_text"
                    ),
                ],
            },
        ),
    ]
