"""What an office gives to the post: results, cards, books, originals that go back. `post.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7

NUMBER = r"^BG[0-9]{10}$"
TRACKING = r"^[A-Z0-9]{6,30}$"


class OutgoingState(models.TextChoices):
    """Where an outgoing item is."""

    PREPARED = "prepared", "Chờ giao bưu điện"
    DROPPED = "dropped", "Không gửi nữa"
    POSTED = "posted", "Đã giao bưu điện"
    DELIVERED = "delivered", "Đã phát"
    RETURNED = "returned", "Bưu điện hoàn về"
    SENT_AGAIN = "sent_again", "Đã gửi lại bằng bưu gửi mới"
    KEPT = "kept", "Giữ tại quầy chờ người nhận"
    COLLECTED = "collected", "Đã nhận tại quầy"


MOVES = {
    OutgoingState.PREPARED: (OutgoingState.POSTED, OutgoingState.DROPPED),
    OutgoingState.POSTED: (OutgoingState.DELIVERED, OutgoingState.RETURNED),
    OutgoingState.RETURNED: (OutgoingState.SENT_AGAIN, OutgoingState.KEPT),
    OutgoingState.KEPT: (OutgoingState.COLLECTED, OutgoingState.SENT_AGAIN),
}
"""From → to; every other state is an end. A trigger holds the table to it."""


class Contents(models.TextChoices):
    """What lies in it."""

    RESULT = "result", "Kết quả giải quyết"
    CARD_BOOK = "card_book", "Thẻ BHYT, sổ BHXH"
    ORIGINALS = "originals", "Bản chính trả lại"


class OutgoingItem(models.Model):
    """One item with its label. The number in the bar code is ours; the carrier's comes with the hand-over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=12, unique=True)
    office_code = models.CharField(max_length=5, help_text="who sends it")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="outgoing_items")
    contents = models.CharField(max_length=10, choices=Contents.choices)
    what = models.CharField(max_length=200, help_text="in words: which papers")
    recipient = models.CharField(max_length=100)
    phone = models.CharField(max_length=15, blank=True)
    address = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=OutgoingState.choices, default=OutgoingState.PREPARED)
    again_of = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="again",
        help_text="the one that came back",
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    tracking_number = models.CharField(max_length=30, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(max_length=200, blank=True)
    answer = models.CharField(
        max_length=7, blank=True, choices=[("send", "Gửi lại"), ("counter", "Nhận tại quầy")],
        help_text="what the applicant wants done with a returned item",
    )  # fmt: skip
    new_address = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=60, blank=True, help_text="account:<id> or officer:<id>")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="dropped, sent again, collected")
    collected_by = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        indexes: ClassVar = [models.Index(fields=["office_code", "state"], name="outgoing_of_an_office")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__regex=NUMBER), name="outgoing_number_form"),
            models.UniqueConstraint(
                fields=["tracking_number"],
                condition=~Q(tracking_number=""),
                name="tracking_number_once",
                violation_error_message="Số hiệu bưu gửi này đã ghi cho một bưu gửi khác.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "dropped"], tracking_number="", posted_at=None)
                | (~Q(state__in=["prepared", "dropped"]) & Q(tracking_number__regex=TRACKING, posted_at__isnull=False)),
                name="posted_item_has_its_tracking_number",
                violation_error_message="Bưu gửi đã giao bưu điện phải có số hiệu.",
            ),
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_at__isnull=False)
                | (~Q(state="delivered") & Q(delivered_at=None)),
                name="delivered_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["returned", "sent_again", "kept", "collected"], returned_at__isnull=False)
                & ~Q(return_reason="")
                | ~Q(state__in=["returned", "sent_again", "kept", "collected"])
                & Q(returned_at=None, return_reason="", answer=""),
                name="returned_item_says_why",
                violation_error_message="Bưu gửi hoàn về phải ghi lúc nào và vì sao.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by="", new_address="")
                | Q(answer="counter", answered_at__isnull=False, new_address="") & ~Q(answered_by="")
                | Q(answer="send", answered_at__isnull=False) & ~Q(answered_by="") & ~Q(new_address=""),
                name="answer_about_a_returned_item_is_whole",
                violation_error_message="Gửi lại thì cần địa chỉ mới.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["dropped", "sent_again", "collected"], ended_at__isnull=False)
                | ~Q(state__in=["dropped", "sent_again", "collected"]) & Q(ended_at=None),
                name="ended_outgoing_item_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="collected") & ~Q(collected_by="") | ~Q(state="collected") & Q(collected_by=""),
                name="collected_item_says_by_whom",
                violation_error_message="Nhận tại quầy phải ghi người nhận.",
            ),
        ]

    def __str__(self) -> str:
        return self.number
