"""Officers: posts that end, delegations by procedure and department, absences, deputies, units, and their history."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers


def registration_of_persons() -> list[str]:
    """What every delegation until now was for."""
    return ["dang-ky-gdt-ca-nhan"]


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0002_departments"),
        ("people", "0016_watch_entrance"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("valid_from", models.DateField()),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="taken back at this moment, before its last day", null=True
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_to", models.DateField()),
                ("document_number", models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                (
                    "capacity",
                    models.CharField(
                        blank=True, help_text="KT. or TUQ. when the document gives signing too", max_length=60
                    ),
                ),
                ("document_number", models.CharField(blank=True, max_length=60)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StaffEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        help_text="key of the sentence: assigned, assignment_ended, delegated, …", max_length=30
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("document_number", models.CharField(blank=True, max_length=60)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="UnitCharge",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="taken back at this moment, before its last day", null=True
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("unit_code", models.CharField(max_length=20)),
                ("unit_name", models.CharField(max_length=200)),
                ("function", models.CharField(help_text="key of offices/functions.yaml", max_length=20)),
                ("contact_name", models.CharField(max_length=100)),
                ("contact_phone", models.CharField(help_text="E.164 without plus: 84…", max_length=15)),
            ],
        ),
        migrations.AddField(
            model_name="assignment",
            name="document_number",
            field=models.CharField(blank=True, help_text="the decision that gives the post", max_length=60),
        ),
        migrations.AddField(
            model_name="assignment",
            name="ended_at",
            field=models.DateTimeField(
                blank=True, help_text="taken back at this moment, before its last day", null=True
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to="offices.department",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="ended_at",
            field=models.DateTimeField(
                blank=True, help_text="taken back at this moment, before its last day", null=True
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="procedures",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                default=registration_of_persons,
                help_text="slugs of people/officers/delegable.yaml",
                size=None,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="delegation",
            name="right",
            field=models.CharField(default="approve_registration", max_length=30),
        ),
        migrations.RemoveField(
            model_name="delegation",
            name="right",
        ),
        migrations.AlterField(
            model_name="assignment",
            name="function",
            field=models.CharField(help_text="key of offices/functions.yaml", max_length=20),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("intake_officer", "Cán bộ tiếp nhận một cửa"),
                    ("unit_officer", "Cán bộ chuyên quản"),
                    ("benefit_officer", "Chuyên viên chế độ BHXH"),
                    ("collection_officer", "Chuyên quản thu"),
                    ("card_officer", "Cán bộ sổ, thẻ"),
                    ("health_assessor", "Giám định viên BHYT"),
                    ("finance_officer", "Kế toán chi trả"),
                    ("department_head", "Trưởng phòng, tổ trưởng"),
                    ("leader", "Giám đốc, Phó Giám đốc"),
                    ("approving_officer", "Người được giao phê duyệt đăng ký"),
                    ("provincial_director", "Giám đốc BHXH tỉnh"),
                    ("system_admin", "Quản trị hệ thống"),
                    ("central_officer", "Cán bộ BHXH Việt Nam"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="delegation",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to="people.officer",
            ),
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(fields=["office_code", "valid_from"], name="people_dele_office__9d3b53_idx"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    (models.F("officer"), "="),
                    (models.F("office_code"), "="),
                    (models.F("function"), "="),
                    (models.F("role"), "="),
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
                name="one_equal_assignment",
                violation_error_message="Người này đã được phân công đúng việc đó trong thời gian đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", True), ("officer__isnull", False)),
                    models.Q(("department__isnull", False), ("officer__isnull", True)),
                    _connector="OR",
                ),
                name="delegated_to_one",
                violation_error_message="Giao quyền cho một người hoặc cho một phòng, không cho cả hai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("procedures", []), _negated=True), models.Q(("document_number", ""), _negated=True)
                ),
                name="delegation_says_what",
                violation_error_message="Văn bản giao quyền phải có số và thủ tục được giao.",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="people.officer"
            ),
        ),
        migrations.AddField(
            model_name="deputy",
            name="absence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deputies", to="people.absence"
            ),
        ),
        migrations.AddField(
            model_name="deputy",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="deputyships", to="people.officer"
            ),
        ),
        migrations.AddField(
            model_name="staffevent",
            name="actor",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
        ),
        migrations.AddField(
            model_name="staffevent",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                help_text="whose right it is; empty for a department",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="staff_events",
                to="people.officer",
            ),
        ),
        migrations.AddField(
            model_name="unitcharge",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="unit_charges", to="people.officer"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                name="absence_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    (models.F("officer"), "="),
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
                name="one_absence_at_a_time",
                violation_error_message="Người này đã có kỳ vắng mặt trong thời gian đó.",
            ),
        ),
        migrations.AddIndex(
            model_name="deputy",
            index=models.Index(fields=["officer"], name="people_depu_officer_a516df_idx"),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("absence", "office_code"),
                name="one_deputy_at_an_office",
                violation_error_message="Kỳ vắng mặt này đã có người thay ở cơ quan đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity", ""),
                    models.Q(("capacity__regex", "^(KT|TUQ)\\. \\S"), models.Q(("document_number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="deputy_signs_under_a_document",
                violation_error_message="Người thay chỉ ký khi văn bản ghi KT. hoặc TUQ., kèm số văn bản.",
            ),
        ),
        migrations.AddIndex(
            model_name="staffevent",
            index=models.Index(fields=["officer", "id"], name="people_staf_officer_81ddec_idx"),
        ),
        migrations.AddIndex(
            model_name="staffevent",
            index=models.Index(fields=["office_code", "id"], name="people_staf_office__33678f_idx"),
        ),
        migrations.AddIndex(
            model_name="unitcharge",
            index=models.Index(fields=["officer", "office_code"], name="people_unit_officer_58e582_idx"),
        ),
        migrations.AddIndex(
            model_name="unitcharge",
            index=models.Index(fields=["unit_code"], name="people_unit_unit_co_85264a_idx"),
        ),
        migrations.AddConstraint(
            model_name="unitcharge",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    (models.F("office_code"), "="),
                    (models.F("unit_code"), "="),
                    (models.F("function"), "="),
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
                name="one_officer_for_a_function",
                violation_error_message="Đơn vị này đã có người phụ trách mảng việc đó trong thời gian đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit_code__regex", "^[A-Z0-9]{3,20}$")),
                name="unit_code_is_capitals_and_digits",
                violation_error_message="Mã đơn vị gồm 3 đến 20 chữ in hoa và chữ số.",
            ),
        ),
    ]
