"""The evidence that a person confirmed a text with a transaction code."""

from django.db import models
from django.db.models import Q

from ansinh.platform.identifiers import uuid7


class Channel(models.TextChoices):
    """How the code reached the person."""

    SMS = "sms", "SMS"
    EMAIL = "email", "E-mail"


class EvidenceRecord(models.Model):
    """What was confirmed, by whom, when, with which code's delivery; sealed by the portal, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, default="transaction_code")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="evidence_records")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical dossier that was confirmed")
    text_shown = models.TextField(help_text="the sentence the person read when typing the code")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    recipient_masked = models.CharField(max_length=120)
    code_issued_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    device = models.CharField(max_length=200, help_text="a summary of the user agent, no network address")
    seal = models.CharField(max_length=128, help_text="Ed25519 of the portal's seal key over the canonical JSON, hex")
    seal_key = models.CharField(max_length=64, help_text="SHA-256 of the public key that made the seal, hex")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="evidence_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(confirmed_at__gte=models.F("code_issued_at")), name="evidence_confirmed_after_code_issued"
            ),
            models.CheckConstraint(condition=Q(kind="transaction_code"), name="evidence_kind_known"),
        ]
        indexes = [models.Index(fields=["digest"], name="evidence_by_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:16]}"
