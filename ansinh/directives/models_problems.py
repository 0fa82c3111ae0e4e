"""Problems that offices and units report to the office above, with the answer and its day (R-116, R-178)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class ProblemAbout(models.TextChoices):
    """What a problem is about."""

    PORTAL = "portal", "Cổng, phần mềm"
    PROCEDURE = "procedure", "Thủ tục, nghiệp vụ"
    ACCOUNT = "account", "Tài khoản, mã xác thực, chữ ký số"
    NETWORK = "network", "Đường truyền, thiết bị"
    OTHER = "other", "Việc khác"


class ProblemReport(models.Model):
    """A problem of an office or of a unit, at the office that owes the answer. What was said stays; one answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    from_office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="empty: a unit's"
    )
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit_name = models.CharField(max_length=200, blank=True, help_text="of the organisation, as it was called then")
    unit_code = models.CharField(max_length=20, blank=True)
    told_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="who of the unit's people wrote it",
    )  # fmt: skip
    to_office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="+", help_text="who owes the answer"
    )
    about = models.CharField(max_length=10, choices=ProblemAbout.choices)
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=5000)
    urgent = models.BooleanField(default=False, help_text="people cannot file, or are not paid, meanwhile")
    reported_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField()
    due_on = models.DateField(help_text="last day to answer, for who owes it now")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(max_length=5000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_office", "answered_at", "due_on"], name="problems_to_answer"),
            models.Index(fields=["from_office", "-reported_at"], name="problems_reported"),
            models.Index(fields=["organisation", "-reported_at"], name="problems_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="an_answer_has_words_and_a_name",
                violation_error_message="Trả lời cần có nội dung và người trả lời.",
            ),
            models.CheckConstraint(condition=~Q(from_office=F("to_office")), name="nobody_reports_to_oneself"),
            models.CheckConstraint(
                condition=Q(
                    from_office__isnull=False, reported_by__isnull=False, organisation__isnull=True,
                    told_by__isnull=True, unit_name="",
                )
                | Q(
                    from_office__isnull=True, reported_by__isnull=True, organisation__isnull=False,
                    told_by__isnull=False,
                )
                & ~Q(unit_name=""),
                name="a_problem_is_an_office_s_or_a_unit_s",
                violation_error_message="Vướng mắc là của một cơ quan, hoặc của một đơn vị và người viết.",
            ),
        ]  # fmt: skip


class ProblemStep(models.Model):
    """What happened with a report: reported, passed on to the office above, answered. Steps only grow."""

    report = models.ForeignKey(ProblemReport, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, help_text="reported, passed_on, answered")
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="who did it; empty: the unit",
    )  # fmt: skip
    due_on = models.DateField(null=True, blank=True, help_text="day to answer from this step on")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["report", "id"]
