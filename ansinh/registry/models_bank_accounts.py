"""Changes of the bank account a person's benefits are paid to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedText
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT


class ChangeState(models.TextChoices):
    """Life of a change. A held or approved one takes effect by itself when its moment comes."""

    HELD = "held", "Đang chờ hết thời gian giữ"
    REVIEW = "review", "Chờ cơ quan BHXH xem xét"
    APPROVED = "approved", "Cơ quan BHXH đã duyệt"
    FROZEN = "frozen", "Đã bị chặn"
    WITHDRAWN = "withdrawn", "Người hưởng đã rút"
    REFUSED = "refused", "Không được duyệt"


TAKES_EFFECT = (ChangeState.HELD, ChangeState.APPROVED)
WAITS_FOR_OFFICERS = (ChangeState.REVIEW, ChangeState.FROZEN)


class BankAccountChange(models.Model):
    """One wish to be paid elsewhere, kept for good. What is paid where follows from these rows alone (payable.py)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="bank_account_changes")
    bank = models.CharField(max_length=6, help_text="number of the bank in the list of banks")
    number = SealedText(kind=BANK_ACCOUNT, beside=("bank",), null=False)
    account_key = BlindIndex("number")
    holder = models.CharField(max_length=100, help_text="as the bank writes it")
    state = models.CharField(max_length=9, choices=ChangeState.choices)
    way = models.CharField(max_length=10, help_text="passkey, totp, vneid or counter")
    reasons = models.JSONField(default=list, help_text="codes: why officers look at it")
    asked_by = models.CharField(max_length=60, help_text="account:<id> or officer:<id>")
    asked_at = models.DateTimeField()
    effective_at = models.DateTimeField(null=True, blank=True)
    freeze_hash = models.CharField(max_length=64, unique=True, help_text="of the code sent to the earlier contacts")
    compared_by = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="who compared the person with the identity paper",
    )  # fmt: skip
    decided_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=5, blank=True, help_text="whose officers deal with it")
    note = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="stopped, withdrawn or refused")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-effective_at"], name="bank_account_in_force"),
            models.Index(fields=["account_key"], name="people_of_a_bank_account"),
            models.Index(
                fields=["office_code", "asked_at"],
                condition=Q(state__in=WAITS_FOR_OFFICERS),
                name="bank_account_changes_at_office",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TAKES_EFFECT, effective_at__isnull=False)
                | (~Q(state__in=TAKES_EFFECT) & Q(effective_at__isnull=True)),
                name="bank_account_takes_effect_once_settled",
                violation_error_message="Chỉ thay đổi đã giữ đủ giờ hoặc đã duyệt mới có thời điểm hiệu lực.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.APPROVED)
                | (Q(compared_by__isnull=False) & Q(decided_by__isnull=False) & ~Q(compared_by=F("decided_by"))),
                name="bank_account_approved_by_two",
                violation_error_message="Người đối chiếu và người duyệt đổi tài khoản phải là hai cán bộ.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=WAITS_FOR_OFFICERS),
                name="one_bank_account_change_at_officers",
                violation_error_message="Người này đang có một thay đổi tài khoản chờ cơ quan BHXH.",
            ),
        ]
