"""Messages to the outside, their append-only delivery log, and notices inside the application."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class Channel(models.TextChoices):
    """Ways out of the house."""

    SMS = "sms", "Tin nhắn"
    EMAIL = "email", "Thư điện tử"


class State(models.TextChoices):
    """Life of a message. Only the last three are final."""

    QUEUED = "queued", "Đang chờ gửi"
    HANDED_OVER = "handed_over", "Đã giao cho mạng"
    DELIVERED = "delivered", "Đã đến máy người nhận"
    FAILED = "failed", "Không gửi được"
    EXPIRED = "expired", "Quá hạn, không gửi nữa"


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, by what is asked of them."""

    def about(self, dossier_id: UUID) -> MessageQuerySet:
        """Of one dossier, newest first."""
        return self.filter(dossier_id=dossier_id).order_by("-created_at", "-id")


class Message(models.Model):
    """One SMS or one e-mail to one recipient.

    A secret text (a one-time code) is never in `body`: it stands there masked, and lies sealed in `sealed_body` until
    the message is handed over, has failed or is out of time.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    recipient = models.CharField(max_length=254, help_text="84… or an e-mail address")
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    sealed_body = models.BinaryField(null=True)
    purpose = models.CharField(max_length=40, help_text="code of the event in texts.yaml")
    account_id = models.UUIDField(null=True, blank=True)
    dossier_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=11, choices=State.choices, default=State.QUEUED)
    provider = models.CharField(max_length=20, blank=True)
    provider_reference = models.CharField(max_length=255, blank=True)
    idempotency = models.CharField(max_length=64, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_is_known"),
            models.CheckConstraint(condition=~Q(recipient=""), name="message_has_a_recipient"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="message_has_a_time_to_live"),
            models.CheckConstraint(
                condition=~Q(state="handed_over") | (Q(handed_over_at__isnull=False) & ~Q(provider="")),
                name="handed_over_message_says_when_and_to_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False), name="delivered_message_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "expired"]) | ~Q(error=""), name="failed_message_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(sealed_body__isnull=True), name="only_a_queued_message_keeps_its_secret"
            ),
            models.UniqueConstraint(
                fields=["provider", "provider_reference"],
                condition=~Q(provider_reference=""),
                name="one_message_per_provider_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier_id", "-created_at"], name="message_of_dossier"),
            models.Index(fields=["account_id", "-created_at"], name="message_of_account"),
            models.Index(fields=["created_at"], condition=Q(state="queued"), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.purpose} {self.state}"


class MessageEvent(models.Model):
    """One line of the delivery log. The database refuses to change or delete it."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, help_text="queued, attempt, handed_over, delivered, failed, expired, retry")
    at = models.DateTimeField()
    provider = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = [models.Index(fields=["message", "at"], name="event_of_message")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y %H:%M}"


class Notice(models.Model):
    """What the application says to a person: code and facts for programs, the words of the day in both languages."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account_id = models.UUIDField()
    owner_id = models.UUIDField(null=True, blank=True, help_text="somebody else whose matter it is; empty: one's own")
    dossier_id = models.UUIDField(null=True, blank=True)
    code = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    body_vi = models.TextField()
    body_en = models.TextField()
    idempotency = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("created_at")),
                name="notice_is_read_after_it_is_made",
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-created_at"], name="notice_of_account"),
            models.Index(fields=["account_id"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title_vi


class SendCounter(models.Model):
    """How many messages of a channel went out on one day, to one recipient or in one share of all (`#0`, `#1` …)."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    recipient = models.CharField(max_length=254)
    day = models.DateField(help_text="day in Vietnam")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "recipient", "day"], name="one_send_counter_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.day} {self.used}"
