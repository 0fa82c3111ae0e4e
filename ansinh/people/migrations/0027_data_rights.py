"""Requests about personal data, the ledger of consent, copies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0026_readings_only_grow"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField()),
                ("purpose", models.CharField(help_text="code of purposes.yaml", max_length=40)),
                ("version", models.CharField(help_text="of the text: the day it came into use", max_length=10)),
                ("text_sha256", models.CharField(help_text="of exactly the text that was shown", max_length=64)),
                ("channel", models.CharField(choices=[("portal", "Cổng"), ("counter", "Tại quầy")], max_length=10)),
                ("given", models.BooleanField(help_text="false: refused or taken back")),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=2)),
                (
                    "device",
                    models.CharField(help_text="a summary of the user agent, no network address", max_length=200),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_id", "purpose", "-id"], name="people_cons_subject_80f208_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="DataExport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(default=0, help_text="bytes")),
                ("sealed", models.BinaryField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-asked_at"], name="people_data_account_e9a048_idx")],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
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
                        choices=[
                            ("correct", "Sửa dữ liệu chưa đúng"),
                            ("restrict", "Hạn chế xử lý"),
                            ("object", "Phản đối xử lý"),
                            ("withdraw_consent", "Rút lại đồng ý"),
                            ("erase", "Xóa dữ liệu"),
                            ("ask_reading", "Hỏi về một lượt xem"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Đã gửi, chờ tiếp nhận"),
                            ("in_hand", "Đang giải quyết"),
                            ("answered", "Đã trả lời"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("subject_id", models.UUIDField(help_text="whose data")),
                ("office_code", models.CharField(help_text="which office answers", max_length=5)),
                ("words", models.TextField(help_text="what is asked, in the person's words")),
                ("purpose", models.CharField(blank=True, help_text="of a consent that is withdrawn", max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("acknowledge_by", models.DateField()),
                ("due_on", models.DateField()),
                ("in_hand_at", models.DateTimeField(blank=True, null=True)),
                ("extended_at", models.DateTimeField(blank=True, null=True)),
                ("extension_reason", models.TextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "Đồng ý"),
                            ("partly", "Đồng ý một phần"),
                            ("refused", "Không đồng ý, có lý do"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="data_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "in_hand_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="people.reading"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "answered"), _negated=True),
                        fields=["office_code", "due_on"],
                        name="open_requests",
                    ),
                    models.Index(fields=["subject_id", "-asked_at"], name="people_data_subject_e4e7ae_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="request_says_what",
                        violation_error_message="Yêu cầu phải ghi rõ muốn gì.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_has_outcome_and_reason",
                        violation_error_message="Trả lời phải có kết quả, lý do và người trả lời.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_at__isnull", True),
                            models.Q(("extension_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="extension_has_reason",
                        violation_error_message="Gia hạn phải ghi lý do.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ask_reading"), ("reading__isnull", False)),
                            models.Q(("kind", "ask_reading"), _negated=True),
                            _connector="OR",
                        ),
                        name="question_names_its_reading",
                        violation_error_message="Câu hỏi về lượt xem phải chỉ rõ lượt nào.",
                    ),
                ],
            },
        ),
    ]
