"""An official letter. Number, day and PDF come on issue; from then on the database lets nothing of it change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.directives.models_campaigns import Campaign as Campaign
from ansinh.directives.models_campaigns import CampaignStep as CampaignStep
from ansinh.directives.models_campaigns import CampaignUnit as CampaignUnit
from ansinh.directives.models_distribution import Delivery as Delivery
from ansinh.directives.models_distribution import DeliveryEvent as DeliveryEvent
from ansinh.directives.models_distribution import GroupMember as GroupMember
from ansinh.directives.models_distribution import RecipientGroup as RecipientGroup
from ansinh.directives.models_feedback import PageFeedback as PageFeedback
from ansinh.directives.models_problems import ProblemAbout as ProblemAbout
from ansinh.directives.models_problems import ProblemReport as ProblemReport
from ansinh.directives.models_problems import ProblemStep as ProblemStep
from ansinh.platform.identifiers import uuid7

_CAPITAL = f"[A-Z{chr(0x110)}0-9]"
SYMBOL = f"^{_CAPITAL}{{2,12}}(-{_CAPITAL}{{1,12}}){{0,2}}$"


class LetterState(models.TextChoices):
    """Life of a letter."""

    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã phát hành"
    DROPPED = "dropped", "Bỏ dự thảo"


class Purpose(models.TextChoices):
    """Why somebody gets a letter (R-183)."""

    ACT = "act", "Để thực hiện (như trên)"
    REPORT = "report", "Để báo cáo"
    KNOW = "know", "Để biết"
    PUBLISH = "publish", "Đăng trang công khai"
    ARCHIVE = "archive", "Lưu"


class Letter(models.Model):
    """A letter of an office: without number and day until its signatory issues it (R-182)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="letters")
    symbol = models.CharField(max_length=38, help_text="symbol of the unit: BHXH-CNTT")
    summary = models.CharField(max_length=300, help_text="V/v")
    body = models.TextField(max_length=20000, help_text="paragraphs, one a line")
    signer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.DRAFT)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    capacity = models.CharField(max_length=60, blank=True, help_text="held on that day: KT. GIÁM ĐỐC; empty: head")
    signer_title = models.CharField(max_length=80, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "symbol", "year", "number"], condition=Q(state="issued"),
                name="one_letter_per_number",
                violation_error_message="Số văn bản này đã cấp.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="issued", number__gt=0, year__isnull=False, issued_on__isnull=False, issued_at__isnull=False
                )
                & ~Q(signer_title="")
                | ~Q(state="issued")
                & Q(
                    number__isnull=True, year__isnull=True, issued_on__isnull=True, issued_at__isnull=True,
                    pdf_sha256="",
                ),
                name="only_an_issued_letter_has_number_and_day",
                violation_error_message="Dự thảo chưa có số và ngày; văn bản đã phát hành phải có cả hai.",
            ),
            models.CheckConstraint(
                condition=Q(symbol__regex=SYMBOL), name="letter_symbol_is_capitals",
                violation_error_message="Ký hiệu gồm chữ in hoa và gạch nối, ví dụ BHXH-CNTT.",
            ),
            models.CheckConstraint(condition=~Q(summary="") & ~Q(body=""), name="letter_says_something"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["office", "state", "-drafted_at"], name="letters_of_office")]

    @property
    def full_number(self) -> str:
        """`12/BHXH-CNTT`, or empty for a draft."""
        return f"{self.number}/{self.symbol}" if self.number else ""


class NumberBook(models.Model):
    """The last number an office gave under a symbol in a year. Its row is locked while a number is taken."""

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=38)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "symbol", "year"], name="one_number_book"),
        ]


class Recipient(models.Model):
    """One line of “Kính gửi” or “Nơi nhận”: to whom, and why."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="recipients")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)

    class Meta:
        ordering = ["letter", "place"]
        constraints = [models.UniqueConstraint(fields=["letter", "place"], name="one_recipient_in_a_place")]


class Attachment(models.Model):
    """A file that goes with the letter, byte by byte as it was given (R-179)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="attachments")
    paper = models.ForeignKey("files.Paper", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=20)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "sha256"], name="attached_once")]
