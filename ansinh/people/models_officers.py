"""Officers: their posts, what is delegated to them, who stands in for whom, and the units they look after.

Every row has its days. It is ended, never rewritten: the database lets nothing but its end change.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.offices.models import Dated, Department, no_overlap, valid_on
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import VIETNAM


def held_on(day: date) -> Q:
    """Rows in force on a day: within their dates, and not ended by the midnight (Vietnam) that closes it."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=VIETNAM)
    return valid_on(day) & Q(Q(ended_at__isnull=True) | Q(ended_at__gte=midnight))


class Held(Dated):
    """Something given from a day to a day, which may also be taken back at once."""

    ended_at = models.DateTimeField(null=True, blank=True, help_text="taken back at this moment, before its last day")

    class Meta:
        abstract = True


class Officer(models.Model):
    """Someone who works at an office. Rights come from the assignments of today, never from this row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField("people.Account", on_delete=models.PROTECT, related_name="officer")
    full_name = models.CharField(max_length=100)
    title_vi = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.full_name


class EnrolmentState(models.TextChoices):
    """Life of a request for an officer's account."""

    ASKED = "asked", "Chờ người thứ hai xác nhận"
    CONFIRMED = "confirmed", "Đã mở tài khoản"
    REFUSED = "refused", "Không mở tài khoản"


class Enrolment(models.Model):
    """An account asked for a new officer. The account is made when somebody else has confirmed who it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    staff_code = models.CharField(max_length=40, help_text="what the officer will sign in with")
    full_name = models.CharField(max_length=100)
    title_vi = models.CharField(max_length=80)
    phone = models.CharField(max_length=15, blank=True, help_text="E.164 without plus: 84…")
    email = models.EmailField(blank=True)
    document_number = models.CharField(max_length=60)
    four_eyes = models.BooleanField(help_text="as powers.yaml said on the day it was asked")
    state = models.CharField(max_length=9, choices=EnrolmentState.choices, default=EnrolmentState.ASKED)
    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True, help_text="why not")
    officer = models.OneToOneField(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolment", help_text="who came of it"
    )

    class Meta:
        indexes = [models.Index(fields=["office_code", "state"], name="people_enrolment_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_code"], condition=Q(state="asked"), name="one_open_enrolment_per_staff_code",
                violation_error_message="Mã cán bộ này đang chờ xác nhận.",
            ),
            models.CheckConstraint(
                condition=Q(four_eyes=False) | ~Q(state="confirmed") | ~Q(decided_by=F("asked_by")),
                name="enrolment_is_confirmed_by_another",
                violation_error_message="Người xin mở tài khoản không được tự xác nhận.",
            ),
            models.CheckConstraint(
                condition=(Q(state="confirmed") & Q(officer__isnull=False))
                | (~Q(state="confirmed") & Q(officer__isnull=True)),
                name="confirmed_enrolment_has_its_officer",
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_enrolment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="enrolment_has_a_contact",
                violation_error_message="Cần số điện thoại hoặc thư điện tử để người mới đặt mật khẩu.",
            ),
        ]  # fmt: skip


class Role(models.TextChoices):
    """What an officer does at an office (organisation of the agency)."""

    INTAKE = "intake_officer", "Cán bộ tiếp nhận một cửa"
    UNIT = "unit_officer", "Cán bộ chuyên quản"
    BENEFIT = "benefit_officer", "Chuyên viên chế độ BHXH"
    COLLECTION = "collection_officer", "Chuyên quản thu"
    CARD = "card_officer", "Cán bộ sổ, thẻ"
    HEALTH = "health_assessor", "Giám định viên BHYT"
    FINANCE = "finance_officer", "Kế toán chi trả"
    HEAD = "department_head", "Trưởng phòng, tổ trưởng"
    LEADER = "leader", "Giám đốc, Phó Giám đốc"
    APPROVER = "approving_officer", "Người được giao phê duyệt đăng ký"
    PROVINCIAL_DIRECTOR = "provincial_director", "Giám đốc BHXH tỉnh"
    SYSTEM_ADMIN = "system_admin", "Quản trị hệ thống"
    CENTRAL = "central_officer", "Cán bộ BHXH Việt Nam"


CAPACITY = r"^(KT|TM|TL|TUQ)\. \S"


class Assignment(Held):
    """An officer's role at an office, from a day to a day."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="assignments")
    office_code = models.CharField(max_length=5)
    function = models.CharField(max_length=20, help_text="key of offices/functions.yaml")
    role = models.CharField(max_length=20, choices=Role.choices)
    capacity = models.CharField(max_length=60, blank=True, help_text="capacity of the signatory: KT. GIÁM ĐỐC …")
    document_number = models.CharField(max_length=60, blank=True, help_text="the decision that gives the post")

    class Meta:
        indexes = [models.Index(fields=["officer", "valid_from"]), models.Index(fields=["office_code", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity="") | Q(capacity__regex=CAPACITY),
                name="capacity_is_kt_tl_tuq",
                violation_error_message="Tư cách ký bắt đầu bằng KT., TM., TL. hoặc TUQ.",
            ),
            no_overlap(
                "officer", "office_code", "function", "role",
                name="one_equal_assignment", condition=Q(ended_at__isnull=True),
                message="Người này đã được phân công đúng việc đó trong thời gian đó.",
            ),
        ]  # fmt: skip


class Delegation(Held):
    """A director gives the right to approve, by name or to a department, for named procedures (R-060, R-061)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    office_code = models.CharField(max_length=5)
    procedures = ArrayField(models.CharField(max_length=80), help_text="slugs of people/officers/delegable.yaml")
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="given_delegations")
    document_number = models.CharField(max_length=60)
    four_eyes = models.BooleanField(default=False, help_text="the verifier may not approve")

    class Meta:
        indexes = [models.Index(fields=["office_code", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(officer__isnull=False, department__isnull=True)
                | Q(officer__isnull=True, department__isnull=False),
                name="delegated_to_one",
                violation_error_message="Giao quyền cho một người hoặc cho một phòng, không cho cả hai.",
            ),
            models.CheckConstraint(
                condition=~Q(procedures=[]) & ~Q(document_number=""),
                name="delegation_says_what",
                violation_error_message="Văn bản giao quyền phải có số và thủ tục được giao.",
            ),
        ]


class Absence(Held):
    """Days on which an officer is away: leave, a mission, training. The reason behind it is nobody's business here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="absences")
    valid_to = models.DateField()
    document_number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="absence_ends_after_it_begins",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
            no_overlap(
                "officer", name="one_absence_at_a_time", condition=Q(ended_at__isnull=True),
                message="Người này đã có kỳ vắng mặt trong thời gian đó.",
            ),
        ]  # fmt: skip


class Deputy(models.Model):
    """Who stands in for an absent officer at an office, as long as the absence runs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="deputies")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="deputyships")
    office_code = models.CharField(max_length=5)
    capacity = models.CharField(max_length=60, blank=True, help_text="KT. or TUQ. when the document gives signing too")
    document_number = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["officer"])]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "office_code"],
                condition=Q(ended_at__isnull=True),
                name="one_deputy_at_an_office",
                violation_error_message="Kỳ vắng mặt này đã có người thay ở cơ quan đó.",
            ),
            models.CheckConstraint(
                condition=Q(capacity="") | Q(capacity__regex=r"^(KT|TUQ)\. \S") & ~Q(document_number=""),
                name="deputy_signs_under_a_document",
                violation_error_message="Người thay chỉ ký khi văn bản ghi KT. hoặc TUQ., kèm số văn bản.",
            ),
        ]


class UnitCharge(Held):
    """Which officer looks after a unit for a function, and whom to call there (R-159, R-160, R-162)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    unit_code = models.CharField(max_length=20)
    unit_name = models.CharField(max_length=200)
    function = models.CharField(max_length=20, help_text="key of offices/functions.yaml")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="unit_charges")
    contact_name = models.CharField(max_length=100)
    contact_phone = models.CharField(max_length=15, help_text="E.164 without plus: 84…")

    class Meta:
        indexes = [models.Index(fields=["officer", "office_code"]), models.Index(fields=["unit_code"])]
        constraints = [
            no_overlap(
                "office_code", "unit_code", "function", name="one_officer_for_a_function",
                condition=Q(ended_at__isnull=True),
                message="Đơn vị này đã có người phụ trách mảng việc đó trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(unit_code__regex=r"^[A-Z0-9]{3,20}$"),
                name="unit_code_is_capitals_and_digits",
                violation_error_message="Mã đơn vị gồm 3 đến 20 chữ in hoa và chữ số.",
            ),
        ]  # fmt: skip


class StaffEvent(models.Model):
    """History of who gave which right to whom; append-only, so what was said stays said."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=30, help_text="key of the sentence: assigned, assignment_ended, delegated, …")
    office_code = models.CharField(max_length=5)
    officer = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.PROTECT, related_name="staff_events",
        help_text="whose right it is; empty for a department",
    )  # fmt: skip
    actor = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    document_number = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["officer", "id"]), models.Index(fields=["office_code", "id"])]
        ordering = ["id"]
