"""How a letter travels: from an office to departments, officers and the units each looks after, and what each did."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.offices.dated import Dated, no_overlap
from ansinh.platform.identifiers import uuid7


class RecipientGroup(Dated):
    """A list of addressees an office keeps: unions, departments, post, schools, press … (R-153)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="recipient_groups")
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    organisation_kind = models.CharField(
        max_length=20, blank=True, help_text="every organisation of this kind the office manages belongs to it"
    )

    class Meta:
        constraints = [
            no_overlap("office", "name_vi", name="one_group_of_a_name", message="Cơ quan đã có nhóm mang tên này."),
        ]


class GroupMember(Dated):
    """An addressee of a group that has no account here; `contact` is an office telephone or mailbox."""

    group = models.ForeignKey(RecipientGroup, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            no_overlap("group", "name", name="one_member_of_a_name", message="Nhóm đã có nơi nhận này."),
        ]


class Holder(models.TextChoices):
    """Who holds a delivered letter."""

    OFFICE = "office", "Cơ quan"
    DEPARTMENT = "department", "Phòng, tổ"
    OFFICER = "officer", "Cán bộ"
    UNIT = "unit", "Đơn vị"


class Delivery(models.Model):
    """A letter at one holder. What happened first is kept here, every step in DeliveryEvent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    letter = models.ForeignKey("directives.Letter", on_delete=models.PROTECT, related_name="deliveries")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="forwarded")
    holder = models.CharField(max_length=10, choices=Holder.choices)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=20, blank=True, help_text="of a department: key of functions.yaml")
    officer = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_code = models.CharField(max_length=20, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    task = models.CharField(max_length=500, blank=True, help_text="what the holder is to do")
    due_on = models.DateField(null=True, blank=True)
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    phoned_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "holder", "office", "function", "officer", "unit_code", "unit_name"],
                nulls_distinct=False, name="delivered_once",
                violation_error_message="Nơi này đã nhận văn bản.",
            ),
            models.CheckConstraint(
                condition=Q(holder="office", function="", officer__isnull=True, unit_name="")
                | Q(holder="department", officer__isnull=True, unit_name="") & ~Q(function="")
                | Q(holder="officer", officer__isnull=False, unit_name="")
                | Q(holder="unit") & ~Q(unit_name=""),
                name="delivery_names_its_holder",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["letter", "office", "holder"], name="deliveries_of_letter"),
            models.Index(fields=["organisation", "-delivered_at"], name="deliveries_of_unit"),
            models.Index(fields=["officer", "-delivered_at"], name="deliveries_of_officer"),
        ]


class DeliveryEvent(models.Model):
    """One step of a delivery; only grows. `spoken_to` names a function, never a person (R-151)."""

    KINDS = [
        ("delivered", "Đã chuyển"), ("acknowledged", "Đã nhận việc"), ("read", "Đã đọc"), ("phoned", "Đã gọi điện"),
        ("confirmed", "Đã xác nhận"), ("reminded", "Đã nhắc"),
    ]  # fmt: skip
    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=KINDS)
    actor = models.CharField(max_length=120, help_text="label of who did it")
    spoken_to = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="phoned") | ~Q(spoken_to=""),
                name="a_call_says_to_whom",
                violation_error_message="Cuộc gọi phải ghi đã nói chuyện với bộ phận nào.",
            ),
        ]
