"""Frozen procedure versions: a dossier keeps the one it was made under."""

from __future__ import annotations

from django.db import models

from ansinh.platform.identifiers import uuid7


class ProcedureVersion(models.Model):
    """One procedure folder as it was on the day it was frozen; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(max_length=80)
    in_force_from = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical content")
    content = models.JSONField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "in_force_from", "digest"], name="version_frozen_once"),
        ]
        indexes = [models.Index(fields=["slug", "in_force_from", "frozen_at"])]

    def __str__(self) -> str:
        return f"{self.slug} {self.in_force_from}"
