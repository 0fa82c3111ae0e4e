"""Counters that close for a while: what was announced is ended once and never rewritten."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.dated
import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but

_ONCE = """
CREATE FUNCTION offices_counterpause_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reopens_on IS NOT NULL THEN
        RAISE EXCEPTION 'a pause is ended early once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER offices_counterpause_once BEFORE UPDATE ON offices_counterpause
    FOR EACH ROW EXECUTE FUNCTION offices_counterpause_once();
"""
_NOT_ONCE = """
DROP TRIGGER offices_counterpause_once ON offices_counterpause;
DROP FUNCTION offices_counterpause_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0002_departments"),
    ]

    operations = [
        migrations.CreateModel(
            name="CounterPause",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ground", models.CharField(help_text="key of counter_grounds.yaml", max_length=20)),
                ("reason", models.CharField(max_length=500)),
                (
                    "decided_by",
                    models.CharField(
                        choices=[
                            ("province_committee", "Ủy ban nhân dân tỉnh, thành phố"),
                            ("district_committee", "Ủy ban nhân dân quận, huyện (đến 30/06/2025)"),
                            ("commune_committee", "Ủy ban nhân dân xã, phường"),
                            ("office", "Cơ quan BHXH"),
                        ],
                        max_length=20,
                    ),
                ),
                ("document", models.CharField(help_text="number and day of the decision", max_length=200)),
                (
                    "legal_bases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("notice_vi", models.CharField(max_length=500)),
                ("notice_en", models.CharField(blank=True, max_length=500)),
                ("announced_by", models.CharField(help_text="label of the officer", max_length=120)),
                ("announced_at", models.DateTimeField()),
                (
                    "reopens_on",
                    models.DateField(blank=True, help_text="first day open again, earlier than announced", null=True),
                ),
                ("reopened_document", models.CharField(blank=True, max_length=200)),
                ("reopened_by", models.CharField(blank=True, max_length=120)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="offices.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("reopens_on__isnull", True)),
                        expressions=[
                            (models.F("office"), "="),
                            (
                                ansinh.offices.dated.DateRange(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_counter_pause",
                        violation_error_message="Quầy của cơ quan này đã có đợt tạm dừng trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="counter_pause_ends_after_it_begins",
                        violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopened_at__isnull", True), ("reopened_by", ""), ("reopens_on__isnull", True)),
                            models.Q(
                                ("reopened_at__isnull", False),
                                ("reopens_on__isnull", False),
                                models.Q(("reopened_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reopened_counter_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("document", ""), _negated=True),
                            models.Q(("notice_vi", ""), _negated=True),
                        ),
                        name="counter_pause_says_why",
                        violation_error_message="Đợt tạm dừng phải có lý do, văn bản và thông báo.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NearestOffice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("place", models.PositiveSmallIntegerField(help_text="1 is the nearest")),
                (
                    "nearest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("office"), "="),
                            (models.F("place"), "="),
                            (
                                ansinh.offices.dated.DateRange(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_office_in_a_place",
                        violation_error_message="Thứ tự này đã có cơ quan.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("office"), "="),
                            (models.F("nearest"), "="),
                            (
                                ansinh.offices.dated.DateRange(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="nearest_office_once",
                        violation_error_message="Cơ quan này đã có trong danh sách.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("office", models.F("nearest")), _negated=True),
                        name="nearest_is_another_office",
                        violation_error_message="Cơ quan thay phải là cơ quan khác.",
                    ),
                ],
            },
        ),
        fixed_but("offices_counterpause", "reopens_on", "reopened_document", "reopened_by", "reopened_at"),
        migrations.RunSQL(_ONCE, _NOT_ONCE),
    ]
