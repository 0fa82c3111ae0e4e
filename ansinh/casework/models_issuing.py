"""Cards and books on paper: to print, to hand over, to post; the blanks used. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7

KINDS = [("card", "Thẻ BHYT"), ("book", "Sổ BHXH")]


class IssueState(models.TextChoices):
    """Where a card or book on paper stands."""

    TO_PRINT = "to_print", "Chờ in"
    PRINTED = "printed", "Đã in, chờ trả"
    HANDED_OVER = "handed_over", "Đã trả tại quầy"
    POSTED = "posted", "Đã gửi bưu điện"


class IssueItem(models.Model):
    """One card or book that a decision gave and that somebody wants on paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="issue_items")
    effect = models.OneToOneField("casework.AppliedEffect", on_delete=models.PROTECT, related_name="issue_item")
    kind = models.CharField(max_length=4, choices=KINDS)
    si_number = models.CharField(max_length=10, help_text="whose record it is")
    person_name = models.CharField(max_length=100)
    office_code = models.CharField(max_length=5)
    by_post = models.BooleanField(help_text="the applicant wants it by post; else it is handed over at the counter")
    state = models.CharField(max_length=12, choices=IssueState.choices, default=IssueState.TO_PRINT)
    ordered_at = models.DateTimeField()
    serial = models.CharField(max_length=20, blank=True, help_text="of the blank it was printed on")
    printed_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=100, blank=True)
    identity_checked = models.BooleanField(default=False)
    signed_for = models.BooleanField(default=False, help_text="whoever took it signed the list of the counter")
    postal = models.ForeignKey(
        "post.OutgoingItem", null=True, blank=True, on_delete=models.PROTECT, related_name="issue_items",
        help_text="the postal item it lies in",
    )  # fmt: skip
    tracking_number = models.CharField(
        max_length=30, blank=True, help_text="only of what was posted before postal items were kept; else see `postal`"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["ordered_at", "id"]
        indexes: ClassVar = [models.Index(fields=["office_code", "state"], name="issue_items_of_an_office")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="to_print", serial="", printed_at=None)
                | (~Q(state="to_print") & ~Q(serial="") & Q(printed_at__isnull=False)),
                name="printed_item_has_its_blank",
                violation_error_message="Thẻ, sổ đã in phải có số seri của phôi.",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_over")
                | (~Q(taken_by="") & Q(identity_checked=True, signed_for=True, done_at__isnull=False)),
                name="handed_over_item_says_to_whom",
                violation_error_message="Trả tại quầy phải ghi người nhận, đã đối chiếu giấy tờ và ký nhận.",
            ),
            models.CheckConstraint(
                condition=~Q(state="posted")
                | Q(done_at__isnull=False) & (Q(postal__isnull=False) | ~Q(tracking_number="")),
                name="posted_paper_lies_in_a_postal_item",
                violation_error_message="Gửi bưu điện phải có bưu gửi.",
            ),
        ]


class Blank(models.Model):
    """A numbered blank that was used for an item or spoiled; the two counts are all that is ever asked of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=4, choices=KINDS)
    serial = models.CharField(max_length=20)
    office_code = models.CharField(max_length=5)
    item = models.ForeignKey(IssueItem, null=True, blank=True, on_delete=models.PROTECT, related_name="blanks")
    used_at = models.DateTimeField()
    used_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    spoiled_at = models.DateTimeField(null=True, blank=True)
    spoiled_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200, blank=True, help_text="why it was spoiled")

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["used_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "serial"], name="blank_is_used_once"),
            models.CheckConstraint(
                condition=Q(spoiled_at=None, spoiled_by=None, why="")
                | (Q(spoiled_at__isnull=False, spoiled_by__isnull=False) & ~Q(why="")),
                name="spoiled_blank_says_why",
                violation_error_message="Phôi hỏng phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(spoiled_at__isnull=False), name="blank_without_item_is_spoiled"
            ),
        ]
