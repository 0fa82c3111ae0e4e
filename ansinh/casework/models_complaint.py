"""A complaint about a decided dossier, with a clock of its own. `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class ComplaintState(models.TextChoices):
    """Life of a complaint."""

    FILED = "filed", "Đã nhận khiếu nại, chờ giải quyết"
    ANSWERED = "answered", "Đã trả lời khiếu nại"
    WITHDRAWN = "withdrawn", "Đã rút khiếu nại"
    PASSED = "passed", "Quá hạn trả lời, đã khiếu nại lần hai"


class Complaint(models.Model):
    """What the applicant objects to; the limit it is answered in is kept with it, whatever the rules become.

    Answered once, by somebody who had no part in the decision: the database refuses anybody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=32, unique=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="complaints")
    office_code = models.CharField(max_length=5, help_text="the office that answers")
    account = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="who filed it in the portal; empty: it came on paper",
    )  # fmt: skip
    level = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="2: to the level above the first")
    first = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="second",
        help_text="of a second complaint: the one whose answer it is about",
    )  # fmt: skip
    channel = models.CharField(
        max_length=7, default="portal", db_default="portal",
        choices=[("portal", "Trên Cổng"), ("counter", "Tại quầy"), ("post", "Qua bưu điện")],
    )  # fmt: skip
    complainant = models.CharField(max_length=100, blank=True, db_default="", help_text="who signed it, on paper")
    received_on = models.DateField(
        null=True, blank=True, help_text="on paper: the day it came in; limits count from it"
    )
    typed_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan_name = models.CharField(max_length=200, blank=True, db_default="")
    late_why = models.CharField(
        max_length=500, blank=True, db_default="", help_text="past the time of the law: what hindered the person"
    )
    filed_at = models.DateTimeField()
    about = models.TextField(help_text="what is wrong, in the applicant's words")
    wants = models.TextField(help_text="what the applicant wants")
    remote = models.BooleanField(
        default=False, db_default=False, help_text="from a far area that is hard to reach: the longer limits of the law"
    )
    due_on = models.DateField()
    basis_vi = models.CharField(max_length=200, help_text="of the limit, as it was when it was filed")
    state = models.CharField(max_length=9, choices=ComplaintState.choices, default=ComplaintState.FILED)
    outcome = models.CharField(
        max_length=8, blank=True, choices=[("upheld", "Khiếu nại đúng"), ("partly", "Khiếu nại đúng một phần"),
                                           ("rejected", "Khiếu nại không đúng")],
    )  # fmt: skip
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_title = models.CharField(max_length=200, blank=True)
    answered_capacity = models.CharField(max_length=60, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state="filed"), name="one_open_complaint",
                violation_error_message="Hồ sơ đang có một khiếu nại chờ giải quyết.",
            ),
            models.CheckConstraint(
                condition=Q(channel="portal", account__isnull=False, typed_by__isnull=True)
                | ~Q(channel="portal") & Q(account__isnull=True, typed_by__isnull=False, scan__isnull=False,
                                           received_on__isnull=False) & ~Q(complainant=""),
                name="complaint_on_paper_has_its_scan",
                violation_error_message="Khiếu nại trên giấy phải có bản chụp, người đứng đơn, ngày nhận, người nhập.",
            ),
            models.CheckConstraint(
                condition=Q(level=1, first__isnull=True) | Q(level=2, first__isnull=False),
                name="second_complaint_follows_a_first",
                violation_error_message="Khiếu nại lần hai phải theo sau khiếu nại lần đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(about="") & ~Q(wants=""), name="complaint_says_what",
                violation_error_message="Khiếu nại phải ghi điều không đồng ý và đề nghị.",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answer="") & ~Q(outcome="")
                | ~Q(state="answered") & Q(answered_by__isnull=True, answered_at__isnull=True, answer="", outcome=""),
                name="answered_complaint_says_by_whom",
                violation_error_message="Trả lời khiếu nại phải có kết luận, lý do, người ký và thời điểm.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["office_code", "due_on"], name="complaints_to_answer", condition=Q(state="filed")),
        ]
        ordering: ClassVar = ["filed_at", "id"]

    def __str__(self) -> str:
        return self.number


class ComplaintExtension(models.Model):
    """The longer limit of a complicated case, once for a complaint, with its reason and clause. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="extension")
    at = models.DateTimeField()
    old_due = models.DateField()
    new_due = models.DateField()
    basis_vi = models.CharField(max_length=200)
    why = models.CharField(max_length=500, help_text="as the complainant reads it")
    decided_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    decided_title = models.CharField(max_length=200)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(new_due__gt=models.F("old_due")) & ~Q(why="") & ~Q(basis_vi=""),
                name="longer_limit_says_why",
                violation_error_message="Gia hạn trả lời khiếu nại phải có lý do, điều khoản và ngày sau ngày cũ.",
            ),
        ]  # fmt: skip
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.old_due} {self.new_due}"
