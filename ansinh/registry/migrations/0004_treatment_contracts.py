"""Treatment contracts of health facilities and their annexes; those kept among other contracts are brought over."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but, watch

_BRING_OVER = """
INSERT INTO registry_treatmentcontract (
    id, facility_id, facility_code, number, office_code, valid_from, valid_to, agreed_to, technical_level, scope, is_first,
    declared, state, ended_why
)
SELECT held.id, held.organisation_id, facility.facility_code, held.number, held.office_code, held.valid_from,
    held.valid_to, held.valid_to, '', '{}', false, '{}', 'in_force', ''
FROM people_servicecontract held JOIN people_organisation facility ON facility.id = held.organisation_id
WHERE held.kind = 'care' AND facility.kind = 'health_facility'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_signed_actor"),
        ("people", "0041_readings_of_people"),
        ("registry", "0003_bank_account_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="TreatmentContract",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("facility_code", models.CharField(max_length=5)),
                ("number", models.CharField(max_length=60)),
                ("office_code", models.CharField(help_text="the office that signed", max_length=5)),
                (
                    "agreed_to",
                    models.DateField(blank=True, help_text="last day as signed; valid_to may come earlier", null=True),
                ),
                (
                    "technical_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("initial", "Cấp ban đầu"),
                            ("basic", "Cấp cơ bản"),
                            ("advanced", "Cấp chuyên sâu"),
                            ("provisional", "Tạm xếp cấp"),
                        ],
                        help_text="empty: brought over without it",
                        max_length=12,
                    ),
                ),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("outpatient", "Ngoại trú"),
                                ("inpatient", "Nội trú"),
                                ("initial_registration", "Đăng ký khám chữa bệnh ban đầu"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_first", models.BooleanField(default=False, help_text="no other contract stood right before it")),
                (
                    "declared",
                    models.JSONField(
                        default=dict,
                        help_text="what the facility declared of itself: licence, beds, account; no person",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "Đã ký"), ("ended", "Đã chấm dứt trước hạn")],
                        default="in_force",
                        max_length=8,
                    ),
                ),
                ("ended_why", models.TextField(blank=True)),
                (
                    "dossier_id",
                    models.UUIDField(
                        blank=True, help_text="what it was asked for with; empty: before the portal", null=True
                    ),
                ),
                ("ended_by_dossier", models.UUIDField(blank=True, null=True)),
                (
                    "signed_at",
                    models.DateTimeField(
                        blank=True, help_text="when the agency signed, the second of the two", null=True
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="treatment_contracts",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="ContractAnnex",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("valid_from", models.DateField()),
                ("summary", models.TextField()),
                (
                    "technical_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("initial", "Cấp ban đầu"),
                            ("basic", "Cấp cơ bản"),
                            ("advanced", "Cấp chuyên sâu"),
                            ("provisional", "Tạm xếp cấp"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("outpatient", "Ngoại trú"),
                                ("inpatient", "Nội trú"),
                                ("initial_registration", "Đăng ký khám chữa bệnh ban đầu"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("dossier_id", models.UUIDField(blank=True, null=True)),
                ("signed_at", models.DateTimeField()),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="registry.treatmentcontract",
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from", "signed_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="treatmentcontract",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("facility"), "="),
                    (
                        ansinh.offices.models.DateRange(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="one_treatment_contract_at_a_time",
                violation_error_message="Cơ sở đã có hợp đồng khám chữa bệnh BHYT trong thời gian đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentcontract",
            constraint=models.UniqueConstraint(
                fields=("office_code", "number"),
                name="treatment_contract_number_once",
                violation_error_message="Số hợp đồng này đã dùng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="treatment_contract_ends_after_it_begins",
                violation_error_message="Ngày cuối của hợp đồng phải từ ngày đầu trở đi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_why", ""), ("state", "in_force")),
                    models.Q(
                        ("state", "ended"), ("valid_to__isnull", False), models.Q(("ended_why", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="ended_treatment_contract_says_why",
                violation_error_message="Hợp đồng chấm dứt trước hạn phải có ngày cuối và lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractannex",
            constraint=models.UniqueConstraint(fields=("contract", "number"), name="contract_annex_number_once"),
        ),
        migrations.AddConstraint(
            model_name="contractannex",
            constraint=models.CheckConstraint(
                condition=models.Q(("summary", ""), _negated=True),
                name="contract_annex_says_what",
                violation_error_message="Phụ lục phải ghi nội dung thay đổi.",
            ),
        ),
        watch("registry_treatmentcontract"),
        fixed_but("registry_treatmentcontract", "valid_to", "state", "ended_why", "ended_by_dossier"),
        append_only("registry_contractannex"),
        migrations.RunSQL(_BRING_OVER, migrations.RunSQL.noop),
    ]
