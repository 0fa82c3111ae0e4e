"""Who holds a dossier, from when to when; `casework.models` imports this file."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class Holder(models.TextChoices):
    """Whose turn it is. Days without work are no holder: the calendar lays them over the rows."""

    CHECKING = "checking", "Cơ quan kiểm tra trước khi tiếp nhận"
    OFFICE = "office", "Cơ quan BHXH giải quyết"
    APPLICANT = "applicant", "Người nộp bổ sung"
    AGENCY = "agency", "Cơ quan khác cho ý kiến"
    POST = "post", "Bưu điện chuyển bản chính"
    PAYMENT = "payment", "Người nộp nộp tiền"
    ENDED = "ended", "Hồ sơ đã kết thúc"


class Holding(models.Model):
    """One holder's time. The database writes the rows itself when a dossier changes hands (migration `holdings`).

    The open one has no end. An end is set once; then nothing of the row changes any more. A row may last no time:
    a dossier that is filed and at once waits for its money.
    """

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="holdings", db_index=False)
    holder = models.CharField(max_length=9, choices=Holder.choices)
    office_code = models.CharField(max_length=5, help_text="where the dossier is meanwhile")
    stage = models.CharField(max_length=40, blank=True, help_text="empty: from before the rows were kept")
    role = models.CharField(max_length=20, blank=True)
    officer = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="who is in charge of it at the office meanwhile; empty: whoever has the role",
    )  # fmt: skip
    agency = models.CharField(max_length=200, blank=True, help_text="the other agency, in words")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[
                    (F("dossier"), RangeOperators.EQUAL),
                    (Func(F("begun_at"), F("ended_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Mỗi lúc chỉ một bên giữ hồ sơ.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("begun_at")),
                name="holding_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(holder="agency") ^ Q(agency=""), name="agency_has_a_name",
                violation_error_message="Chưa ghi cơ quan nào đang giữ hồ sơ.",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["dossier", "id"], name="holdings_of_dossier")]
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.holder} {self.begun_at}"
