"""Organisations that transact with the agency: their staff, certificates, points, contracts and I-VAN mandates."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from ansinh.offices.models import Dated, DateRange, no_overlap
from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedText
from ansinh.platform.sealed_fields.kinds import PERSONAL_ID

TAX_CODE = r"^(\d{10}(-\d{3})?|\d{12})$"
"""As `law.identifiers.parse_tax_code` writes one; the check digit is checked there."""


class OrganisationKind(models.TextChoices):
    """What an organisation is to the agency."""

    EMPLOYER = "employer", "Đơn vị sử dụng lao động"
    FACILITY = "health_facility", "Cơ sở khám chữa bệnh"
    AGENT = "collection_agent", "Tổ chức dịch vụ thu"
    IVAN = "ivan_provider", "Tổ chức I-VAN"
    SCHOOL = "school", "Cơ sở giáo dục"


class OrganisationState(models.TextChoices):
    """Life of an organisation here."""

    ACTIVE = "active", "Đang giao dịch"
    CLOSED = "closed", "Đã ngừng giao dịch"


class StaffRole(models.TextChoices):
    """What one of the staff may do. The first four are the rights of `people.actors.Right`."""

    READ = "read", "Xem hồ sơ"
    FILE = "file", "Lập hồ sơ"
    SIGN = "sign", "Ký và nộp"
    PAY = "pay", "Thanh toán"
    ADMINISTER = "administer", "Quản lý người dùng"


class Organisation(Dated):
    """An organisation, or a branch of one (`parent`). Whoever acts for it is one of its staff of that day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200, help_text="ansinh.law.names.search_key(name)")
    tax_code = models.CharField(max_length=14, blank=True, help_text="empty: a branch without one of its own")
    unit_code = models.CharField(max_length=20, blank=True, help_text="given by the agency, opaque")
    facility_code = models.CharField(max_length=5, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="branches")
    succeeded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    managing_office = models.CharField(max_length=5)
    address = models.JSONField(default=dict)
    phone = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    representative = models.CharField(max_length=100, blank=True)
    contact_name = models.CharField(max_length=100, blank=True, help_text="R-160: whom the agency asks")
    contact_phone = models.CharField(max_length=15, blank=True)
    state = models.CharField(
        max_length=6, choices=OrganisationState.choices, default=OrganisationState.ACTIVE, editable=False
    )
    registered_by_dossier = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=Q(state="active") & ~Q(tax_code=""),
                name="one_organisation_per_tax_code",
                violation_error_message="Mã số thuế này đã có tổ chức đăng ký.",
            ),
            models.UniqueConstraint(
                fields=["managing_office", "unit_code"],
                condition=Q(state="active") & ~Q(unit_code=""),
                name="one_organisation_per_unit_code",
                violation_error_message="Mã đơn vị này đã có tổ chức đăng ký ở cơ quan đó.",
            ),
            models.CheckConstraint(
                condition=Q(tax_code__regex=TAX_CODE) | Q(tax_code="", parent__isnull=False),
                name="organisation_has_a_tax_code",
                violation_error_message="Mã số thuế chưa đúng dạng; chỉ chi nhánh phụ thuộc mới không có mã riêng.",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(valid_to__isnull=False),
                name="closed_organisation_has_a_last_day",
                violation_error_message="Tổ chức đã ngừng phải có ngày ngừng.",
            ),
        ]
        indexes = [models.Index(fields=["search_key"], name="organisation_by_name")]

    def __str__(self) -> str:
        return self.name


class StaffState(models.TextChoices):
    """Life of a membership."""

    ACTIVE = "active", "Đang làm"
    ENDED = "ended", "Đã thôi"


class StaffMember(Dated):
    """An account that acts for an organisation, with its roles. What changed is told by OrganisationEvent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=10, choices=StaffRole.choices))
    branches = models.BooleanField(default=False, help_text="the same rights in every branch")
    state = models.CharField(max_length=6, choices=StaffState.choices, default=StaffState.ACTIVE)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_membership_at_a_time",
                expressions=[
                    (F("organisation"), RangeOperators.EQUAL),
                    (F("account"), RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="active"),
                violation_error_message="Người này đã là người dùng của tổ chức trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False),
                name="ended_membership_has_a_moment",
                violation_error_message="Người đã thôi phải có thời điểm thôi.",
            ),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0) & Q(roles__contained_by=StaffRole.values),
                name="member_has_known_roles",
                violation_error_message="Người dùng phải có ít nhất một vai trò trong danh sách.",
            ),
        ]
        indexes = [models.Index(fields=["account", "state"], name="memberships_of_account")]


class InvitationState(models.TextChoices):
    """Life of an invitation. One that ran out stays open in the table and is refused by its day."""

    OPEN = "open", "Chờ trả lời"
    ACCEPTED = "accepted", "Đã nhận"
    DECLINED = "declined", "Đã từ chối"
    WITHDRAWN = "withdrawn", "Đã rút"


class StaffInvitation(models.Model):
    """Somebody invited by personal number, who need not have an account yet; answered after signing in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    personal_id_number = SealedText(kind=PERSONAL_ID, null=False)
    personal_id_key = BlindIndex("personal_id_number")
    roles = ArrayField(models.CharField(max_length=10, choices=StaffRole.choices))
    branches = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=InvitationState.choices, default=InvitationState.OPEN)
    invited_by = models.CharField(max_length=100, help_text="name of the administrator or officer")
    invited_at = models.DateTimeField()
    answer_by = models.DateField(help_text="last day to answer")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "personal_id_key"],
                condition=Q(state="open"),
                name="one_open_invitation",
                violation_error_message="Người này đang có một lời mời chưa trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0) & Q(roles__contained_by=StaffRole.values),
                name="invitation_has_known_roles",
                violation_error_message="Lời mời phải có ít nhất một vai trò trong danh sách.",
            ),
        ]
        indexes = [models.Index(fields=["personal_id_key", "state"], name="invitations_of_person")]


class OrganisationCertificate(models.Model):
    """A certificate that has signed for the organisation. A withdrawn one signs no more, whatever its issuer says."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="certificates")
    sha256 = models.CharField(max_length=64)
    serial = models.CharField(max_length=60, help_text="decimal")
    issuer = models.CharField(max_length=200)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    known_since = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "sha256"], name="certificate_known_once")]


class ContractKind(models.TextChoices):
    """What an organisation does for the agency."""

    COLLECTION = "collection", "Hợp đồng dịch vụ thu"
    TRANSMISSION = "transmission", "Thỏa thuận cung cấp dịch vụ I-VAN"


class ServiceContract(Dated):
    """A contract of the agency with a collection agent or an I-VAN provider; those of health facilities: registry."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts")
    kind = models.CharField(max_length=12, choices=ContractKind.choices)
    number = models.CharField(max_length=60)
    office_code = models.CharField(max_length=5)

    class Meta:
        constraints = [
            no_overlap(
                "organisation", "kind", "office_code", name="one_contract_at_a_time",
                message="Tổ chức đã có hợp đồng loại này với cơ quan đó trong thời gian đó.",
            ),
        ]  # fmt: skip


class CollectionPoint(Dated):
    """Where a collection agent takes contributions (điểm thu)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="points")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    commune_code = models.CharField(max_length=5)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=15, blank=True)

    class Meta:
        constraints = [
            no_overlap("code", name="one_point_per_code", message="Mã điểm thu này đang dùng cho một điểm khác."),
        ]


class TransmissionState(models.TextChoices):
    """Life of a mandate to transmit."""

    ACTIVE = "active", "Đang dùng"
    ENDED = "ended", "Đã thu hồi"


class TransmissionMandate(Dated):
    """An employer lets an I-VAN provider transmit for it: one provider at a time, on a signed declaration."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_given")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_held")
    procedures = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="procedure slugs; empty: every one"
    )
    contract_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=6, choices=TransmissionState.choices, default=TransmissionState.ACTIVE)
    given_by_dossier = models.UUIDField(help_text="the declaration that the employer signed")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_provider_at_a_time",
                expressions=[
                    (F("employer"), RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="active"),
                violation_error_message="Đơn vị đang dùng một tổ chức I-VAN khác trong thời gian đó.",
            ),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True) | Q(state="ended", ended_at__isnull=False),
                name="ended_mandate_has_a_moment",
                violation_error_message="Ủy quyền đã thu hồi phải có thời điểm thu hồi.",
            ),
            models.CheckConstraint(
                condition=~Q(employer=F("provider")),
                name="mandate_is_for_another",
                violation_error_message="Tổ chức không ủy quyền cho chính mình.",
            ),
        ]
        indexes = [models.Index(fields=["provider", "state"], name="mandates_of_provider")]


class OrganisationEvent(models.Model):
    """One line of an organisation's history; only grows."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="history_of_organisation")]
