"""A paper that both sides sign: made when the head agreed, signed by the applicant, then by the leader."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class JointState(models.TextChoices):
    """Life of a paper for two signatures."""

    OFFERED = "offered", "Chờ người nộp ký"
    SIGNED = "signed", "Người nộp đã ký"
    TAKEN_BACK = "taken_back", "Đã rút để sửa"


class JointPaper(models.Model):
    """One version of it, of one decision; a decision that was sent back leaves its paper behind as taken back.

    `id` is the one the paper itself states, so a printed code finds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="joint_papers")
    decision = models.OneToOneField("casework.Decision", on_delete=models.PROTECT, related_name="joint_paper")
    state = models.CharField(max_length=10, choices=JointState.choices, default=JointState.OFFERED)
    sha256 = models.CharField(max_length=64, help_text="of the paper as it was offered")
    offered_at = models.DateTimeField()
    signed_sha256 = models.CharField(max_length=64, blank=True, help_text="with the applicant's signature")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who sent it"
    )
    signer = models.CharField(max_length=200, blank=True, help_text="whom the certificate names")
    evidence_id = models.UUIDField(null=True, blank=True, help_text="signing.EvidenceRecord")
    declined_why = models.TextField(blank=True, help_text="the applicant did not agree, in the applicant's words")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_at__isnull=False, signed_by__isnull=False, evidence_id__isnull=False) & ~Q(signed_sha256=""),
                name="signed_joint_paper_has_its_file",
                violation_error_message="Văn bản đã ký phải có tệp đã ký, người gửi, thời điểm và chứng cứ.",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state__in=["offered", "signed"]),
                name="one_joint_paper_at_a_time",
                violation_error_message="Hồ sơ đang có một văn bản chờ hai bên ký.",
            ),
        ]
