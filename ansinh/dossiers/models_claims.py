"""Files of treatment costs that a health facility hands in before it asks for a settlement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class ClaimState(models.TextChoices):
    """A file counts until the facility takes it back."""

    COUNTED = "counted", "Được tính"
    TAKEN_BACK = "taken_back", "Đã rút"


class ClaimFile(models.Model):
    """One file of the standard's envelope, with its control totals in đồng. The bytes lie in the storage."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    facility = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="claim_files")
    facility_code = models.CharField(max_length=5)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    first_day = models.DateField(help_text="earliest day of payment in the file")
    last_day = models.DateField(help_text="latest")
    records = models.PositiveIntegerField()
    total_cost = models.DecimalField(max_digits=18, decimal_places=2, help_text="T_TONGCHI_BV")
    fund_amount = models.DecimalField(max_digits=18, decimal_places=2, help_text="T_BHTT")
    patient_amount = models.DecimalField(max_digits=18, decimal_places=2, help_text="T_BNCCT")
    rules = models.CharField(max_length=20, blank=True, default="", help_text="edition of the rules for its rows")
    errors = models.PositiveIntegerField(default=0, help_text="faults in its rows; a settlement waits for them")
    warnings = models.PositiveIntegerField(default=0, help_text="what the assessor is shown beside them")
    findings = models.JSONField(default=list, blank=True, help_text="the first of both, by record, table, row, column")
    stays = models.JSONField(default=list, blank=True, help_text="a digest of patient and arrival for each record")
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.COUNTED)
    uploaded_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["first_day", "uploaded_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["facility", "sha256"],
                condition=Q(state="counted"),
                name="claim_file_once",
                violation_error_message="Tệp này đã được gửi.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="claim_file_days_in_order",
                violation_error_message="Ngày cuối của tệp phải từ ngày đầu trở đi.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["facility", "first_day"], name="claim_files_of_facility")]
