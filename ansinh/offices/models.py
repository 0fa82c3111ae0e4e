"""The map of the administration. Every row is valid from a day and may end on one: old codes must still resolve."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.offices.dated import Dated as Dated
from ansinh.offices.dated import DateRange as DateRange
from ansinh.offices.dated import no_overlap as no_overlap
from ansinh.offices.dated import valid_on as valid_on
from ansinh.offices.models_announcements import Announcement as Announcement
from ansinh.offices.models_counters import CounterPause as CounterPause
from ansinh.offices.models_counters import NearestOffice as NearestOffice
from ansinh.offices.models_face import FaceEntry as FaceEntry
from ansinh.offices.models_former import FormerCommune as FormerCommune
from ansinh.offices.models_remote import RemoteArea as RemoteArea
from ansinh.platform.identifiers import uuid7


class Province(Dated):
    """A province or centrally run city; since 2025-07-01 there are 34. Old ones point to what they became."""

    code = models.CharField(max_length=2)
    name_vi = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=[("province", "tỉnh"), ("city", "thành phố")])
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            no_overlap("code", name="province_code_once", message="Mã tỉnh này đã có hiệu lực trong thời gian đó."),
        ]
        indexes = [models.Index(fields=["code"])]

    def __str__(self) -> str:
        return self.name_vi


class Commune(Dated):
    """A commune, ward or special zone: the lower of the two levels since 2025-07-01."""

    code = models.CharField(max_length=5)
    province_code = models.CharField(max_length=2)
    name_vi = models.CharField(max_length=80)

    class Meta:
        constraints = [
            no_overlap("code", name="commune_code_once", message="Mã xã này đã có hiệu lực trong thời gian đó."),
        ]
        indexes = [models.Index(fields=["province_code", "name_vi"])]

    def __str__(self) -> str:
        return self.name_vi


class Level(models.TextChoices):
    """Where an office stands."""

    CENTRAL = "central", "Trung ương"
    PROVINCE = "province", "Tỉnh, thành phố"
    LOCAL = "bhxh_co_so", "Cơ sở"
    DISTRICT = "district", "Quận, huyện (đến 30/06/2025)"


class Office(Dated):
    """A social insurance office. Its five-digit code is the last part of the dossier numbers it gives."""

    code = models.CharField(max_length=5, primary_key=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    province_code = models.CharField(max_length=2)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    opens_at = models.TimeField(default="08:00")
    closes_at = models.TimeField(default="17:00")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{5}$"),
                name="office_code_is_five_digits",
                violation_error_message="Mã cơ quan gồm đúng 5 chữ số.",
            ),
        ]
        indexes = [models.Index(fields=["province_code", "level"])]

    def __str__(self) -> str:
        return self.name_vi


class Jurisdiction(Dated):
    """Which office serves a commune, and since when."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT)
    commune_code = models.CharField(max_length=5)

    class Meta:
        constraints = [
            no_overlap(
                "commune_code",
                name="commune_served_by_one_office",
                message="Xã này đã thuộc một cơ quan khác trong thời gian đó.",
            ),
        ]


class Department(Dated):
    """A department as its office calls it; what it does is in `DepartmentFunction`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="departments")
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            no_overlap(
                "office", "name_vi", name="department_name_once",
                message="Cơ quan này đã có phòng, tổ mang tên đó trong thời gian đó.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name_vi


class DepartmentFunction(Dated):
    """Which department of an office does a function. Names differ by office and by time; functions do not."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="functions")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=20, help_text="key of functions.yaml")

    class Meta:
        constraints = [
            no_overlap(
                "office", "function", name="function_in_one_department",
                message="Mảng việc này đã thuộc một phòng, tổ khác trong thời gian đó.",
            ),
        ]  # fmt: skip


class DecidingLevel(Dated):
    """Which level decides a procedure in a province: internal delegation, so dated data and not code."""

    procedure = models.CharField(max_length=80)
    province_code = models.CharField(max_length=2, blank=True, help_text="trống: mọi tỉnh")
    level = models.CharField(max_length=12, choices=Level.choices)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            no_overlap(
                "procedure",
                "province_code",
                name="one_deciding_level",
                message="Thủ tục này đã có cấp giải quyết trong thời gian đó.",
            ),
        ]


ORDINARY = "ordinary"
"""Kind of a day that is what its weekday says after all, although it was computed or entered otherwise."""


class CalendarDay(models.Model):
    """A day that is not what its weekday says. The administrator's row wins over every computed one."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(
        max_length=20,
        choices=[
            ("public_holiday", "Ngày lễ, tết"),
            ("compensatory_off", "Nghỉ bù"),
            ("swapped_off", "Nghỉ hoán đổi"),
            ("make_up_working", "Làm bù"),
            (ORDINARY, "Ngày thường"),
        ],
    )
    name_vi = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=200)
    quality = models.CharField(max_length=20, default="entered")
    published_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name_vi}"


class SupportLine(Dated):
    """The telephone that a page of a province shows (R-117, R-173)."""

    province_code = models.CharField(max_length=2, blank=True, help_text="trống: cả nước")
    label_vi = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    hours = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            no_overlap("province_code", name="one_support_line", message="Tỉnh này đã có số hỗ trợ."),
        ]
