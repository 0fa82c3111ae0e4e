"""Drafts that an officer types for a person at a counter."""

from __future__ import annotations

from django.db import models


class AssistedDraft(models.Model):
    """Who typed a draft for whom: for a person compared at the counter, or from a paper form that came by post."""

    draft = models.OneToOneField("dossiers.Draft", primary_key=True, on_delete=models.CASCADE, related_name="assisted")
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=5)
    begun_at = models.DateTimeField()
    incoming_id = models.UUIDField(
        null=True,
        blank=True,
        unique=True,
        help_text="the postal item whose paper form is typed; empty: somebody is here",
    )
