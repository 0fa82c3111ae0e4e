"""Certificates, contracts, collection points and I-VAN mandates of organisations."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0035_organisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectionPoint",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("commune_code", models.CharField(max_length=5)),
                ("address", models.CharField(max_length=200)),
                ("phone", models.CharField(blank=True, max_length=15)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("serial", models.CharField(help_text="decimal", max_length=60)),
                ("issuer", models.CharField(max_length=200)),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                ("known_since", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceContract",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                            ("collection", "Hợp đồng dịch vụ thu"),
                            ("care", "Hợp đồng khám chữa bệnh BHYT"),
                            ("transmission", "Thỏa thuận cung cấp dịch vụ I-VAN"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("office_code", models.CharField(max_length=5)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TransmissionMandate",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "procedures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="procedure slugs; empty: every one",
                        size=None,
                    ),
                ),
                ("contract_number", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Đang dùng"), ("ended", "Đã thu hồi")], default="active", max_length=6
                    ),
                ),
                ("given_by_dossier", models.UUIDField(help_text="the declaration that the employer signed")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_given",
                        to="people.organisation",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates_held",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="collectionpoint",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("code"), "="),
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
                name="one_point_per_code",
                violation_error_message="Mã điểm thu này đang dùng cho một điểm khác.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationcertificate",
            constraint=models.UniqueConstraint(fields=("organisation", "sha256"), name="certificate_known_once"),
        ),
        migrations.AddConstraint(
            model_name="servicecontract",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("organisation"), "="),
                    (models.F("kind"), "="),
                    (models.F("office_code"), "="),
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
                name="one_contract_at_a_time",
                violation_error_message="Tổ chức đã có hợp đồng loại này với cơ quan đó trong thời gian đó.",
            ),
        ),
        migrations.AddIndex(
            model_name="transmissionmandate",
            index=models.Index(fields=["provider", "state"], name="mandates_of_provider"),
        ),
        migrations.AddConstraint(
            model_name="transmissionmandate",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "active")),
                expressions=[
                    (models.F("employer"), "="),
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
                name="one_provider_at_a_time",
                violation_error_message="Đơn vị đang dùng một tổ chức I-VAN khác trong thời gian đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transmissionmandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "active")),
                    models.Q(("ended_at__isnull", False), ("state", "ended")),
                    _connector="OR",
                ),
                name="ended_mandate_has_a_moment",
                violation_error_message="Ủy quyền đã thu hồi phải có thời điểm thu hồi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transmissionmandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("employer", models.F("provider")), _negated=True),
                name="mandate_is_for_another",
                violation_error_message="Tổ chức không ủy quyền cho chính mình.",
            ),
        ),
    ]
