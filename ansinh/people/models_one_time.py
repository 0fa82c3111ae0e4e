"""One-time codes and the counters that keep them from being pumped; `people.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class Purpose(models.TextChoices):
    """What a code is good for. A code of one purpose never opens another."""

    REGISTRATION = "registration", "đăng ký tài khoản"
    SIGN_IN = "sign_in", "đăng nhập"
    PASSWORD_RESET = "password_reset", "đặt lại mật khẩu"
    TRANSACTION = "transaction", "xác nhận nộp hồ sơ"
    CONTACT_CHANGE = "contact_change", "đổi số điện thoại hoặc thư điện tử"


class Channel(models.TextChoices):
    """How a code travels."""

    SMS = "sms", "tin nhắn"
    EMAIL = "email", "thư điện tử"


class DeliveryState(models.TextChoices):
    """What is known of the message that carries the code."""

    QUEUED = "queued", "đang chờ gửi"
    HANDED_OVER = "handed_over", "đã giao cho mạng"
    DELIVERED = "delivered", "máy đã nhận"
    FAILED = "failed", "không gửi được"


class OneTimeCode(models.Model):
    """A six-digit code sent to one recipient, for one purpose, in one session.

    The code is kept twice, never readable: as an HMAC to check it, and sealed under the server secret so that a resend
    brings the same code. The sealed form is wiped when the code is used, closed or out of time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    account_id = models.UUIDField(null=True, blank=True)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    recipient = models.CharField(max_length=254)
    session_key = models.CharField(max_length=64, help_text="SHA-256 of the session key the code is bound to")
    bound_digest = models.CharField(
        max_length=128, blank=True, help_text="hex digest of what a transaction code confirms"
    )
    code_hash = models.CharField(max_length=64)
    sealed_code = models.BinaryField(null=True)
    about = models.CharField(max_length=40, blank=True, help_text="what is confirmed, in words without personal data")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    resends = models.PositiveSmallIntegerField(default=0)
    last_sent_at = models.DateTimeField()
    message_id = models.UUIDField(null=True, blank=True)
    delivery_state = models.CharField(max_length=11, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    delivery_error = models.CharField(max_length=120, blank=True, help_text="why it failed, in Vietnamese words")
    decoy = models.BooleanField(
        default=False, help_text="nothing opens it: the page answers as if a code had been sent"
    )
    extended = models.BooleanField(default=False, help_text="its life has been counted from the hand-over, once")
    handed_over_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    other_recipient = models.CharField(
        max_length=254,
        blank=True,
        default="",
        db_default="",
        help_text="the same person by the other channel, while the code has not gone there",
    )
    fell_back_at = models.DateTimeField(null=True, blank=True, help_text="when the same code went the other way")
    used_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="replaced by a newer code, or out of tries")

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(tries_left__lte=5), name="one_time_code_has_at_most_five_tries"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="one_time_code_lives_after_issue"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(sealed_code__isnull=True), name="used_code_is_not_readable"
            ),
            models.CheckConstraint(
                condition=~Q(purpose="transaction") | ~Q(bound_digest=""), name="transaction_code_is_bound_to_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(purpose="transaction") | Q(bound_digest=""), name="only_transaction_codes_have_a_digest"
            ),
            models.CheckConstraint(condition=~Q(session_key=""), name="one_time_code_is_bound_to_a_session"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="one_time_code_purpose_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="one_time_code_channel_is_known"),
            models.CheckConstraint(
                condition=Q(delivery_state__in=DeliveryState.values), name="one_time_code_delivery_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "purpose"], name="one_time_code_recipient"),
            models.Index(fields=["message_id"], name="one_time_code_message"),
            models.Index(fields=["expires_at"], condition=Q(sealed_code__isnull=False), name="one_time_code_to_wipe"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class OneTimeCounter(models.Model):
    """How many codes one recipient, network, session or everybody asked for within one window of time."""

    id = models.BigAutoField(primary_key=True)
    scope = models.CharField(max_length=12)
    key = models.CharField(max_length=64, help_text="SHA-256 of what is counted; empty for everybody")
    window_start = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key", "window_start"], name="one_counter_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.window_start:%d/%m %H:%M} {self.used}"
