"""Contacts that an account no longer uses."""

from __future__ import annotations

from django.db import models


class FormerContact(models.Model):
    """Telephone and mailbox as they were until a change; append-only."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="former_contacts")
    phone = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    ended_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-ended_at"])]
