"""Drafts that an officer types for a person at a counter."""

from __future__ import annotations

from django.db import models


class AssistedDraft(models.Model):
    """Who typed a draft for whom, after comparing the person with the identity paper (R-193)."""

    draft = models.OneToOneField("dossiers.Draft", primary_key=True, on_delete=models.CASCADE, related_name="assisted")
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=5)
    begun_at = models.DateTimeField()
