"""Who looked at whose matter and why, what was opened outside one's own work, and what a second person said of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ansinh.platform.identifiers import uuid7


class PageKind(models.TextChoices):
    """What was looked at, in the words the person reads."""

    DOSSIER = "dossier", "Trang hồ sơ"
    WORK = "work", "Trang xử lý hồ sơ"
    PAPER = "paper", "Ảnh giấy tờ"
    FILE = "file", "Tải tệp giấy tờ"
    DOCUMENT = "document", "Văn bản của hồ sơ"
    DECLARATION = "declaration", "Tờ khai"
    EVIDENCE = "evidence", "Tải gói bằng chứng"
    REGISTRATION = "registration", "Đối chiếu đăng ký tài khoản"
    SIGN_LIST = "sign_list", "Danh sách trình ký"
    SEARCH = "search", "Kết quả tìm kiếm"
    ACCOUNT = "account", "Tra cứu tài khoản"
    DATA_REQUEST = "data_request", "Yêu cầu về dữ liệu cá nhân"
    ACTING = "acting", "Người đại diện và ủy quyền"
    BANK_ACCOUNT = "bank_account", "Đổi tài khoản nhận tiền"
    ORGANISATION = "organisation", "Tổ chức do cơ quan quản lý"
    RECOVERY = "recovery", "Khôi phục tài khoản tại quầy"
    ASSISTED = "assisted", "Nộp giúp tại quầy"
    PROTECTION = "protection", "Người được bảo vệ riêng"
    PAYMENT = "payment", "Chi trả và đối chiếu tiền"


class Ground(models.TextChoices):
    """What permits a reading."""

    CASE = "case", "Đang xử lý hồ sơ"
    JUST_ACTED = "just_acted", "Vừa xử lý xong một bước"
    COUNTER = "counter", "Hoàn tất đăng ký tại quầy"
    DUTY = "duty", "Việc được giao"
    LOOK_UP = "look_up", "Tìm hồ sơ theo yêu cầu công việc"
    PURPOSE = "purpose", "Mục đích đã chọn và ghi lý do"
    BREAK_GLASS = "break_glass", "Mở khẩn cấp"


class Opening(models.Model):
    """A dossier opened for a while outside one's own work: with a purpose and a sentence, or by breaking the glass."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="openings")
    office_code = models.CharField(max_length=5, help_text="where the officer worked then")
    dossier_id = models.UUIDField()
    dossier_number = models.CharField(max_length=24)
    subject_id = models.UUIDField(null=True, blank=True, help_text="owner of the dossier: person or organisation")
    break_glass = models.BooleanField(default=False)
    purpose = models.CharField(max_length=40, help_text="code of rules.yaml: a purpose, or a legal ground")
    sentence = models.TextField(help_text="in the officer's words; the person reads it")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_by = models.DateTimeField(null=True, blank=True, help_text="of a broken glass only")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["officer", "dossier_id", "-ends_at"]),
            models.Index(fields=["office_code", "-opened_at"], name="broken_glass", condition=Q(break_glass=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(sentence=""),
                name="opening_says_why",
                violation_error_message="Mở hồ sơ ngoài việc của mình phải có mục đích và lý do.",
            ),
            models.CheckConstraint(
                condition=Q(break_glass=True, review_by__isnull=False) | Q(break_glass=False, review_by__isnull=True),
                name="broken_glass_is_reviewed",
                violation_error_message="Mở khẩn cấp phải có hạn xem xét lại.",
            ),
        ]


class OpeningReview(models.Model):
    """What somebody else said of a broken glass. Later reviews stand beside earlier ones; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="reviews")
    opened_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    reviewer_title = models.CharField(max_length=80)
    justified = models.BooleanField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reviewer=F("opened_by")),
                name="review_by_somebody_else",
                violation_error_message="Người mở khẩn cấp không được tự xem xét.",
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="review_says_why",
                violation_error_message="Kết luận xem xét phải ghi lý do.",
            ),
        ]


class Reading(models.Model):
    """One look of one officer. Only grows; in one span of the window the same look is written once."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    span_start = models.DateTimeField(help_text="beginning of the window (rules.yaml) that `at` lies in")
    officer = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="readings")
    reader_name = models.CharField(max_length=100)
    reader_title = models.CharField(max_length=80)
    office_code = models.CharField(max_length=5)
    subject_id = models.UUIDField(null=True, blank=True, help_text="person or organisation whose matter it is")
    dossier_id = models.UUIDField(null=True, blank=True)
    dossier_number = models.CharField(max_length=24, blank=True)
    page = models.CharField(max_length=16, choices=PageKind.choices)
    ground = models.CharField(max_length=12, choices=Ground.choices)
    why_vi = models.TextField(help_text="stage of the case, or purpose and sentence of the opening")
    why_en = models.TextField(blank=True)
    opening = models.ForeignKey(Opening, null=True, blank=True, on_delete=models.PROTECT, related_name="readings")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "-at"]),
            models.Index(fields=["dossier_id", "-at"]),
            models.Index(fields=["office_code", "-at"]),
            models.Index(fields=["officer", "-at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "subject_id", "dossier_id", "page", "ground", "opening", "span_start"],
                name="one_reading_a_span",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(subject_id__isnull=False) | Q(dossier_id__isnull=False),
                name="reading_is_about_somebody",
                violation_error_message="Lượt xem phải ghi rõ xem hồ sơ nào hoặc của ai.",
            ),
        ]

    @property
    def staff_code(self) -> str:
        """A code by which the office knows the reader; it is not what the officer signs in with."""
        return f"CB-{self.officer_id.hex[-6:].upper()}"


class Protection(models.Model):
    """A person whose matters only those who work on them may read; everybody else breaks the glass."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_id = models.UUIDField(db_index=True)
    reason = models.TextField()
    office_code = models.CharField(max_length=5, blank=True, db_default="", help_text="whose heads may end it")
    set_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    basis_id = models.UUIDField(null=True, blank=True, help_text="the data request that was granted")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | (Q(ended_by__isnull=False) & ~Q(end_reason="")),
                name="protection_ends_with_a_reason",
                violation_error_message="Kết thúc bảo vệ riêng phải ghi ai và vì sao.",
            ),
        ]
