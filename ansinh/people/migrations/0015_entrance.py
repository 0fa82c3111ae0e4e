"""Linked identities, recovery at a counter, the other way of a code; whose papers were compared."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_doors"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="identity_checked_at",
            field=models.DateTimeField(
                blank=True, help_text="an officer compared the person with identity papers", null=True
            ),
        ),
        # Until now every account of a person was opened by an officer who had compared the papers.
        migrations.RunSQL(
            "UPDATE people_account SET identity_checked_at = activated_at WHERE person_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name="onetimecode",
            name="fell_back_at",
            field=models.DateTimeField(blank=True, help_text="when the same code went the other way", null=True),
        ),
        migrations.AddField(
            model_name="onetimecode",
            name="other_recipient",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="the same person by the other channel, while the code has not gone there",
                max_length=254,
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Chờ phê duyệt"),
                    ("active", "Đang dùng"),
                    ("frozen", "Tạm khóa theo yêu cầu của chủ tài khoản"),
                    ("closed", "Đã đóng"),
                ],
                default="pending",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="delegation",
            name="right",
            field=models.CharField(
                choices=[
                    ("approve_registration", "Phê duyệt đăng ký giao dịch điện tử"),
                    ("approve_recovery", "Phê duyệt khôi phục tài khoản"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Chờ người thứ hai duyệt"),
                            ("approved", "Đã duyệt, chờ người dân đặt lại"),
                            ("done", "Đã đặt lại"),
                            ("refused", "Không duyệt"),
                            ("stopped", "Chủ tài khoản đã chặn"),
                        ],
                        default="opened",
                        max_length=8,
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("reason", models.CharField(help_text="key of reasons in rules.yaml", max_length=20)),
                (
                    "papers_compared",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), help_text="keys of papers in rules.yaml", size=None
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "secret_digest",
                    models.CharField(blank=True, help_text="HMAC-SHA256 of the secret on the slip", max_length=64),
                ),
                ("secret_expires_at", models.DateTimeField(blank=True, null=True)),
                ("tries_left", models.PositiveSmallIntegerField(default=0)),
                (
                    "session_key",
                    models.CharField(
                        blank=True, help_text="SHA-256 of the browser that used the secret", max_length=64
                    ),
                ),
                ("stop_digest", models.CharField(max_length=64, unique=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to=settings.AUTH_USER_MODEL,
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
                    "delegation",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="people.delegation"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paper_id", models.UUIDField(help_text="the paper in the store of the account")),
                ("kind", models.CharField(help_text="key of papers in rules.yaml", max_length=20)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="people.recovery"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LinkedIdentity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", models.CharField(help_text="key of the provider's file", max_length=40)),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                (
                    "state",
                    models.CharField(
                        choices=[("linked", "Đang liên kết"), ("ended", "Đã bỏ")], default="linked", max_length=8
                    ),
                ),
                (
                    "by_number",
                    models.BooleanField(
                        help_text="found by the personal number the issuer asserted; else linked by hand"
                    ),
                ),
                ("linked_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "linked")),
                        fields=("issuer", "subject"),
                        name="one_account_per_linked_identity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "linked")),
                        fields=("account", "issuer"),
                        name="one_identity_of_an_issuer_per_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True), name="linked_identity_has_a_subject"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "linked")),
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            _connector="OR",
                        ),
                        name="ended_identity_says_when",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="recovery",
            index=models.Index(fields=["state", "opened_at"], name="recovery_waiting"),
        ),
        migrations.AddIndex(
            model_name="recovery",
            index=models.Index(
                condition=models.Q(("secret_digest", ""), _negated=True),
                fields=["secret_digest"],
                name="recovery_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["opened", "approved"])),
                fields=("account",),
                name="one_open_recovery_per_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("opened_by")), _negated=True),
                    _connector="OR",
                ),
                name="recovery_is_decided_by_another",
                violation_error_message="Người duyệt phải là người khác với người mở việc khôi phục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delegation__isnull", False),
                    models.Q(("state__in", ["approved", "done"]), _negated=True),
                    _connector="OR",
                ),
                name="approved_recovery_has_a_delegation",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("done_at__isnull", False), ("secret_digest", "")),
                    _connector="OR",
                ),
                name="done_recovery_has_no_secret",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverypaper",
            constraint=models.UniqueConstraint(fields=("recovery", "paper_id"), name="one_recovery_paper_once"),
        ),
    ]
