"""Signed-in sessions and what opens an account beside its password; `people.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class Method(models.TextChoices):
    """Through which door somebody came in."""

    PASSWORD = "password", "mật khẩu"
    PASSKEY = "passkey", "khóa đăng nhập"
    NATIONAL_PORTAL = "national_portal", "Cổng dịch vụ công quốc gia"
    VNEID = "vneid", "VNeID"
    PROVIDER = "provider", "tài khoản định danh khác"


class Factor(models.TextChoices):
    """What somebody showed beside a password, or in place of one."""

    NONE = "", "không có"
    PASSKEY = "passkey", "khóa đăng nhập"
    TOTP = "totp", "mã của ứng dụng xác thực"
    RECOVERY_CODE = "recovery_code", "mã dự phòng"
    VNEID_2 = "vneid_2", "VNeID mức 2"


class Ended(models.TextChoices):
    """Why a session ended."""

    NOT_YET = "", "đang mở"
    SIGNED_OUT = "signed_out", "đã thoát"
    ENDED_BY_HOLDER = "ended_by_holder", "chủ tài khoản kết thúc từ máy khác"
    PASSWORD = "password", "mật khẩu đã đổi"
    RIGHTS = "rights", "quyền hoặc liên lạc của tài khoản đã đổi"
    REPLACED = "replaced", "đăng nhập lại trên cùng máy"
    IDLE = "idle", "để lâu không dùng"


class SignedInSession(models.Model):
    """One browser in which somebody signed in. Django's session names this row; without it, it opens nothing.

    Rows stay after their end, so that the holder sees what was open and why it closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="sessions")
    method = models.CharField(max_length=16, choices=Method.choices)
    device = models.CharField(max_length=60, help_text="browser and system in words a person knows")
    device_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the browser's own long cookie")
    network = models.CharField(max_length=45, blank=True, help_text="coarse: a /24 or /48")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="last request, to the minute")
    ends_at = models.DateTimeField(help_text="ends then at the latest")
    proved_at = models.DateTimeField(help_text="when the holder last proved who is sitting there, by any means")
    factor = models.CharField(max_length=16, choices=Factor.choices, default=Factor.NONE, blank=True)
    factor_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=16, choices=Ended.choices, default=Ended.NOT_YET, blank=True)

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="ended_session_says_why",
            ),
            models.CheckConstraint(
                condition=Q(factor="", factor_at__isnull=True) | (Q(factor_at__isnull=False) & ~Q(factor="")),
                name="session_factor_has_its_moment",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begun_at")), name="session_ends_after_it_began"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-begun_at"], name="sessions_of_an_account")]

    def __str__(self) -> str:
        return f"{self.method} {self.begun_at:%d/%m %H:%M}"


class Passkey(models.Model):
    """A WebAuthn credential: the public half of a key that never leaves its device or its holder's key store."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(unique=True, max_length=1023)
    credential = models.BinaryField(help_text="attested credential data: AAGUID, id, COSE public key")
    sign_count = models.BigIntegerField(default=0, help_text="0: this kind of key does not count")
    backup_eligible = models.BooleanField(help_text="may be copied to the holder's other devices")
    backed_up = models.BooleanField(help_text="has been copied")
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "people"

    def __str__(self) -> str:
        return self.name


class AuthenticatorApp(models.Model):
    """The secret shared with an authenticator app (TOTP, RFC 6238), and the tries of codes for this account."""

    account = models.OneToOneField(
        "people.Account", primary_key=True, on_delete=models.CASCADE, related_name="authenticator"
    )
    sealed_secret = models.BinaryField(help_text="ansinh.platform.sealing, for this account's row")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="until the first right code it opens nothing")
    last_step = models.BigIntegerField(default=0, help_text="30-second step of the last used code")

    class Meta:
        app_label = "people"


class RecoveryCode(models.Model):
    """One use in place of a lost telephone; only an HMAC is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "code_hash"], name="one_recovery_code_once"),
        ]


class DoorGuard(models.Model):
    """What is counted about an account's doors: wrong passwords in a row (officers), wrong codes of a second factor."""

    account = models.OneToOneField(
        "people.Account", primary_key=True, on_delete=models.CASCADE, related_name="door_guard"
    )
    wrong_passwords = models.PositiveSmallIntegerField(default=0, db_default=0)
    locked_at = models.DateTimeField(null=True, blank=True, help_text="since then no password opens it")
    unlocked_at = models.DateTimeField(null=True, blank=True)
    unlocked_by = models.UUIDField(null=True, blank=True, help_text="the officer who opened it again")
    enabled_at = models.DateTimeField(null=True, blank=True, help_text="unused days count anew from here")
    factor_tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    factor_tries_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "people"
