"""Persons and their accounts; officers, what they are assigned to and what is delegated to them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ansinh.people.models_one_time import OneTimeCode as OneTimeCode
from ansinh.people.models_readings import Opening as Opening
from ansinh.people.models_readings import OpeningReview as OpeningReview
from ansinh.people.models_readings import Protection as Protection
from ansinh.people.models_readings import Reading as Reading
from ansinh.people.models_rights import ConsentEvent as ConsentEvent
from ansinh.people.models_rights import DataExport as DataExport
from ansinh.people.models_rights import DataRequest as DataRequest
from ansinh.platform.identifiers import uuid7


class Person(models.Model):
    """A natural person as the office knows one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.CharField(max_length=100)
    search_key = models.CharField(max_length=100, help_text="ansinh.law.names.search_key(full_name)")
    date_of_birth = models.CharField(max_length=10, help_text="YYYY-MM-DD, or YYYY when only the year is known")
    sex = models.CharField(max_length=6, choices=[("male", "Nam"), ("female", "Nữ")])
    nationality = models.CharField(max_length=2, default="VN")
    personal_id_number = models.CharField(max_length=12)
    id_issue_date = models.DateField(null=True, blank=True)
    id_issue_place = models.CharField(max_length=120, blank=True)
    si_number = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    contact_address = models.JSONField(default=dict)
    bank_account = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personal_id_number"], name="one_person_per_personal_id"),
            models.UniqueConstraint(fields=["si_number"], condition=~Q(si_number=""), name="one_person_per_si_number"),
        ]
        indexes = [
            models.Index(fields=["search_key", "date_of_birth"]),
            GinIndex(fields=["search_key"], name="person_name_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.full_name


class AccountState(models.TextChoices):
    """Life of an account."""

    PENDING = "pending", "Chờ phê duyệt"
    ACTIVE = "active", "Đang dùng"
    CLOSED = "closed", "Đã đóng"


class AccountManager(BaseUserManager["Account"]):
    """Accounts by what a person types at sign-in."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this sign-in name."""
        return self.get(login=username)


class Account(AbstractBaseUser):
    """What a person signs in with. The login of a citizen is the personal number, of an officer the staff code."""

    USERNAME_FIELD: ClassVar[str] = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account")
    state = models.CharField(max_length=8, choices=AccountState.choices, default=AccountState.PENDING)
    phone = models.CharField(max_length=15, blank=True, help_text="E.164 without plus: 84…")
    email = models.EmailField(blank=True)
    display_name = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)

    objects = AccountManager()

    class Meta:
        indexes = [models.Index(fields=["phone"]), models.Index(fields=["email"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="active") | Q(activated_at__isnull=False),
                name="active_account_has_activation",
                violation_error_message="Tài khoản đang dùng phải có thời điểm kích hoạt.",
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Only an approved account may act."""
        return self.state == AccountState.ACTIVE


class AccessToken(models.Model):
    """A bearer token of the programming interface; only its digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)


class SignInAttempt(models.Model):
    """Failed sign-ins, counted by (login, network): a stranger's attempts never lock the owner's network out."""

    login_key = models.CharField(max_length=64)
    network = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["login_key", "network", "at"])]


class Officer(models.Model):
    """Someone who works at an office. Rights come from the assignments of today, never from this row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="officer")
    full_name = models.CharField(max_length=100)
    title_vi = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.full_name


class Role(models.TextChoices):
    """What an officer does at an office (organisation of the agency)."""

    INTAKE = "intake_officer", "Cán bộ tiếp nhận một cửa"
    BENEFIT = "benefit_officer", "Chuyên viên chế độ BHXH"
    COLLECTION = "collection_officer", "Chuyên quản thu"
    CARD = "card_officer", "Cán bộ sổ, thẻ"
    HEALTH = "health_assessor", "Giám định viên BHYT"
    FINANCE = "finance_officer", "Kế toán chi trả"
    HEAD = "department_head", "Trưởng phòng, tổ trưởng"
    LEADER = "leader", "Giám đốc, Phó Giám đốc"
    APPROVER = "approving_officer", "Người được giao phê duyệt đăng ký"


class Assignment(models.Model):
    """An officer's role at an office, from a day to a day."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="assignments")
    office_code = models.CharField(max_length=5)
    function = models.CharField(max_length=20, help_text="counter, benefits, finance, collection, book_card, …")
    role = models.CharField(max_length=20, choices=Role.choices)
    capacity = models.CharField(max_length=60, blank=True, help_text="capacity of the signatory: KT. GIÁM ĐỐC …")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "valid_from"]), models.Index(fields=["office_code", "role"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity="") | Q(capacity__regex=r"^(KT|TM|TL|TUQ)\. \S"),
                name="capacity_is_kt_tl_tuq",
                violation_error_message="Tư cách ký bắt đầu bằng KT., TM., TL. hoặc TUQ.",
            ),
        ]


class Delegation(models.Model):
    """A director gives the right to approve registrations, by name, with a document and days (R-060, R-061)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="delegations")
    office_code = models.CharField(max_length=5)
    right = models.CharField(max_length=30, choices=[("approve_registration", "Phê duyệt đăng ký giao dịch điện tử")])
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="given_delegations")
    document_number = models.CharField(max_length=60)
    four_eyes = models.BooleanField(default=False, help_text="the verifier may not approve")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
