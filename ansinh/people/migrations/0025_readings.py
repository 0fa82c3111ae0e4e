"""Who looked at whose matter, what was opened for it, and what was said of that."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0021_officer_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(help_text="where the officer worked then", max_length=5)),
                ("dossier_id", models.UUIDField()),
                ("dossier_number", models.CharField(max_length=24)),
                (
                    "subject_id",
                    models.UUIDField(blank=True, help_text="owner of the dossier: person or organisation", null=True),
                ),
                ("break_glass", models.BooleanField(default=False)),
                (
                    "purpose",
                    models.CharField(help_text="code of rules.yaml: a purpose, or a legal ground", max_length=40),
                ),
                ("sentence", models.TextField(help_text="in the officer's words; the person reads it")),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("review_by", models.DateTimeField(blank=True, help_text="of a broken glass only", null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reviewer_title", models.CharField(max_length=80)),
                ("justified", models.BooleanField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="people.opening"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Protection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_id", models.UUIDField(db_index=True)),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "span_start",
                    models.DateTimeField(help_text="beginning of the window (rules.yaml) that `at` lies in"),
                ),
                ("reader_name", models.CharField(max_length=100)),
                ("reader_title", models.CharField(max_length=80)),
                ("office_code", models.CharField(max_length=5)),
                (
                    "subject_id",
                    models.UUIDField(blank=True, help_text="person or organisation whose matter it is", null=True),
                ),
                ("dossier_id", models.UUIDField(blank=True, null=True)),
                ("dossier_number", models.CharField(blank=True, max_length=24)),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("dossier", "Trang hồ sơ"),
                            ("work", "Trang xử lý hồ sơ"),
                            ("paper", "Ảnh giấy tờ"),
                            ("file", "Tải tệp giấy tờ"),
                            ("document", "Văn bản của hồ sơ"),
                            ("declaration", "Tờ khai"),
                            ("evidence", "Tải gói bằng chứng"),
                            ("registration", "Đối chiếu đăng ký tài khoản"),
                            ("sign_list", "Danh sách trình ký"),
                            ("search", "Kết quả tìm kiếm"),
                            ("account", "Tra cứu tài khoản"),
                            ("data_request", "Yêu cầu về dữ liệu cá nhân"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("case", "Đang xử lý hồ sơ"),
                            ("just_acted", "Vừa xử lý xong một bước"),
                            ("counter", "Hoàn tất đăng ký tại quầy"),
                            ("look_up", "Tìm hồ sơ theo yêu cầu công việc"),
                            ("purpose", "Mục đích đã chọn và ghi lý do"),
                            ("break_glass", "Mở khẩn cấp"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why_vi", models.TextField(help_text="stage of the case, or purpose and sentence of the opening")),
                ("why_en", models.TextField(blank=True)),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="people.officer"
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="people.opening",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["officer", "dossier_id", "-ends_at"], name="people_open_officer_10e0f3_idx"),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(
                condition=models.Q(("break_glass", True)), fields=["office_code", "-opened_at"], name="broken_glass"
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("purpose", ""), _negated=True), models.Q(("sentence", ""), _negated=True)),
                name="opening_says_why",
                violation_error_message="Mở hồ sơ ngoài việc của mình phải có mục đích và lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("break_glass", True), ("review_by__isnull", False)),
                    models.Q(("break_glass", False), ("review_by__isnull", True)),
                    _connector="OR",
                ),
                name="broken_glass_is_reviewed",
                violation_error_message="Mở khẩn cấp phải có hạn xem xét lại.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewer", models.F("opened_by")), _negated=True),
                name="review_by_somebody_else",
                violation_error_message="Người mở khẩn cấp không được tự xem xét.",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True),
                name="review_says_why",
                violation_error_message="Kết luận xem xét phải ghi lý do.",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["subject_id", "-at"], name="people_read_subject_c5695f_idx"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["dossier_id", "-at"], name="people_read_dossier_6ec65d_idx"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["office_code", "-at"], name="people_read_office__01a0ea_idx"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["officer", "-at"], name="people_read_officer_ae5462_idx"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("officer", "subject_id", "dossier_id", "page", "ground", "opening", "span_start"),
                name="one_reading_a_span",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject_id__isnull", False), ("dossier_id__isnull", False), _connector="OR"),
                name="reading_is_about_somebody",
                violation_error_message="Lượt xem phải ghi rõ xem hồ sơ nào hoặc của ai.",
            ),
        ),
    ]
