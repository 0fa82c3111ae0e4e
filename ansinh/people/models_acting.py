"""Who may act for whom: guardians of a child, mandates between people, and their history.

`people.models` imports this file.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.offices.models import no_overlap
from ansinh.people.actors import Right
from ansinh.platform.identifiers import uuid7

RIGHTS: Final[dict[Right, str]] = {
    Right.READ: "xem hồ sơ",
    Right.FILE: "kê khai",
    Right.SIGN: "xác nhận và nộp",
    Right.PAY: "nộp tiền",
    Right.COLLECT: "lĩnh lương hưu, trợ cấp",
}
"""Each right as one reads it, in their usual order."""


class GuardianKind(models.TextChoices):
    """What the guardian is to the child."""

    MOTHER = "mother", "Mẹ"
    FATHER = "father", "Cha"
    GUARDIAN = "guardian", "Người giám hộ"


class GuardianshipState(models.TextChoices):
    """Life of a guardianship. Coming of age is no state: it is read from the birth date each time."""

    IN_FORCE = "in_force", "Đang có hiệu lực"
    FROZEN = "frozen", "Tạm dừng, chờ cơ quan BHXH quyết định"
    ENDED = "ended", "Đã chấm dứt"


class Guardianship(models.Model):
    """A guardian acts for a child from a day, until the child is of age, a day named by a decision, or an end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="wards")
    kind = models.CharField(max_length=8, choices=GuardianKind.choices)
    basis = models.CharField(max_length=200, help_text="the paper it rests on: birth certificate, decision")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="last day by the decision; empty: until of age")
    state = models.CharField(max_length=8, choices=GuardianshipState.choices, default=GuardianshipState.IN_FORCE)
    frozen_read = models.BooleanField(default=False, help_text="while frozen this guardian may still read")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True, help_text="officer:<id>")
    end_reason = models.CharField(max_length=420, blank=True)
    dossier_id = models.UUIDField(null=True, blank=True, help_text="the registration that gave it")

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            no_overlap(
                "child",
                "guardian",
                name="guardianship_once_at_a_time",
                message="Người này đang là người đại diện của trẻ trong thời gian đó rồi.",
                condition=~Q(state="ended"),
            ),
            models.CheckConstraint(condition=~Q(child=F("guardian")), name="nobody_is_ones_own_guardian"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) & ~Q(end_reason="") & ~Q(ended_by="")
                | ~Q(state="ended") & Q(ended_at__isnull=True),
                name="ended_guardianship_says_why",
                violation_error_message="Chấm dứt việc đại diện phải có thời điểm, người ghi và lý do.",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="guardianship_has_a_basis"),
        ]
        indexes: ClassVar = [models.Index(fields=["guardian", "state"]), models.Index(fields=["child"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class MandateState(models.TextChoices):
    """Life of a mandate. Its last day is no state: it is read each time."""

    PREPARED = "prepared", "Chưa xác nhận"
    OFFERED = "offered", "Chờ người được ủy quyền nhận"
    IN_FORCE = "in_force", "Đã nhận"
    DECLINED = "declined", "Không nhận"
    REVOKED = "revoked", "Đã thu hồi"


class Mandate(models.Model):
    """A principal lets an agent act: these rights, these procedures, from a day to a day (mẫu 13-HSB for money)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    principal = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="mandates_given")
    agent = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="mandates_held")
    rights = ArrayField(models.CharField(max_length=8, choices=[(one.value, words) for one, words in RIGHTS.items()]))
    procedures = ArrayField(models.CharField(max_length=80), default=list, help_text="slugs; empty: all")
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="last day")
    paper_basis = models.CharField(
        max_length=200, blank=True, help_text="to collect money: the certified paper 13-HSB, its number and day"
    )
    state = models.CharField(max_length=8, choices=MandateState.choices, default=MandateState.PREPARED)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="by the principal's transaction code")
    confirmed_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what the code confirmed")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True, help_text="account:<id> or officer:<id>")

    class Meta:
        app_label = "people"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(principal=F("agent")), name="nobody_is_ones_own_agent"),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="mandate_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(condition=~Q(rights=[]), name="mandate_gives_something"),
            models.CheckConstraint(
                condition=~Q(rights__contains=["collect"]) | ~Q(paper_basis=""),
                name="collecting_needs_the_paper",
                violation_error_message="Lĩnh tiền thay cần giấy ủy quyền mẫu 13-HSB.",
            ),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(confirmed_at__isnull=False) & ~Q(confirmed_digest=""),
                name="mandate_is_confirmed_by_its_principal",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(answered_at__isnull=False), name="mandate_in_force_was_accepted"
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", ended_at__isnull=False) & ~Q(ended_by="")
                | ~Q(state="revoked") & Q(ended_at__isnull=True),
                name="revoked_mandate_has_its_end",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agent", "state"]), models.Index(fields=["principal", "state"])]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class ActingEvent(models.Model):
    """What happened to the right to act for somebody. Append-only."""

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="acting_events")
    basis_id = models.UUIDField(help_text="Guardianship or Mandate")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=60, help_text="account:<id>, officer:<id> or system")
    actor_name = models.CharField(max_length=100)
    actor_title = models.CharField(max_length=80, blank=True)
    office_code = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        app_label = "people"
        indexes: ClassVar = [models.Index(fields=["owner", "at"]), models.Index(fields=["basis_id", "kind"])]
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.basis_id}"
