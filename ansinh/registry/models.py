"""What the agency holds about an insured person: the source of every prefilled fact."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedJSON, SealedText
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT, PERSONAL_ID
from ansinh.registry.models_bank_accounts import BankAccountChange as BankAccountChange
from ansinh.registry.models_bank_accounts import ChangeState as ChangeState
from ansinh.registry.models_benefits import EntitlementChange as EntitlementChange
from ansinh.registry.models_card_checks import CardCheck as CardCheck
from ansinh.registry.models_contracts import ContractAnnex as ContractAnnex
from ansinh.registry.models_contracts import TreatmentContract as TreatmentContract
from ansinh.registry.models_numbers import IssuedNumber as IssuedNumber
from ansinh.registry.models_numbers import NumberRange as NumberRange
from ansinh.registry.models_numbers import NumberRangeEvent as NumberRangeEvent
from ansinh.registry.models_records import BookEntry as BookEntry
from ansinh.registry.models_records import CardChange as CardChange
from ansinh.registry.models_records import Certificate as Certificate
from ansinh.registry.models_records import ContributionPayment as ContributionPayment
from ansinh.registry.models_records import LeaveSpell as LeaveSpell
from ansinh.registry.models_records import ParticipationChange as ParticipationChange
from ansinh.registry.models_records import PersonalDataChange as PersonalDataChange
from ansinh.registry.models_records import RecoveryCancellation as RecoveryCancellation
from ansinh.registry.models_records import RecoveryClaim as RecoveryClaim
from ansinh.registry.models_unpaid import UnpaidBenefit as UnpaidBenefit


class InsuredPerson(models.Model):
    """A participant, keyed by the social insurance number."""

    si_number = models.CharField(max_length=10, primary_key=True)
    full_name = models.CharField(max_length=100)
    search_key = models.CharField(max_length=100)
    date_of_birth = models.CharField(max_length=10)
    sex = models.CharField(max_length=6, choices=[("male", "Nam"), ("female", "Nữ")])
    personal_id_number = SealedText(kind=PERSONAL_ID)
    personal_id_key = BlindIndex("personal_id_number")
    managing_office = models.CharField(max_length=5)
    paper_book_number = models.CharField(max_length=20, blank=True, help_text="empty: the book is electronic only")
    card_number = models.CharField(max_length=15, blank=True)
    card_level_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    card_valid_from = models.DateField(null=True, blank=True)
    card_valid_to = models.DateField(null=True, blank=True)
    initial_facility = models.CharField(max_length=5, blank=True)
    state_support_received = models.BigIntegerField(default=0, help_text="đồng")
    updated_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["search_key", "date_of_birth"]),
            models.Index(fields=["personal_id_key"], name="insured_of_a_personal_id"),
        ]

    def __str__(self) -> str:
        return f"{self.si_number} {self.full_name}"


class ContributionPeriod(models.Model):
    """Months paid on one wage to one fund."""

    insured = models.ForeignKey(InsuredPerson, on_delete=models.CASCADE, related_name="periods")
    from_month = models.DateField(help_text="first day of the first month")
    to_month = models.DateField(help_text="first day of the last month")
    fund = models.CharField(max_length=10, choices=[("compulsory", "BHXH bắt buộc"), ("voluntary", "BHXH tự nguyện")])
    scale = models.CharField(max_length=8, choices=[("state", "Nhà nước"), ("employer", "Đơn vị")], default="employer")
    salary = models.BigIntegerField(help_text="đồng a month; with scale state the coefficient decides")
    coefficient = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    over_frame_percent = models.PositiveSmallIntegerField(default=0)
    seniority_percent = models.PositiveSmallIntegerField(default=0)
    hazardous = models.BooleanField(default=False)
    employer_code = models.CharField(max_length=20, blank=True)
    employer_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["from_month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_month__gte=F("from_month")),
                name="period_ends_after_it_begins",
                violation_error_message="Tháng cuối phải sau hoặc bằng tháng đầu.",
            ),
        ]


class ContributionSupport(models.Model):
    """Months of voluntary insurance of which the State paid a share (decree 159/2025 article 5)."""

    insured = models.ForeignKey(InsuredPerson, on_delete=models.CASCADE, related_name="supports")
    from_month = models.DateField(help_text="first day of the first month")
    to_month = models.DateField(help_text="first day of the last month")
    group = models.CharField(
        max_length=12,
        choices=[
            ("poor", "Hộ nghèo, xã đảo, đặc khu"),
            ("near_poor", "Hộ cận nghèo"),
            ("minority", "Dân tộc thiểu số"),
            ("other", "Đối tượng khác"),
        ],
    )
    percent = models.PositiveSmallIntegerField(help_text="share of the State in hundredths, as paid")

    class Meta:
        ordering = ["from_month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_month__gte=F("from_month")),
                name="support_ends_after_it_begins",
                violation_error_message="Tháng cuối phải sau hoặc bằng tháng đầu.",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="support_is_a_share",
                violation_error_message="Phần Nhà nước hỗ trợ phải từ 1% đến 100%.",
            ),
        ]


class Entitlement(models.Model):
    """A benefit as it was granted, never rewritten; what changed since is in `EntitlementChange`.

    A relative is paid from the record of the person who died: `beneficiary_name` names whom, empty is the insured.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    insured = models.ForeignKey(InsuredPerson, on_delete=models.CASCADE, related_name="entitlements")
    number = models.CharField(max_length=30, unique=True)
    benefit_type = models.CharField(max_length=30)
    start_month = models.DateField()
    monthly_amount = models.BigIntegerField(help_text="đồng")
    payment_method = models.CharField(
        max_length=20, choices=[("bank_account", "Tài khoản cá nhân"), ("cash_service_org", "Tiền mặt")]
    )
    bank_account = SealedJSON(kind=BANK_ACCOUNT, indexed=("bank", "number"))
    bank_account_key = BlindIndex("bank_account")
    paying_office = models.CharField(max_length=5)
    ended_on = models.DateField(null=True, blank=True, help_text="of a benefit taken over from before: not paid since")
    payment_place = models.JSONField(default=dict, db_default={}, help_text="address of the payment point")
    beneficiary_name = models.CharField(max_length=100, blank=True, db_default="")
    beneficiary_birth = models.CharField(max_length=10, blank=True, db_default="")
    beneficiary_id_number = SealedText(kind=PERSONAL_ID)
    dossier_id = models.UUIDField(null=True, blank=True, help_text="whose decision granted it; empty: from before")
    granted_at = models.DateTimeField(null=True, blank=True, help_text="when it was; no list before could know of it")

    class Meta:
        indexes = [models.Index(fields=["bank_account_key"], name="benefits_of_a_bank_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_month__day=1),
                name="benefit_starts_with_a_month",
                violation_error_message="Chế độ hằng tháng bắt đầu từ ngày đầu của một tháng.",
            ),
            models.CheckConstraint(
                condition=Q(monthly_amount__gt=0),
                name="benefit_is_an_amount",
                violation_error_message="Mức hưởng hằng tháng phải lớn hơn 0.",
            ),
        ]
