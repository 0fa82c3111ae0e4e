"""Helping somebody back into an account at a counter; `people.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class RecoveryState(models.TextChoices):
    """Life of a recovery."""

    OPENED = "opened", "Chờ người thứ hai duyệt"
    APPROVED = "approved", "Đã duyệt, chờ người dân đặt lại"
    DONE = "done", "Đã đặt lại"
    REFUSED = "refused", "Không duyệt"
    STOPPED = "stopped", "Chủ tài khoản đã chặn"


class Recovery(models.Model):
    """One recovery: who compared what, who approved it, and the secret with which the person goes on.

    The secret and the stop code are kept as digests. No column holds a password, and no officer sets one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="recoveries")
    state = models.CharField(max_length=8, choices=RecoveryState.choices, default=RecoveryState.OPENED)
    office_code = models.CharField(max_length=5)
    reason = models.CharField(max_length=20, help_text="key of reasons in rules.yaml")
    papers_compared = ArrayField(models.CharField(max_length=20), help_text="keys of papers in rules.yaml")
    opened_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    delegation = models.ForeignKey("people.Delegation", on_delete=models.PROTECT, null=True, blank=True)
    secret_digest = models.CharField(max_length=64, blank=True, help_text="HMAC-SHA256 of the secret on the slip")
    secret_expires_at = models.DateTimeField(null=True, blank=True)
    tries_left = models.PositiveSmallIntegerField(default=0)
    session_key = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the browser that used the secret")
    stop_digest = models.CharField(max_length=64, unique=True)
    done_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(state__in=["opened", "approved"]), name="one_open_recovery_per_account"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("opened_by")),
                name="recovery_is_decided_by_another",
                violation_error_message="Người duyệt phải là người khác với người mở việc khôi phục.",
            ),
            models.CheckConstraint(
                condition=Q(delegation__isnull=False) | ~Q(state__in=["approved", "done"]),
                name="approved_recovery_has_a_delegation",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False, secret_digest=""),
                name="done_recovery_has_no_secret",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "opened_at"], name="recovery_waiting"),
            models.Index(fields=["secret_digest"], condition=~Q(secret_digest=""), name="recovery_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.opened_at:%d/%m/%Y %H:%M}"


class RecoveryPaper(models.Model):
    """A photograph taken at the counter of a paper that was compared."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="papers")
    paper_id = models.UUIDField(help_text="the paper in the store of the account")
    kind = models.CharField(max_length=20, help_text="key of papers in rules.yaml")
    added_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recovery", "paper_id"], name="one_recovery_paper_once"),
        ]

    def __str__(self) -> str:
        return self.kind
