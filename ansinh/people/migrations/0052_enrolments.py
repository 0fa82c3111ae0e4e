"""Accounts of new officers: asked by one manager, confirmed by another."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch


class Migration(migrations.Migration):
    dependencies = [("people", "0051_sealed_logins"), ("platform", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("staff_code", models.CharField(help_text="what the officer will sign in with", max_length=40)),
                ("full_name", models.CharField(max_length=100)),
                ("title_vi", models.CharField(max_length=80)),
                ("phone", models.CharField(blank=True, help_text="E.164 without plus: 84…", max_length=15)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("document_number", models.CharField(max_length=60)),
                ("four_eyes", models.BooleanField(help_text="as powers.yaml said on the day it was asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Chờ người thứ hai xác nhận"),
                            ("confirmed", "Đã mở tài khoản"),
                            ("refused", "Không mở tài khoản"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, help_text="why not", max_length=500)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "officer",
                    models.OneToOneField(
                        blank=True,
                        help_text="who came of it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolment",
                        to="people.officer",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["office_code", "state"], name="people_enrolment_office"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("staff_code",),
                name="one_open_enrolment_per_staff_code",
                violation_error_message="Mã cán bộ này đang chờ xác nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("four_eyes", False),
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="enrolment_is_confirmed_by_another",
                violation_error_message="Người xin mở tài khoản không được tự xác nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), ("officer__isnull", False)),
                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("officer__isnull", True)),
                    _connector="OR",
                ),
                name="confirmed_enrolment_has_its_officer",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "asked"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="decided_enrolment_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone", ""), _negated=True), models.Q(("email", ""), _negated=True), _connector="OR"
                ),
                name="enrolment_has_a_contact",
                violation_error_message="Cần số điện thoại hoặc thư điện tử để người mới đặt mật khẩu.",
            ),
        ),
        watch("people_enrolment"),
        fixed_but("people_enrolment", "state", "decided_by_id", "decided_at", "reason", "officer_id"),
    ]
