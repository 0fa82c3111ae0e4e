"""Documents offered for signing, and the evidence that a person confirmed something."""

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7

SHA256 = r"^[0-9a-f]{64}$"


class Channel(models.TextChoices):
    """How the code reached the person."""

    SMS = "sms", "SMS"
    EMAIL = "email", "E-mail"


class Kind(models.TextChoices):
    """What a person confirmed with."""

    CODE = "transaction_code", "Mã giao dịch"
    DOCUMENT = "signed_document", "Văn bản ký số"
    HAND = "signed_by_hand", "Bản in ký tay, đã quét"


class Way(models.TextChoices):
    """How a document came to be signed."""

    UPLOAD = "upload", "Tải về, ký rồi gửi lên"
    REMOTE = "remote", "Ký số từ xa"
    TOKEN = "token", "Ký bằng USB token"


class Format(models.TextChoices):
    """What an offered document is."""

    PDF = "pdf", "PDF"
    XML = "xml", "XML"


class SigningOffer(models.Model):
    """A document that was offered for signing, byte for byte; never changed. The evidence record uses it up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="signing_offers")
    subject = models.UUIDField(help_text="the draft it was made of")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical dossier it shows")
    format = models.CharField(max_length=3, choices=Format.choices)
    sha256 = models.CharField(max_length=64, help_text="of the offered bytes, which lie in the storage")
    size = models.PositiveIntegerField(help_text="bytes")
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=SHA256, sha256__regex=SHA256), name="offer_digests_are_sha256"
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("made_at")), name="offer_is_valid_for_a_time"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="offer_format_known"),
        ]
        indexes = [models.Index(fields=["subject", "-made_at"], name="offers_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.format} {self.sha256[:16]}"


class EvidenceRecord(models.Model):
    """What was confirmed, by whom, when and how; sealed by the portal, never changed.

    A code has `channel`, `recipient_masked` and `code_issued_at`; a signed document has `way` and what follows it; what
    was signed by hand has its offer, the scan of it, and in `report` the officer who saw it signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CODE)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="evidence_records")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical dossier that was confirmed")
    text_shown = models.TextField(help_text="the sentence the person read when confirming")
    channel = models.CharField(max_length=5, choices=Channel.choices, blank=True)
    recipient_masked = models.CharField(max_length=120, blank=True)
    code_issued_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField()
    device = models.CharField(max_length=200, help_text="a summary of the user agent, no network address")
    seal = models.CharField(max_length=128, help_text="Ed25519 of the portal's seal key over the canonical JSON, hex")
    seal_key = models.CharField(max_length=64, help_text="SHA-256 of the public key that made the seal, hex")
    way = models.CharField(max_length=6, choices=Way.choices, blank=True, db_default="")
    offer = models.OneToOneField(
        SigningOffer, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence",
        help_text="an offer is used once",
    )  # fmt: skip
    document_sha256 = models.CharField(max_length=64, blank=True, db_default="", help_text="of the signed document")
    document_size = models.PositiveIntegerField(null=True, blank=True, help_text="bytes")
    certificate_sha256 = models.CharField(max_length=64, blank=True, db_default="", help_text="of its DER")
    report = models.JSONField(null=True, blank=True, help_text="what the check of the signature found at that moment")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=SHA256), name="evidence_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(confirmed_at__gte=F("code_issued_at")), name="evidence_confirmed_after_code_issued"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="evidence_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CODE)
                | Q(
                    code_issued_at__isnull=False, way="", offer__isnull=True, document_sha256="",
                    document_size__isnull=True, certificate_sha256="", report__isnull=True,
                ),
                name="evidence_of_a_code_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.DOCUMENT)
                | Q(
                    code_issued_at__isnull=True, channel="", way__in=Way.values, offer__isnull=False,
                    document_sha256__regex=SHA256, document_size__gt=0, certificate_sha256__regex=SHA256,
                    report__isnull=False,
                ),
                name="evidence_of_a_document_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.HAND)
                | Q(
                    code_issued_at__isnull=True, channel="", way="", offer__isnull=False,
                    document_sha256__regex=SHA256, document_size__gt=0, certificate_sha256="",
                    report__has_key="witness",
                ),
                name="evidence_of_a_hand_is_whole",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["digest"], name="evidence_by_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:16]}"
