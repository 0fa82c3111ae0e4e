"""A stored file (bytes kept once by digest) and a paper (a person's use of such a file)."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from ansinh.files.limits import MAX_BYTES, MAX_PAGES, MediaType
from ansinh.platform.identifiers import uuid7


class StoredFile(models.Model):
    """Bytes in the content-addressed storage whose type was verified by decoding them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=20, choices=[(kind.value, kind.name) for kind in MediaType])
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="stored_file_digest_is_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=MAX_BYTES), name="stored_file_size_in_limit"),
        ]

    def __str__(self) -> str:
        return self.sha256


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers of a person's own store."""

    def of(self, owner_id: UUID) -> "PaperQuerySet":
        """Papers the account holds and has not discarded, newest first."""
        kept = self.filter(owner_id=owner_id, discarded_at__isnull=True)
        return kept.select_related("file").order_by("-uploaded_at", "-id")


class Paper(models.Model):
    """One paper in a person's own store; dossiers refer to it, so a discarded one stays readable to them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=60, help_text="paper key of the procedures, e.g. birth_certificate")
    name = models.CharField(max_length=120, help_text="shown to people; cleaned, with the real type's extension")
    page_count = models.PositiveSmallIntegerField()
    uploaded_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page_count__gte=1, page_count__lte=MAX_PAGES), name="paper_page_count_in_limit"
            ),
            models.UniqueConstraint(
                fields=["owner", "file", "kind"],
                condition=Q(discarded_at__isnull=True),
                name="paper_held_once_per_owner_and_kind",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-uploaded_at"], name="paper_owner_newest")]

    def __str__(self) -> str:
        return self.name
