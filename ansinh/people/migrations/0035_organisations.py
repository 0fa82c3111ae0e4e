"""Organisations, their staff, invitations and history."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0030_acting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
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
                            ("employer", "Đơn vị sử dụng lao động"),
                            ("health_facility", "Cơ sở khám chữa bệnh"),
                            ("collection_agent", "Tổ chức dịch vụ thu"),
                            ("ivan_provider", "Tổ chức I-VAN"),
                            ("school", "Cơ sở giáo dục"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("search_key", models.CharField(help_text="ansinh.law.names.search_key(name)", max_length=200)),
                (
                    "tax_code",
                    models.CharField(blank=True, help_text="empty: a branch without one of its own", max_length=14),
                ),
                ("unit_code", models.CharField(blank=True, help_text="given by the agency, opaque", max_length=20)),
                ("facility_code", models.CharField(blank=True, max_length=5)),
                ("managing_office", models.CharField(max_length=5)),
                ("address", models.JSONField(default=dict)),
                ("phone", models.CharField(blank=True, max_length=15)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("representative", models.CharField(blank=True, max_length=100)),
                ("contact_name", models.CharField(blank=True, help_text="R-160: whom the agency asks", max_length=100)),
                ("contact_phone", models.CharField(blank=True, max_length=15)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Đang giao dịch"), ("closed", "Đã ngừng giao dịch")],
                        default="active",
                        editable=False,
                        max_length=6,
                    ),
                ),
                ("registered_by_dossier", models.UUIDField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="people.organisation",
                    ),
                ),
                (
                    "succeeded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("actor", models.CharField(max_length=60)),
                ("actor_name", models.CharField(max_length=100)),
                ("facts", models.JSONField(default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StaffInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("personal_id_number", models.CharField(max_length=12)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "Xem hồ sơ"),
                                ("file", "Lập hồ sơ"),
                                ("sign", "Ký và nộp"),
                                ("pay", "Thanh toán"),
                                ("administer", "Quản lý người dùng"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                ("branches", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Chờ trả lời"),
                            ("accepted", "Đã nhận"),
                            ("declined", "Đã từ chối"),
                            ("withdrawn", "Đã rút"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("invited_by", models.CharField(help_text="name of the administrator or officer", max_length=100)),
                ("invited_at", models.DateTimeField()),
                ("answer_by", models.DateField(help_text="last day to answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffMember",
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
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "Xem hồ sơ"),
                                ("file", "Lập hồ sơ"),
                                ("sign", "Ký và nộp"),
                                ("pay", "Thanh toán"),
                                ("administer", "Quản lý người dùng"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                ("branches", models.BooleanField(default=False, help_text="the same rights in every branch")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Đang làm"), ("ended", "Đã thôi")], default="active", max_length=6
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["search_key"], name="organisation_by_name"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active"), models.Q(("tax_code", ""), _negated=True)),
                fields=("tax_code",),
                name="one_organisation_per_tax_code",
                violation_error_message="Mã số thuế này đã có tổ chức đăng ký.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active"), models.Q(("unit_code", ""), _negated=True)),
                fields=("managing_office", "unit_code"),
                name="one_organisation_per_unit_code",
                violation_error_message="Mã đơn vị này đã có tổ chức đăng ký ở cơ quan đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tax_code__regex", "^(\\d{10}(-\\d{3})?|\\d{12})$"),
                    models.Q(("parent__isnull", False), ("tax_code", "")),
                    _connector="OR",
                ),
                name="organisation_has_a_tax_code",
                violation_error_message="Mã số thuế chưa đúng dạng; chỉ chi nhánh phụ thuộc mới không có mã riêng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("valid_to__isnull", False), _connector="OR"
                ),
                name="closed_organisation_has_a_last_day",
                violation_error_message="Tổ chức đã ngừng phải có ngày ngừng.",
            ),
        ),
        migrations.AddIndex(
            model_name="organisationevent",
            index=models.Index(fields=["organisation", "-id"], name="history_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="staffinvitation",
            index=models.Index(fields=["personal_id_number", "state"], name="invitations_of_person"),
        ),
        migrations.AddConstraint(
            model_name="staffinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("organisation", "personal_id_number"),
                name="one_open_invitation",
                violation_error_message="Người này đang có một lời mời chưa trả lời.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("roles__len__gt", 0), ("roles__contained_by", ["read", "file", "sign", "pay", "administer"])
                ),
                name="invitation_has_known_roles",
                violation_error_message="Lời mời phải có ít nhất một vai trò trong danh sách.",
            ),
        ),
        migrations.AddIndex(
            model_name="staffmember",
            index=models.Index(fields=["account", "state"], name="memberships_of_account"),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "active")),
                expressions=[
                    (models.F("organisation"), "="),
                    (models.F("account"), "="),
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
                name="one_membership_at_a_time",
                violation_error_message="Người này đã là người dùng của tổ chức trong thời gian đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "active")),
                    models.Q(("ended_at__isnull", False), ("state", "ended")),
                    _connector="OR",
                ),
                name="ended_membership_has_a_moment",
                violation_error_message="Người đã thôi phải có thời điểm thôi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("roles__len__gt", 0), ("roles__contained_by", ["read", "file", "sign", "pay", "administer"])
                ),
                name="member_has_known_roles",
                violation_error_message="Người dùng phải có ít nhất một vai trò trong danh sách.",
            ),
        ),
    ]
