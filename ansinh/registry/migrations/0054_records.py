"""What decisions write into a record: dated rows that only grow."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
import ansinh.platform.sealed_fields.fields
import ansinh.registry.models_records
from ansinh.platform.audit import append_only, fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("registry", "0053_unpaid_benefits"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalDataChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                ("field", models.CharField(max_length=20)),
                ("old", ansinh.platform.sealed_fields.fields.SealedText(kind="personal-data")),
                ("new", ansinh.platform.sealed_fields.fields.SealedText(kind="personal-data")),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_changes",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="BookEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("issued", "Cấp sổ"),
                            ("corrected", "Điều chỉnh"),
                            ("closed", "Chốt sổ"),
                            ("unemployment", "Xác nhận thời gian đóng BHTN"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "what",
                    models.CharField(blank=True, help_text="what was corrected, why it was closed", max_length=20),
                ),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "merged_number",
                    models.CharField(blank=True, help_text="number of the book that joined this one", max_length=10),
                ),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="book_entries",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["corrected", "closed"]), _negated=True),
                            models.Q(("what", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="book_entry_says_what",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("merged_number", ""), _negated=True),
                        fields=("merged_number",),
                        name="book_joins_only_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("issued", "Cấp thẻ"), ("extended", "Gia hạn"), ("ended", "Thu hồi")], max_length=8
                    ),
                ),
                ("number", models.CharField(blank=True, help_text="empty: the number stays", max_length=15)),
                ("level_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, help_text="last day", null=True)),
                ("facility", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_changes",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="card_ends_after_it_begins",
                        violation_error_message="Ngày cuối của thẻ phải từ ngày đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "extended"), _negated=True),
                            models.Q(("valid_from__isnull", False), ("valid_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="extended_card_has_both_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ended"), _negated=True),
                            models.Q(("valid_to__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ended_card_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=160)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("number", models.CharField(max_length=40)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("insured", "kind", "number"), name="certificate_given_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionPayment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                (
                    "fund",
                    models.CharField(
                        choices=[
                            ("compulsory", "BHXH bắt buộc"),
                            ("voluntary", "BHXH tự nguyện"),
                            ("health", "BHYT"),
                            ("unemployment", "BHTN"),
                        ],
                        max_length=12,
                    ),
                ),
                ("from_month", models.DateField(help_text="first day of the first month")),
                ("to_month", models.DateField(help_text="first day of the last month")),
                ("salary", models.BigIntegerField(blank=True, help_text="đồng a month", null=True)),
                ("amount", models.BigIntegerField(blank=True, help_text="đồng paid in all", null=True)),
                ("employer_name", models.CharField(blank=True, max_length=160)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contribution_payments",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["from_month", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_month__day", 1), ("to_month__day", 1), ("to_month__gte", models.F("from_month"))
                        ),
                        name="payment_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("fund__in", ["voluntary", "health"])),
                        expressions=[
                            (models.F("insured"), "="),
                            (models.F("fund"), "="),
                            (
                                ansinh.registry.models_records.DateRange(
                                    "from_month",
                                    "to_month",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="month_paid_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveSpell",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(help_text="last day")),
                ("days", models.PositiveSmallIntegerField(blank=True, help_text="days paid for", null=True)),
                ("employer_name", models.CharField(blank=True, max_length=160)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="registry.insuredperson"
                    ),
                ),
            ],
            options={
                "ordering": ["from_day", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_day__gte", models.F("from_day"))), name="leave_ends_after_it_begins"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("insured"), "="),
                            (models.F("kind"), "="),
                            (
                                ansinh.registry.models_records.DateRange(
                                    "from_day",
                                    "to_day",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="day_of_leave_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipationChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                (
                    "fund",
                    models.CharField(
                        choices=[
                            ("compulsory", "BHXH bắt buộc"),
                            ("voluntary", "BHXH tự nguyện"),
                            ("health", "BHYT"),
                            ("unemployment", "BHTN"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("started", "Ghi tăng"), ("changed", "Điều chỉnh"), ("ended", "Ghi giảm")],
                        max_length=8,
                    ),
                ),
                ("from_month", models.DateField(help_text="first day of the first month")),
                ("salary", models.BigIntegerField(blank=True, help_text="đồng", null=True)),
                ("employer_code", models.CharField(blank=True, max_length=20)),
                ("employer_name", models.CharField(blank=True, max_length=160)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participation_changes",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["from_month", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_month__day", 1)), name="participation_changes_with_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "changed"), _negated=True), ("salary__isnull", False), _connector="OR"
                        ),
                        name="changed_participation_has_a_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ended"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ended_participation_says_why",
                    ),
                    models.UniqueConstraint(
                        fields=("insured", "fund", "kind", "from_month", "employer_code"),
                        name="participation_changes_once_a_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryClaim",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                ("amount", models.BigIntegerField(help_text="đồng")),
                ("why", models.CharField(max_length=300)),
                ("debtor", models.CharField(blank=True, help_text="empty: the person", max_length=160)),
                ("entitlement_number", models.CharField(blank=True, max_length=30)),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery_claims",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), models.Q(("why", ""), _negated=True)),
                        name="claim_is_an_amount_with_its_reason",
                    )
                ],
            },
        ),
        append_only("registry_bookentry"),
        append_only("registry_cardchange"),
        append_only("registry_certificate"),
        append_only("registry_contributionpayment"),
        append_only("registry_leavespell"),
        append_only("registry_participationchange"),
        append_only("registry_recoveryclaim"),
        # sealed anew under another key, what was changed stays what it is
        fixed_but("registry_personaldatachange", "old", "new"),
    ]
