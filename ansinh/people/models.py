"""Persons and their accounts; officers are in `models_officers`, one-time codes in `models_one_time`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ansinh.people.models_acting import ActingEvent as ActingEvent
from ansinh.people.models_acting import Guardianship as Guardianship
from ansinh.people.models_acting import Mandate as Mandate
from ansinh.people.models_doors import AuthenticatorApp as AuthenticatorApp
from ansinh.people.models_doors import DoorGuard as DoorGuard
from ansinh.people.models_doors import Passkey as Passkey
from ansinh.people.models_doors import RecoveryCode as RecoveryCode
from ansinh.people.models_doors import SignedInSession as SignedInSession
from ansinh.people.models_former_contacts import FormerContact as FormerContact
from ansinh.people.models_identity import LinkedIdentity as LinkedIdentity
from ansinh.people.models_identity import LinkState as LinkState
from ansinh.people.models_officers import Absence as Absence
from ansinh.people.models_officers import Assignment as Assignment
from ansinh.people.models_officers import Delegation as Delegation
from ansinh.people.models_officers import Deputy as Deputy
from ansinh.people.models_officers import Enrolment as Enrolment
from ansinh.people.models_officers import EnrolmentState as EnrolmentState
from ansinh.people.models_officers import Officer as Officer
from ansinh.people.models_officers import Role as Role
from ansinh.people.models_officers import StaffEvent as StaffEvent
from ansinh.people.models_officers import UnitCharge as UnitCharge
from ansinh.people.models_one_time import OneTimeCode as OneTimeCode
from ansinh.people.models_organisations import CollectionPoint as CollectionPoint
from ansinh.people.models_organisations import Organisation as Organisation
from ansinh.people.models_organisations import OrganisationCertificate as OrganisationCertificate
from ansinh.people.models_organisations import OrganisationEvent as OrganisationEvent
from ansinh.people.models_organisations import ServiceContract as ServiceContract
from ansinh.people.models_organisations import StaffInvitation as StaffInvitation
from ansinh.people.models_organisations import StaffMember as StaffMember
from ansinh.people.models_organisations import TransmissionMandate as TransmissionMandate
from ansinh.people.models_readings import Opening as Opening
from ansinh.people.models_readings import OpeningReview as OpeningReview
from ansinh.people.models_readings import Protection as Protection
from ansinh.people.models_readings import Reading as Reading
from ansinh.people.models_recovery import Recovery as Recovery
from ansinh.people.models_recovery import RecoveryPaper as RecoveryPaper
from ansinh.people.models_recovery import RecoveryState as RecoveryState
from ansinh.people.models_rights import ConsentEvent as ConsentEvent
from ansinh.people.models_rights import DataExport as DataExport
from ansinh.people.models_rights import DataRequest as DataRequest
from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedJSON, SealedText
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT, LOGIN, PERSONAL_ID


class Person(models.Model):
    """A natural person as the office knows one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.CharField(max_length=100)
    search_key = models.CharField(max_length=100, help_text="ansinh.law.names.search_key(full_name)")
    date_of_birth = models.CharField(max_length=10, help_text="YYYY-MM-DD, or YYYY when only the year is known")
    sex = models.CharField(max_length=6, choices=[("male", "Nam"), ("female", "Nữ")])
    nationality = models.CharField(max_length=2, default="VN")
    personal_id_number = SealedText(kind=PERSONAL_ID, help_text="empty: a child without one")
    personal_id_key = BlindIndex("personal_id_number")
    id_issue_date = models.DateField(null=True, blank=True)
    id_issue_place = models.CharField(max_length=120, blank=True)
    si_number = models.CharField(max_length=10, blank=True)
    birth_certificate = models.CharField(
        max_length=60, blank=True, db_default="", help_text="number and book, of a child"
    )
    died_on = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    contact_address = models.JSONField(default=dict)
    bank_account = SealedJSON(kind=BANK_ACCOUNT, indexed=("bank", "number"))
    bank_account_key = BlindIndex("bank_account")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["personal_id_key"], name="one_person_per_personal_id"),
            models.UniqueConstraint(fields=["si_number"], condition=~Q(si_number=""), name="one_person_per_si_number"),
            models.CheckConstraint(
                condition=~Q(personal_id_number="") | ~Q(si_number="") | ~Q(birth_certificate=""),
                name="something_identifies_a_person",
                violation_error_message="Cần số định danh, mã số BHXH hoặc số giấy khai sinh để biết đó là ai.",
            ),
        ]
        indexes = [
            models.Index(fields=["search_key", "date_of_birth"]),
            models.Index(fields=["bank_account_key"], name="persons_of_a_bank_account"),
            GinIndex(fields=["search_key"], name="person_name_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.full_name


class AccountState(models.TextChoices):
    """Life of an account."""

    PENDING = "pending", "Chờ phê duyệt"
    ACTIVE = "active", "Đang dùng"
    FROZEN = "frozen", "Tạm khóa theo yêu cầu của chủ tài khoản"
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
    login = SealedText(kind=LOGIN, null=False)
    login_key = BlindIndex("login")
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account")
    state = models.CharField(max_length=8, choices=AccountState.choices, default=AccountState.PENDING)
    phone = models.CharField(max_length=15, blank=True, help_text="E.164 without plus: 84…")
    email = models.EmailField(blank=True)
    display_name = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)
    identity_checked_at = models.DateTimeField(
        null=True, blank=True, help_text="an officer compared the person with identity papers"
    )

    objects = AccountManager()

    class Meta:
        indexes = [models.Index(fields=["phone"]), models.Index(fields=["email"])]
        constraints = [
            models.UniqueConstraint(
                fields=["login_key"],
                name="one_account_per_login",
                violation_error_message="Tên đăng nhập này đã có tài khoản.",
            ),
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
