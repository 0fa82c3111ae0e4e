"""Identities elsewhere that open an account here; `people.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class LinkState(models.TextChoices):
    """Whether the identity still opens the account."""

    LINKED = "linked", "Đang liên kết"
    ENDED = "ended", "Đã bỏ"


class LinkedIdentity(models.Model):
    """One identity at one provider. It is its issuer and its subject together, never a mailbox or a telephone.

    The subject of an issuer is a word of that issuer alone: one that looks like a personal number is none. An ended row
    stays as history.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="identities")
    provider = models.CharField(max_length=40, help_text="key of the provider's file")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=LinkState.choices, default=LinkState.LINKED)
    by_number = models.BooleanField(help_text="found by the personal number the issuer asserted; else linked by hand")
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=Q(state="linked"), name="one_account_per_linked_identity"
            ),
            models.UniqueConstraint(
                fields=["account", "issuer"], condition=Q(state="linked"), name="one_identity_of_an_issuer_per_account"
            ),
            models.CheckConstraint(condition=~Q(subject=""), name="linked_identity_has_a_subject"),
            models.CheckConstraint(
                condition=Q(state="linked", ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False),
                name="ended_identity_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.state}"
