"""What the office decides, and who did each part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.casework.models_apology import Apology as Apology
from ansinh.casework.models_apology import ApologyState as ApologyState
from ansinh.casework.models_assignment import AssignedBy as AssignedBy
from ansinh.casework.models_assignment import CaseAssignment as CaseAssignment
from ansinh.casework.models_assignment import Skill as Skill
from ansinh.casework.models_assignment import WorkRule as WorkRule
from ansinh.casework.models_batch import BatchPress as BatchPress
from ansinh.casework.models_batch import BatchRow as BatchRow
from ansinh.casework.models_batch import Outcome as Outcome
from ansinh.casework.models_cancellation import CancellationProposal as CancellationProposal
from ansinh.casework.models_cancellation import CancellationState as CancellationState
from ansinh.casework.models_complaint import Complaint as Complaint
from ansinh.casework.models_complaint import ComplaintExtension as ComplaintExtension
from ansinh.casework.models_complaint import ComplaintState as ComplaintState
from ansinh.casework.models_confirmation import Confirmation as Confirmation
from ansinh.casework.models_desk import SavedList as SavedList
from ansinh.casework.models_due import DueChange as DueChange
from ansinh.casework.models_effects import AppliedEffect as AppliedEffect
from ansinh.casework.models_issuing import Blank as Blank
from ansinh.casework.models_issuing import IssueItem as IssueItem
from ansinh.casework.models_issuing import IssueState as IssueState
from ansinh.casework.models_joint import JointPaper as JointPaper
from ansinh.casework.models_joint import JointState as JointState
from ansinh.casework.models_ledger import Holder as Holder
from ansinh.casework.models_ledger import Holding as Holding
from ansinh.casework.models_opinion import Opinion as Opinion
from ansinh.casework.models_opinion import OpinionState as OpinionState
from ansinh.casework.models_related import DossierLink as DossierLink
from ansinh.casework.models_related import DuplicateVerdict as DuplicateVerdict
from ansinh.casework.models_related import InternalNote as InternalNote
from ansinh.casework.models_related import LinkKind as LinkKind
from ansinh.casework.models_related import Verdict as Verdict
from ansinh.casework.models_reopening import Reopening as Reopening
from ansinh.casework.models_retention import DestructionList as DestructionList
from ansinh.casework.models_retention import DestructionState as DestructionState
from ansinh.casework.models_retention import ToDestroy as ToDestroy
from ansinh.casework.models_reversal import EffectReversal as EffectReversal
from ansinh.casework.models_rounds import RoundProposal as RoundProposal
from ansinh.casework.models_rounds import RoundState as RoundState
from ansinh.platform.identifiers import uuid7


class DecisionState(models.TextChoices):
    """A draft decision on its way to the signature."""

    PROPOSED = "proposed", "Đã đề xuất"
    CONTROLLED = "controlled", "Đã kiểm soát"
    SENT_BACK = "sent_back", "Trả lại chuyên viên"
    APPROVED = "approved", "Đã duyệt, chờ hoàn tất chữ ký số"
    SIGNED = "signed", "Đã ký"


class Decision(models.Model):
    """Proposed by a specialist, controlled by a head, signed by a leader; the computed steps are kept with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=[("grant", "Giải quyết"), ("refuse", "Từ chối")])
    state = models.CharField(max_length=12, choices=DecisionState.choices, default=DecisionState.PROPOSED)
    amount = models.BigIntegerField(null=True, blank=True, help_text="đồng, as decided")
    computed_amount = models.BigIntegerField(null=True, blank=True, help_text="đồng, as the law module computed it")
    override_reason = models.TextField(blank=True)
    outcomes = models.JSONField(default=list, help_text="ansinh.law outcomes with every step and rule version")
    reasons = models.JSONField(default=list, help_text="for a refusal: coded reason, clause, explanation")
    note = models.TextField(blank=True)
    number = models.CharField(max_length=40, blank=True)
    by_rule = models.BooleanField(
        default=False, db_default=False, help_text="made by the machine where the procedure's rule says so"
    )
    proposed_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    controlled_by = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    controlled_at = models.DateTimeField(null=True, blank=True)
    sent_back_note = models.TextField(blank=True)
    signed_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True, help_text="when the leader approved")
    signed_title = models.CharField(max_length=200, blank=True, help_text="the leader's title on that day")
    signed_capacity = models.CharField(max_length=60, blank=True, help_text="KT., TL., TUQ. held on that day (R-181)")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state__in=["proposed", "controlled", "approved"]),
                name="one_open_decision",
                violation_error_message="Hồ sơ đang có một dự thảo quyết định khác.",
            ),
            models.CheckConstraint(
                condition=Q(kind="grant") | ~Q(reasons=[]),
                name="refusal_has_reasons",
                violation_error_message="Từ chối phải có lý do và điều khoản.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(computed_amount__isnull=True)
                | Q(amount=F("computed_amount"))
                | ~Q(override_reason=""),
                name="override_has_reason",
                violation_error_message="Sửa số tiền máy tính ra thì phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "signed"])
                | (Q(signed_by__isnull=False) | Q(by_rule=True))
                & Q(signed_at__isnull=False)
                & ~Q(number="")
                & ~Q(signed_title=""),
                name="signed_decision_has_signer",
                violation_error_message="Quyết định đã duyệt, đã ký phải có số, người ký, chức vụ và thời điểm ký.",
            ),
            models.CheckConstraint(
                condition=Q(by_rule=False, proposed_by__isnull=False)
                | Q(by_rule=True, proposed_by__isnull=True, signed_by__isnull=True, kind="grant", state="signed"),
                name="decision_by_an_officer_or_by_rule",
                violation_error_message="Quyết định do cán bộ đề xuất, hoặc do máy lập theo quy tắc của thủ tục.",
            ),
        ]
        ordering = ["proposed_at"]


class RegistrationCheck(models.Model):
    """What the counter compared for a personal registration, and where it was completed (R-072, R-076, R-077)."""

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="registration_check")
    office_code = models.CharField(max_length=5, help_text="completing office, may differ from the chosen one")
    identity_matches = models.BooleanField(default=False)
    declaration_signed = models.BooleanField(default=False)
    app_guided = models.BooleanField(default=False, help_text="R-075: shown how to install and use the app")
    verified_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    delegation = models.ForeignKey("people.Delegation", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(
                    identity_matches=True, declaration_signed=True, delegation__isnull=False, approved_by__isnull=False
                ),
                name="approval_only_when_complete",
                violation_error_message="Chưa đủ thành phần hồ sơ nên chưa phê duyệt được.",
            ),
        ]
