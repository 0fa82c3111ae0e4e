"""What was not collected of benefits: settled once, and otherwise as the payment list had it."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("registry", "0052_benefit_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnpaidBenefit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("entitlement_number", models.CharField(blank=True, max_length=30)),
                (
                    "month",
                    models.DateField(blank=True, help_text="first day of the month; empty for a lump sum", null=True),
                ),
                (
                    "decision_number",
                    models.CharField(blank=True, help_text="of a lump sum; empty for a month", max_length=60),
                ),
                ("amount", models.BigIntegerField(help_text="đồng")),
                ("why", models.CharField(help_text="what the payment list says", max_length=200)),
                ("listed_on", models.DateField()),
                ("settled_by", models.UUIDField(blank=True, help_text="the dossier whose decision pays it", null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="unpaid", to="registry.insuredperson"
                    ),
                ),
            ],
            options={
                "ordering": ["month", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision_number", ""), ("month__day", 1), ("month__isnull", False)),
                            models.Q(("month__isnull", True), models.Q(("decision_number", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="unpaid_is_a_month_or_a_lump_sum",
                        violation_error_message="Khoản chưa nhận là của một tháng, hoặc theo một quyết định trợ cấp một lần.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="unpaid_is_an_amount",
                        violation_error_message="Số tiền chưa nhận phải lớn hơn 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="unpaid_is_settled_by_a_decision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("month__isnull", False)),
                        fields=("insured", "entitlement_number", "month"),
                        name="unpaid_month_stands_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision_number", ""), _negated=True),
                        fields=("insured", "decision_number"),
                        name="unpaid_lump_sum_stands_once",
                    ),
                ],
            },
        ),
        fixed_but("registry_unpaidbenefit", "settled_by", "settled_at"),
    ]
