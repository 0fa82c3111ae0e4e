"""Communes that were before the map of today, and what each became. `offices.models` imports this."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class FormerCommune(models.Model):
    """A commune of the old map and one of those it became; a commune that was divided has a row for each."""

    code = models.CharField(max_length=5)
    name_vi = models.CharField(max_length=120, help_text="as it was written, with district where that tells it apart")
    became = models.CharField(max_length=5, help_text="code of the commune it went into, wholly or in part")
    last_day = models.DateField(help_text="the last day the old commune was there")
    ground = models.CharField(max_length=200, help_text="the resolution that rearranged it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "became"], name="former_commune_became_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{5}$", became__regex=r"^\d{5}$"),
                name="former_commune_codes_have_five_digits",
                violation_error_message="Mã xã cũ và mã xã mới đều gồm 5 chữ số.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.became}"
