"""Guardians, mandates and their history; a child may be known by its SI number or birth certificate alone."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.models
import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, watch


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0029_end_of_protection"),
        ("offices", "0001_initial"),
        ("platform", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActingEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("basis_id", models.UUIDField(help_text="Guardianship or Mandate")),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=40)),
                ("actor", models.CharField(help_text="account:<id>, officer:<id> or system", max_length=60)),
                ("actor_name", models.CharField(max_length=100)),
                ("actor_title", models.CharField(blank=True, max_length=80)),
                ("office_code", models.CharField(blank=True, max_length=5)),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
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
                        choices=[("mother", "Mẹ"), ("father", "Cha"), ("guardian", "Người giám hộ")], max_length=8
                    ),
                ),
                (
                    "basis",
                    models.CharField(help_text="the paper it rests on: birth certificate, decision", max_length=200),
                ),
                ("valid_from", models.DateField()),
                (
                    "valid_to",
                    models.DateField(blank=True, help_text="last day by the decision; empty: until of age", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "Đang có hiệu lực"),
                            ("frozen", "Tạm dừng, chờ cơ quan BHXH quyết định"),
                            ("ended", "Đã chấm dứt"),
                        ],
                        default="in_force",
                        max_length=8,
                    ),
                ),
                (
                    "frozen_read",
                    models.BooleanField(default=False, help_text="while frozen this guardian may still read"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, help_text="officer:<id>", max_length=60)),
                ("end_reason", models.CharField(blank=True, max_length=420)),
                ("dossier_id", models.UUIDField(blank=True, help_text="the registration that gave it", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "read"),
                                ("file", "file"),
                                ("sign", "sign"),
                                ("pay", "pay"),
                                ("collect", "collect"),
                            ],
                            max_length=8,
                        ),
                        size=None,
                    ),
                ),
                (
                    "procedures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        default=list,
                        help_text="slugs; empty: all",
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="last day")),
                (
                    "paper_basis",
                    models.CharField(
                        blank=True,
                        help_text="to collect money: the certified paper 13-HSB, its number and day",
                        max_length=200,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Chưa xác nhận"),
                            ("offered", "Chờ người được ủy quyền nhận"),
                            ("in_force", "Đã nhận"),
                            ("declined", "Không nhận"),
                            ("revoked", "Đã thu hồi"),
                        ],
                        default="prepared",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, help_text="by the principal's transaction code", null=True),
                ),
                (
                    "confirmed_digest",
                    models.CharField(blank=True, help_text="SHA-256 of what the code confirmed", max_length=64),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, help_text="account:<id> or officer:<id>", max_length=60)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="person",
            name="one_person_per_personal_id",
        ),
        migrations.AddField(
            model_name="person",
            name="birth_certificate",
            field=models.CharField(blank=True, db_default="", help_text="number and book, of a child", max_length=60),
        ),
        migrations.AddField(
            model_name="person",
            name="died_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="person",
            name="personal_id_number",
            field=models.CharField(blank=True, help_text="empty: a child without one", max_length=12),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("personal_id_number", ""), _negated=True),
                fields=("personal_id_number",),
                name="one_person_per_personal_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("personal_id_number", ""), _negated=True),
                    models.Q(("si_number", ""), _negated=True),
                    models.Q(("birth_certificate", ""), _negated=True),
                    _connector="OR",
                ),
                name="something_identifies_a_person",
                violation_error_message="Cần số định danh, mã số BHXH hoặc số giấy khai sinh để biết đó là ai.",
            ),
        ),
        migrations.AddField(
            model_name="actingevent",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acting_events", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="guardianship",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="guardianships", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="guardianship",
            name="guardian",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="wards", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="agent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mandates_held", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="principal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mandates_given", to="people.person"
            ),
        ),
        migrations.AddIndex(
            model_name="actingevent",
            index=models.Index(fields=["owner", "at"], name="people_acti_owner_i_0a6833_idx"),
        ),
        migrations.AddIndex(
            model_name="actingevent",
            index=models.Index(fields=["basis_id", "kind"], name="people_acti_basis_i_fb7a5e_idx"),
        ),
        migrations.AddIndex(
            model_name="guardianship",
            index=models.Index(fields=["guardian", "state"], name="people_guar_guardia_23e3c1_idx"),
        ),
        migrations.AddIndex(
            model_name="guardianship",
            index=models.Index(fields=["child"], name="people_guar_child_i_4726e5_idx"),
        ),
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "ended"), _negated=True),
                expressions=[
                    (models.F("child"), "="),
                    (models.F("guardian"), "="),
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
                name="guardianship_once_at_a_time",
                violation_error_message="Người này đang là người đại diện của trẻ trong thời gian đó rồi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=models.CheckConstraint(
                condition=models.Q(("child", models.F("guardian")), _negated=True), name="nobody_is_ones_own_guardian"
            ),
        ),
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("state", "ended"),
                        models.Q(("end_reason", ""), _negated=True),
                        models.Q(("ended_by", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="ended_guardianship_says_why",
                violation_error_message="Chấm dứt việc đại diện phải có thời điểm, người ghi và lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis", ""), _negated=True), name="guardianship_has_a_basis"
            ),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["agent", "state"], name="people_mand_agent_i_11bb1e_idx"),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["principal", "state"], name="people_mand_princip_d84e45_idx"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("principal", models.F("agent")), _negated=True), name="nobody_is_ones_own_agent"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                name="mandate_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày bắt đầu trở đi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights", []), _negated=True), name="mandate_gives_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rights__contains", ["collect"]), _negated=True),
                    models.Q(("paper_basis", ""), _negated=True),
                    _connector="OR",
                ),
                name="collecting_needs_the_paper",
                violation_error_message="Lĩnh tiền thay cần giấy ủy quyền mẫu 13-HSB.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "prepared"),
                    models.Q(("confirmed_at__isnull", False), models.Q(("confirmed_digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="mandate_is_confirmed_by_its_principal",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "in_force"), _negated=True), ("answered_at__isnull", False), _connector="OR"
                ),
                name="mandate_in_force_was_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False), ("state", "revoked"), models.Q(("ended_by", ""), _negated=True)
                    ),
                    models.Q(models.Q(("state", "revoked"), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="revoked_mandate_has_its_end",
            ),
        ),
        watch("people_guardianship"),
        watch("people_mandate"),
        append_only("people_actingevent"),
    ]
