"""A look at a health-insurance card at a facility's counter. Only grows; the person reads it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class CardCheck(models.Model):
    """Who asked about which card, how, and what was answered. `si_number` is empty when no such card was found."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    facility = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    facility_code = models.CharField(max_length=5)
    facility_name = models.CharField(max_length=200)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+", help_text="who asked")
    asked_by = models.CharField(max_length=100)
    way = models.CharField(max_length=5, choices=[("code", "Quét mã"), ("typed", "Nhập số thẻ")])
    answer = models.CharField(max_length=3, help_text="code of answers.yaml")
    si_number = models.CharField(max_length=10, blank=True, help_text="whose card was found")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer__regex=r"^[0-9]{3}$"), name="card_check_answer_is_a_code"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["si_number", "-at"], name="card_checks_of_person"),
            models.Index(fields=["account", "-at"], name="card_checks_of_account"),
        ]
