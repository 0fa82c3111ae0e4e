"""Contracts for examination and treatment under health insurance, between the agency and a health facility."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.offices.models import Dated, no_overlap
from ansinh.platform.identifiers import uuid7


class TechnicalLevel(models.TextChoices):
    """The level of technical care a facility was given (law 15/2023/QH15, article 104)."""

    INITIAL = "initial", "Cấp ban đầu"
    BASIC = "basic", "Cấp cơ bản"
    ADVANCED = "advanced", "Cấp chuyên sâu"
    PROVISIONAL = "provisional", "Tạm xếp cấp"


class CareScope(models.TextChoices):
    """What the facility treats for the insured."""

    OUTPATIENT = "outpatient", "Ngoại trú"
    INPATIENT = "inpatient", "Nội trú"
    INITIAL_REGISTRATION = "initial_registration", "Đăng ký khám chữa bệnh ban đầu"


class ContractState(models.TextChoices):
    """Life of a contract. One whose last day has passed stays in force in the table and is ended by its days."""

    IN_FORCE = "in_force", "Đã ký"
    ENDED = "ended", "Đã chấm dứt trước hạn"


class TreatmentContract(Dated):
    """One contract, from the first to the last day both sides signed; ended early it stops on `valid_to`.

    A facility has one at a time. What an annex changed stands in `ContractAnnex`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    facility = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="treatment_contracts")
    facility_code = models.CharField(max_length=5)
    number = models.CharField(max_length=60)
    office_code = models.CharField(max_length=5, help_text="the office that signed")
    agreed_to = models.DateField(null=True, blank=True, help_text="last day as signed; valid_to may come earlier")
    technical_level = models.CharField(
        max_length=12, choices=TechnicalLevel.choices, blank=True, help_text="empty: brought over without it"
    )
    scope = ArrayField(models.CharField(max_length=20, choices=CareScope.choices), default=list, blank=True)
    is_first = models.BooleanField(default=False, help_text="no other contract stood right before it")
    declared = models.JSONField(
        default=dict, help_text="what the facility declared of itself: licence, beds, account; no person"
    )
    state = models.CharField(max_length=8, choices=ContractState.choices, default=ContractState.IN_FORCE)
    ended_why = models.TextField(blank=True)
    dossier_id = models.UUIDField(
        null=True, blank=True, help_text="what it was asked for with; empty: before the portal"
    )
    ended_by_dossier = models.UUIDField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True, help_text="when the agency signed, the second of the two")

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            no_overlap(
                "facility", name="one_treatment_contract_at_a_time",
                message="Cơ sở đã có hợp đồng khám chữa bệnh BHYT trong thời gian đó.",
            ),
            models.UniqueConstraint(
                fields=["office_code", "number"], name="treatment_contract_number_once",
                violation_error_message="Số hợp đồng này đã dùng.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="treatment_contract_ends_after_it_begins",
                violation_error_message="Ngày cuối của hợp đồng phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", ended_why="")
                | Q(state="ended", valid_to__isnull=False) & ~Q(ended_why=""),
                name="ended_treatment_contract_says_why",
                violation_error_message="Hợp đồng chấm dứt trước hạn phải có ngày cuối và lý do.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class ContractAnnex(models.Model):
    """A signed annex: what it says in words and, where it changes them, the level and scope from its day on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contract = models.ForeignKey(TreatmentContract, on_delete=models.PROTECT, related_name="annexes")
    number = models.CharField(max_length=60)
    valid_from = models.DateField()
    summary = models.TextField()
    technical_level = models.CharField(max_length=12, choices=TechnicalLevel.choices, blank=True)
    scope = ArrayField(models.CharField(max_length=20, choices=CareScope.choices), default=list, blank=True)
    dossier_id = models.UUIDField(null=True, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["valid_from", "signed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_annex_number_once"),
            models.CheckConstraint(
                condition=~Q(summary=""),
                name="contract_annex_says_what",
                violation_error_message="Phụ lục phải ghi nội dung thay đổi.",
            ),
        ]
