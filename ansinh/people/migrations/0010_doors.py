"""Signed-in sessions, passkeys, authenticator apps, recovery codes, and what is counted about doors."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_capacities"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthenticatorApp",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="authenticator",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed_secret", models.BinaryField(help_text="ansinh.platform.sealing, for this account's row")),
                ("created_at", models.DateTimeField()),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, help_text="until the first right code it opens nothing", null=True
                    ),
                ),
                (
                    "last_step",
                    models.BigIntegerField(default=0, help_text="30-second step of the last used code"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DoorGuard",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="door_guard",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wrong_passwords", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "locked_at",
                    models.DateTimeField(blank=True, help_text="since then no password opens it", null=True),
                ),
                ("unlocked_at", models.DateTimeField(blank=True, null=True)),
                ("unlocked_by", models.UUIDField(blank=True, help_text="the officer who opened it again", null=True)),
                (
                    "enabled_at",
                    models.DateTimeField(blank=True, help_text="unused days count anew from here", null=True),
                ),
                ("factor_tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("factor_tries_since", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("credential_id", models.BinaryField(max_length=1023, unique=True)),
                ("credential", models.BinaryField(help_text="attested credential data: AAGUID, id, COSE public key")),
                ("sign_count", models.BigIntegerField(default=0, help_text="0: this kind of key does not count")),
                ("backup_eligible", models.BooleanField(help_text="may be copied to the holder's other devices")),
                ("backed_up", models.BooleanField(help_text="has been copied")),
                ("name", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "code_hash"), name="one_recovery_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedInSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("password", "mật khẩu"),
                            ("passkey", "khóa đăng nhập"),
                            ("national_portal", "Cổng dịch vụ công quốc gia"),
                            ("vneid", "VNeID"),
                            ("provider", "tài khoản định danh khác"),
                        ],
                        max_length=16,
                    ),
                ),
                ("device", models.CharField(help_text="browser and system in words a person knows", max_length=60)),
                (
                    "device_digest",
                    models.CharField(blank=True, help_text="SHA-256 of the browser's own long cookie", max_length=64),
                ),
                ("network", models.CharField(blank=True, help_text="coarse: a /24 or /48", max_length=45)),
                ("begun_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(help_text="last request, to the minute")),
                ("ends_at", models.DateTimeField(help_text="ends then at the latest")),
                (
                    "proved_at",
                    models.DateTimeField(help_text="when the holder last proved who is sitting there, by any means"),
                ),
                (
                    "factor",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "không có"),
                            ("passkey", "khóa đăng nhập"),
                            ("totp", "mã của ứng dụng xác thực"),
                            ("recovery_code", "mã dự phòng"),
                            ("vneid_2", "VNeID mức 2"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("factor_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "đang mở"),
                            ("signed_out", "đã thoát"),
                            ("ended_by_holder", "chủ tài khoản kết thúc từ máy khác"),
                            ("password", "mật khẩu đã đổi"),
                            ("rights", "quyền hoặc liên lạc của tài khoản đã đổi"),
                            ("replaced", "đăng nhập lại trên cùng máy"),
                            ("idle", "để lâu không dùng"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "-begun_at"], name="sessions_of_an_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_why", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ended_session_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("factor", ""), ("factor_at__isnull", True)),
                            models.Q(("factor_at__isnull", False), models.Q(("factor", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="session_factor_has_its_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begun_at"))), name="session_ends_after_it_began"
                    ),
                ],
            },
        ),
    ]
