"""The public face of offices: lines that end and are never rewritten."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.dated
import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0003_counters"),
    ]

    operations = [
        migrations.CreateModel(
            name="FaceEntry",
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
                            ("contact", "Đầu mối liên hệ"),
                            ("phone", "Điện thoại hỗ trợ"),
                            ("hotline", "Đường dây nóng"),
                            ("zalo", "Zalo"),
                            ("email", "Thư điện tử hỗ trợ"),
                            ("national_portal", "Cổng dịch vụ công quốc gia"),
                            ("vss_portal", "Cổng dịch vụ công BHXH Việt Nam"),
                            ("one_stop", "Cổng dịch vụ công của tỉnh"),
                            ("si_site", "Trang thông tin BHXH tỉnh"),
                            ("other_link", "Liên kết khác"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "function",
                    models.CharField(blank=True, help_text="key of functions.yaml, of a contact point", max_length=20),
                ),
                (
                    "provinces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        help_text="of a hotline for a region; empty: by office",
                        size=None,
                    ),
                ),
                ("label_vi", models.CharField(max_length=120)),
                ("label_en", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(help_text="telephone, mailbox or https address", max_length=300)),
                ("hours", models.CharField(blank=True, max_length=80)),
                ("place", models.PositiveSmallIntegerField(default=1)),
                ("written_by", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, help_text="taken back on its first day or before it", null=True),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="face", to="offices.office"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "office"], name="face_by_kind")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ("national_portal", "vss_portal", "one_stop", "si_site", "phone", "zalo", "email"),
                            ),
                            ("withdrawn_at__isnull", True),
                        ),
                        expressions=[
                            (models.F("office"), "="),
                            (models.F("kind"), "="),
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
                        name="one_face_entry_of_a_kind",
                        violation_error_message="Cơ quan đã có mục này trong thời gian đó.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("national_portal", "vss_portal", "one_stop", "si_site", "other_link")),
                                _negated=True,
                            ),
                            ("address__regex", "^https?://[^\\s]+\\.[^\\s]+$"),
                            _connector="OR",
                        ),
                        name="face_link_is_an_address",
                        violation_error_message="Liên kết phải là địa chỉ bắt đầu bằng https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "contact"), models.Q(("function", ""), _negated=True)),
                            models.Q(models.Q(("kind", "contact"), _negated=True), ("function", "")),
                            _connector="OR",
                        ),
                        name="contact_point_is_a_function",
                        violation_error_message="Đầu mối liên hệ là một mảng việc của cơ quan, không phải một người.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provinces", []), ("kind", "hotline"), _connector="OR"),
                        name="only_a_hotline_serves_a_region",
                        violation_error_message="Chỉ đường dây nóng mới phục vụ theo vùng.",
                    ),
                ],
            },
        ),
        fixed_but("offices_faceentry", "valid_to", "withdrawn_at"),
    ]
