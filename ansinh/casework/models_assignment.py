"""Who works on which dossier: the office's rules, what each officer may be given, and every assignment with its reason.

`casework.models` imports this file. The present assignment of a dossier is kept on it as `handler` by a trigger.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ansinh.offices.models import no_overlap
from ansinh.people.models_officers import Held, Role
from ansinh.platform.identifiers import uuid7


class WorkRule(Held):
    """Dossiers of an office at a role's step go to one officer, or fairly to those who may have them.

    An empty key stands for all. The rule with the most keys counts (`assignment.rules`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    role = models.CharField(max_length=20, choices=Role.choices, help_text="whose step of the dossier")
    procedure = models.CharField(max_length=80, blank=True, help_text="slug; empty: all")
    group = models.CharField(max_length=60, blank=True, help_text="group of procedures; empty: all")
    commune_code = models.CharField(max_length=5, blank=True, help_text="of the applicant's address; empty: all")
    officer = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="who gets them; empty: shared out fairly",
    )  # fmt: skip
    function = models.CharField(
        max_length=20, blank=True, help_text="shared out among officers of this function only; empty: all of the role"
    )
    made_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        indexes: ClassVar = [models.Index(fields=["office_code", "role"], name="work_rule_office")]
        constraints: ClassVar = [
            no_overlap(
                "office_code", "role", "procedure", "group", "commune_code",
                name="one_work_rule_at_a_time", condition=Q(ended_at__isnull=True),
                message="Đã có quy tắc cho đúng việc đó trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=True) | Q(function=""),
                name="work_rule_names_one_target",
                violation_error_message="Quy tắc giao cho một người, hoặc chia trong một mảng việc.",
            ),
        ]  # fmt: skip


class Skill(Held):
    """A procedure that an officer may be given at an office. Who has no such row there may be given every procedure."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="skills")
    procedure = models.CharField(max_length=80, help_text="slug")
    given_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        app_label = "casework"
        constraints: ClassVar = [
            no_overlap(
                "office_code", "officer", "procedure", name="one_skill_at_a_time", condition=Q(ended_at__isnull=True),
                message="Người này đã được ghi làm thủ tục đó trong thời gian đó.",
            ),
        ]  # fmt: skip


class AssignedBy(models.TextChoices):
    """How an officer was found for a dossier."""

    HAND = "hand", "Người quản lý giao"
    UNIT = "unit", "Người phụ trách đơn vị"
    RULE = "rule", "Theo quy tắc của cơ quan"
    FAIR = "fair", "Chia đều theo lượng việc"


class CaseAssignment(models.Model):
    """A dossier given to an officer for the steps of a role at an office. It ends, it is never rewritten.

    It outlives the step: a draft that is sent back finds the specialist it had.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="assignments")
    office_code = models.CharField(max_length=5)
    role = models.CharField(max_length=20, choices=Role.choices)
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="cases")
    by = models.CharField(max_length=4, choices=AssignedBy.choices)
    why = models.JSONField(default=dict, help_text="facts of the choice: loads compared, who was left out and why")
    reason = models.TextField(blank=True, help_text="of an assignment by hand, in the manager's words")
    assigned_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "casework"
        ordering: ClassVar = ["assigned_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["officer", "office_code"], name="running_cases", condition=Q(ended_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "office_code", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_present_assignment",
                violation_error_message="Hồ sơ đã được giao cho một người khác ở bước này.",
            ),
            models.CheckConstraint(
                condition=~Q(by="hand") | Q(assigned_by__isnull=False) & ~Q(reason=""),
                name="assignment_by_hand_says_why",
                violation_error_message="Giao hồ sơ bằng tay thì phải ghi ai giao và vì sao.",
            ),
        ]
