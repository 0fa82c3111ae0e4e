"""Letters, their distribution, and what readers say of pages."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import ansinh.offices.dated
import ansinh.platform.identifiers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("offices", "0004_face"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("symbol", models.CharField(help_text="symbol of the unit: BHXH-CNTT", max_length=38)),
                ("summary", models.CharField(help_text="V/v", max_length=300)),
                ("body", models.TextField(help_text="paragraphs, one a line", max_length=20000)),
                ("drafted_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Dự thảo"), ("issued", "Đã phát hành"), ("dropped", "Bỏ dự thảo")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                (
                    "capacity",
                    models.CharField(
                        blank=True, help_text="held on that day: KT. GIÁM ĐỐC; empty: head", max_length=60
                    ),
                ),
                ("signer_title", models.CharField(blank=True, max_length=80)),
                ("pdf_sha256", models.CharField(blank=True, max_length=64)),
                ("pdf_size", models.PositiveIntegerField(default=0)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="offices.office"
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "holder",
                    models.CharField(
                        choices=[
                            ("office", "Cơ quan"),
                            ("department", "Phòng, tổ"),
                            ("officer", "Cán bộ"),
                            ("unit", "Đơn vị"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "function",
                    models.CharField(blank=True, help_text="of a department: key of functions.yaml", max_length=20),
                ),
                ("unit_code", models.CharField(blank=True, max_length=20)),
                ("unit_name", models.CharField(blank=True, max_length=200)),
                ("task", models.CharField(blank=True, help_text="what the holder is to do", max_length=500)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("phoned_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                (
                    "delivered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwarded",
                        to="directives.delivery",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="directives.letter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("media_type", models.CharField(max_length=20)),
                (
                    "paper",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.paper"),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="directives.letter"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="NumberBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("symbol", models.CharField(max_length=38)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("act", "Để thực hiện (như trên)"),
                            ("report", "Để báo cáo"),
                            ("know", "Để biết"),
                            ("publish", "Đăng trang công khai"),
                            ("archive", "Lưu"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recipients", to="directives.letter"
                    ),
                ),
            ],
            options={
                "ordering": ["letter", "place"],
            },
        ),
        migrations.CreateModel(
            name="RecipientGroup",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name_vi", models.CharField(max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                (
                    "organisation_kind",
                    models.CharField(
                        blank=True,
                        help_text="every organisation of this kind the office manages belongs to it",
                        max_length=20,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipient_groups",
                        to="offices.office",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("contact", models.CharField(blank=True, max_length=120)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="directives.recipientgroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivered", "Đã chuyển"),
                            ("acknowledged", "Đã nhận việc"),
                            ("read", "Đã đọc"),
                            ("phoned", "Đã gọi điện"),
                            ("confirmed", "Đã xác nhận"),
                            ("reminded", "Đã nhắc"),
                        ],
                        max_length=12,
                    ),
                ),
                ("actor", models.CharField(help_text="label of who did it", max_length=120)),
                ("spoken_to", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="directives.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "phoned"), _negated=True),
                            models.Q(("spoken_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_call_says_to_whom",
                        violation_error_message="Cuộc gọi phải ghi đã nói chuyện với bộ phận nào.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["office", "state", "-drafted_at"], name="letters_of_office"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "issued")),
                fields=("office", "symbol", "year", "number"),
                name="one_letter_per_number",
                violation_error_message="Số văn bản này đã cấp.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issued_at__isnull", False),
                        ("issued_on__isnull", False),
                        ("number__gt", 0),
                        ("state", "issued"),
                        ("year__isnull", False),
                        models.Q(("signer_title", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "issued"), _negated=True),
                        ("issued_at__isnull", True),
                        ("issued_on__isnull", True),
                        ("number__isnull", True),
                        ("pdf_sha256", ""),
                        ("year__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="only_an_issued_letter_has_number_and_day",
                violation_error_message="Dự thảo chưa có số và ngày; văn bản đã phát hành phải có cả hai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("symbol__regex", "^[A-ZĐ0-9]{2,12}(-[A-ZĐ0-9]{1,12}){0,2}$")),
                name="letter_symbol_is_capitals",
                violation_error_message="Ký hiệu gồm chữ in hoa và gạch nối, ví dụ BHXH-CNTT.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("summary", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                name="letter_says_something",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["letter", "office", "holder"], name="deliveries_of_letter"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["organisation", "-delivered_at"], name="deliveries_of_unit"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["officer", "-delivered_at"], name="deliveries_of_officer"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("letter", "holder", "office", "function", "officer", "unit_code", "unit_name"),
                name="delivered_once",
                nulls_distinct=False,
                violation_error_message="Nơi này đã nhận văn bản.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("function", ""), ("holder", "office"), ("officer__isnull", True), ("unit_name", "")),
                    models.Q(
                        ("holder", "department"),
                        ("officer__isnull", True),
                        ("unit_name", ""),
                        models.Q(("function", ""), _negated=True),
                    ),
                    models.Q(("holder", "officer"), ("officer__isnull", False), ("unit_name", "")),
                    models.Q(("holder", "unit"), models.Q(("unit_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delivery_names_its_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("letter", "sha256"), name="attached_once"),
        ),
        migrations.AddConstraint(
            model_name="numberbook",
            constraint=models.UniqueConstraint(fields=("office", "symbol", "year"), name="one_number_book"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("letter", "place"), name="one_recipient_in_a_place"),
        ),
        migrations.AddConstraint(
            model_name="recipientgroup",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("office"), "="),
                    (models.F("name_vi"), "="),
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
                name="one_group_of_a_name",
                violation_error_message="Cơ quan đã có nhóm mang tên này.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (models.F("group"), "="),
                    (models.F("name"), "="),
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
                name="one_member_of_a_name",
                violation_error_message="Nhóm đã có nơi nhận này.",
            ),
        ),
    ]
