"""What a person asks about the data held, what one agreed to, and the copy made on request."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class RequestKind(models.TextChoices):
    """Rights of a data subject (Luật 91/2025/QH15, Điều 4), and the question about one look."""

    CORRECT = "correct", "Sửa dữ liệu chưa đúng"
    RESTRICT = "restrict", "Hạn chế xử lý"
    OBJECT = "object", "Phản đối xử lý"
    WITHDRAW = "withdraw_consent", "Rút lại đồng ý"
    ERASE = "erase", "Xóa dữ liệu"
    ASK_READING = "ask_reading", "Hỏi về một lượt xem"


class RequestState(models.TextChoices):
    """Who has the request."""

    ASKED = "asked", "Đã gửi, chờ tiếp nhận"
    IN_HAND = "in_hand", "Đang giải quyết"
    ANSWERED = "answered", "Đã trả lời"


class Outcome(models.TextChoices):
    """What the answer is."""

    GRANTED = "granted", "Đồng ý"
    PARTLY = "partly", "Đồng ý một phần"
    REFUSED = "refused", "Không đồng ý, có lý do"


class DataRequest(models.Model):
    """One request with its two clocks: to say that it is in hand, and to answer it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=RequestKind.choices)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    subject_id = models.UUIDField(help_text="whose data")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="data_requests")
    office_code = models.CharField(max_length=5, help_text="which office answers")
    words = models.TextField(help_text="what is asked, in the person's words")
    purpose = models.CharField(max_length=40, blank=True, help_text="of a consent that is withdrawn")
    reading = models.ForeignKey("people.Reading", null=True, blank=True, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    acknowledge_by = models.DateField()
    due_on = models.DateField()
    in_hand_at = models.DateTimeField(null=True, blank=True)
    in_hand_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office_code", "due_on"], name="open_requests", condition=~Q(state="answered")),
            models.Index(fields=["subject_id", "-asked_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="request_says_what",
                violation_error_message="Yêu cầu phải ghi rõ muốn gì.",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="answer_has_outcome_and_reason",
                violation_error_message="Trả lời phải có kết quả, lý do và người trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True) | ~Q(extension_reason=""),
                name="extension_has_reason",
                violation_error_message="Gia hạn phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=Q(kind="ask_reading", reading__isnull=False) | ~Q(kind="ask_reading"),
                name="question_names_its_reading",
                violation_error_message="Câu hỏi về lượt xem phải chỉ rõ lượt nào.",
            ),
        ]


class ConsentEvent(models.Model):
    """Consent given, refused or taken back: a ledger that only grows; the newest line of a purpose counts."""

    id = models.BigAutoField(primary_key=True)
    subject_id = models.UUIDField()
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40, help_text="code of purposes.yaml")
    version = models.CharField(max_length=10, help_text="of the text: the day it came into use")
    text_sha256 = models.CharField(max_length=64, help_text="of exactly the text that was shown")
    channel = models.CharField(max_length=10, choices=[("portal", "Cổng"), ("counter", "Tại quầy")])
    given = models.BooleanField(help_text="false: refused or taken back")
    at = models.DateTimeField()
    language = models.CharField(max_length=2)
    device = models.CharField(max_length=200, help_text="a summary of the user agent, no network address")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_id", "purpose", "-id"])]


class DataExport(models.Model):
    """A copy of a person's data: made by a job, sealed for this row, wiped when its time is over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_id = models.UUIDField()
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="data_exports")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="bytes")
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-asked_at"])]
