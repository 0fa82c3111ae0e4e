"""What an office says of itself to the public: links, contact points, support lines. Ended, never rewritten."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ansinh.offices.dated import Dated, no_overlap
from ansinh.platform.identifiers import uuid7


class EntryKind(models.TextChoices):
    """What one line of the public face is."""

    CONTACT = "contact", "Đầu mối liên hệ"
    PHONE = "phone", "Điện thoại hỗ trợ"
    HOTLINE = "hotline", "Đường dây nóng"
    ZALO = "zalo", "Zalo"
    EMAIL = "email", "Thư điện tử hỗ trợ"
    NATIONAL_PORTAL = "national_portal", "Cổng dịch vụ công quốc gia"
    VSS_PORTAL = "vss_portal", "Cổng dịch vụ công BHXH Việt Nam"
    ONE_STOP = "one_stop", "Cổng dịch vụ công của tỉnh"
    SI_SITE = "si_site", "Trang thông tin BHXH tỉnh"
    OTHER_LINK = "other_link", "Liên kết khác"


LINKS = ("national_portal", "vss_portal", "one_stop", "si_site", "other_link")
SUPPORT = ("phone", "hotline", "zalo", "email")
ONCE = ("national_portal", "vss_portal", "one_stop", "si_site", "phone", "zalo", "email")
"""Kinds of which an office has one at a time."""


class FaceEntry(Dated):
    """One line. A contact point is a function of the office, never a private person (R-045)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="face")
    kind = models.CharField(max_length=16, choices=EntryKind.choices)
    function = models.CharField(max_length=20, blank=True, help_text="key of functions.yaml, of a contact point")
    provinces = ArrayField(
        models.CharField(max_length=2),
        default=list,
        blank=True,
        help_text="of a hotline for a region; empty: by office",
    )
    label_vi = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, help_text="telephone, mailbox or https address")
    hours = models.CharField(max_length=80, blank=True)
    place = models.PositiveSmallIntegerField(default=1)
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="taken back on its first day or before it")

    class Meta:
        constraints = [
            no_overlap(
                "office", "kind", name="one_face_entry_of_a_kind",
                condition=Q(kind__in=ONCE, withdrawn_at__isnull=True),
                message="Cơ quan đã có mục này trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=LINKS) | Q(address__regex=r"^https?://[^\s]+\.[^\s]+$"),
                name="face_link_is_an_address",
                violation_error_message="Liên kết phải là địa chỉ bắt đầu bằng https://.",
            ),
            models.CheckConstraint(
                condition=Q(kind="contact") & ~Q(function="") | ~Q(kind="contact") & Q(function=""),
                name="contact_point_is_a_function",
                violation_error_message="Đầu mối liên hệ là một mảng việc của cơ quan, không phải một người.",
            ),
            models.CheckConstraint(
                condition=Q(provinces=[]) | Q(kind="hotline"),
                name="only_a_hotline_serves_a_region",
                violation_error_message="Chỉ đường dây nóng mới phục vụ theo vùng.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["kind", "office"], name="face_by_kind")]
