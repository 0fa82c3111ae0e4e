"""A benefit stays as it was granted; its changes are dated rows that only grow."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but
from ansinh.platform.sealed_fields.fields import SealedText


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("registry", "0051_card_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntitlementChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("amount", "Đổi mức hưởng"),
                            ("stopped", "Thôi trả"),
                            ("resumed", "Trả tiếp"),
                            ("place", "Chuyển nơi hưởng"),
                            ("method", "Đổi hình thức lĩnh"),
                        ],
                        max_length=8,
                    ),
                ),
                ("valid_from", models.DateField(help_text="first day of the first month paid so")),
                ("monthly_amount", models.BigIntegerField(blank=True, help_text="đồng", null=True)),
                ("paying_office", models.CharField(blank=True, max_length=5)),
                ("payment_method", models.CharField(blank=True, max_length=20)),
                ("payment_place", models.JSONField(default=dict, help_text="address of the payment point")),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["valid_from", "id"],
            },
        ),
        migrations.AddField(
            model_name="entitlement",
            name="beneficiary_birth",
            field=models.CharField(blank=True, db_default="", max_length=10),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="beneficiary_id_number",
            field=SealedText(kind="personal-id"),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="beneficiary_name",
            field=models.CharField(blank=True, db_default="", max_length=100),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="dossier_id",
            field=models.UUIDField(blank=True, help_text="whose decision granted it; empty: from before", null=True),
        ),
        migrations.AddField(
            model_name="entitlement",
            name="payment_place",
            field=models.JSONField(db_default={}, default=dict, help_text="address of the payment point"),
        ),
        migrations.AlterField(
            model_name="entitlement",
            name="ended_on",
            field=models.DateField(
                blank=True, help_text="of a benefit taken over from before: not paid since", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("start_month__day", 1)),
                name="benefit_starts_with_a_month",
                violation_error_message="Chế độ hằng tháng bắt đầu từ ngày đầu của một tháng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("monthly_amount__gt", 0)),
                name="benefit_is_an_amount",
                violation_error_message="Mức hưởng hằng tháng phải lớn hơn 0.",
            ),
        ),
        migrations.AddField(
            model_name="entitlementchange",
            name="entitlement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="registry.entitlement"
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_from__day", 1)),
                name="benefit_changes_with_a_month",
                violation_error_message="Chế độ hằng tháng thay đổi từ ngày đầu của một tháng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["amount", "resumed"]),
                        ("monthly_amount__gt", 0),
                        ("monthly_amount__isnull", False),
                    ),
                    models.Q(models.Q(("kind", "amount"), _negated=True), ("monthly_amount__isnull", True)),
                    _connector="OR",
                ),
                name="benefit_amount_when_it_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "stopped"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="stopped_benefit_says_why",
                violation_error_message="Thôi trả chế độ phải ghi lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "place"), _negated=True),
                    models.Q(("paying_office", ""), _negated=True),
                    _connector="OR",
                ),
                name="benefit_moves_to_an_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "method"), _negated=True),
                    models.Q(("payment_method", ""), _negated=True),
                    _connector="OR",
                ),
                name="benefit_form_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlementchange",
            constraint=models.UniqueConstraint(
                fields=("entitlement", "kind", "valid_from", "dossier_id"), name="benefit_changes_once_a_decision"
            ),
        ),
        append_only("registry_entitlementchange"),
        # sealed anew under another key, the account and number stay what they are
        fixed_but("registry_entitlement", "bank_account", "bank_account_key", "beneficiary_id_number"),
    ]
