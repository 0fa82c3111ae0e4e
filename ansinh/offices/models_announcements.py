"""What an office announces to the public: planned maintenance, releases, news of a province (R-047, R-158, R-166)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class AnnouncementKind(models.TextChoices):
    """What is announced."""

    MAINTENANCE = "maintenance", "Bảo trì hệ thống"
    RELEASE = "release", "Phiên bản mới"
    NEWS = "news", "Thông báo"


class Announcement(models.Model):
    """A banner with a page of its own, from a day to a day. It is taken back, never rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=AnnouncementKind.choices)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="announcements")
    provinces = ArrayField(models.CharField(max_length=2), default=list, blank=True, help_text="empty: everywhere")
    title_vi = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    body_vi = models.TextField(max_length=5000)
    body_en = models.TextField(max_length=5000, blank=True)
    version = models.CharField(max_length=30, blank=True, help_text="of a release")
    procedure = models.CharField(
        max_length=80,
        blank=True,
        default="",
        db_default="",
        help_text="slug of the service it is about; empty: of none",
    )
    shows_from = models.DateField()
    shows_to = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True, help_text="of the maintenance")
    ends_at = models.DateTimeField(null=True, blank=True)
    urgent_because = models.CharField(max_length=300, blank=True, help_text="why it was not announced in time")
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_to__gte=F("shows_from")), name="announcement_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(kind="maintenance", starts_at__isnull=False, ends_at__gt=F("starts_at"))
                | ~Q(kind="maintenance") & Q(starts_at__isnull=True, ends_at__isnull=True, urgent_because=""),
                name="maintenance_has_its_hours",
                violation_error_message="Bảo trì phải ghi giờ bắt đầu và giờ kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(kind="release") & ~Q(version="") | ~Q(kind="release") & Q(version=""),
                name="release_has_its_version",
                violation_error_message="Phiên bản mới phải ghi số phiên bản.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["shows_from", "shows_to"], name="announcements_by_day")]
