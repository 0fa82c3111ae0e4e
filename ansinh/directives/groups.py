"""Lists of addressees an office keeps: unions, departments, post, schools, facilities, agents, banks, press (R-153)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.directives.access import refuse_unless_drafting
from ansinh.directives.models_distribution import GroupMember, RecipientGroup
from ansinh.offices.models import valid_on
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Organisation
from ansinh.people.models_organisations import OrganisationKind, OrganisationState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day

USUAL = (
    "Các tổ chức đoàn thể, Liên đoàn Lao động", "Các sở, ban, ngành", "Bưu điện", "Các trường học",
    "Các cơ sở khám chữa bệnh BHYT", "Các trạm y tế xã, phường", "Các đại lý thu", "Các ngân hàng",
    "Báo, đài phát thanh, truyền hình", "Trung tâm phục vụ hành chính công của tỉnh", "UBND các xã, phường",
)  # fmt: skip
"""Names that letters of provinces use (seed 003); offered, never imposed."""


@dataclass(frozen=True)
class Member:
    """An addressee: an organisation that reads it in its account, or a name with an office contact."""

    name: str
    unit_code: str = ""
    organisation_id: UUID | None = None
    contact: str = ""


def groups_of(office_code: str, *, on: date) -> list[RecipientGroup]:
    """The groups of an office on a day, by name."""
    return list(RecipientGroup.objects.filter(valid_on(on), office_id=office_code).order_by("name_vi"))


def members_on(group_id: UUID, *, on: date) -> tuple[str, list[Member]]:
    """The office that keeps a group, and who belongs to it on a day. Raises NotFound."""
    group = RecipientGroup.objects.filter(valid_on(on), pk=group_id).first()
    if group is None:
        raise NotFound("group-unknown", "Không có nhóm nơi nhận này. Xin tải lại trang.")
    found = [
        Member(row.name, contact=row.contact)
        for row in GroupMember.objects.filter(valid_on(on), group=group).order_by("name")
    ]
    if group.organisation_kind:
        rows = Organisation.objects.filter(
            valid_on(on), managing_office=group.office_id, kind=group.organisation_kind, state=OrganisationState.ACTIVE
        )
        found += [Member(row.name, row.unit_code, row.pk) for row in rows.order_by("name")]
    return group.office_id, found


def make_group(
    office_code: str, *, name_vi: str, name_en: str, organisation_kind: str, actor: OfficerActor, at: datetime
) -> RecipientGroup:
    """A new group of an office from today. Raises NotAllowed, Invalid, Conflict."""
    refuse_unless_drafting(actor, office_code)
    name, today = " ".join(name_vi.split())[:120], local_day(at)
    if not name or organisation_kind not in {"", *OrganisationKind.values}:
        raise Invalid("group-needs-name", "Chưa ghi tên nhóm, hoặc loại tổ chức không có. Xin xem lại.")
    with transaction.atomic(), acting_as(actor.label):
        if RecipientGroup.objects.filter(valid_on(today), office_id=office_code, name_vi=name).exists():
            raise Conflict("group-exists", "Cơ quan đã có nhóm mang tên này.")
        return RecipientGroup.objects.create(
            office_id=office_code, name_vi=name, name_en=" ".join(name_en.split())[:120],
            organisation_kind=organisation_kind, valid_from=today,
        )  # fmt: skip


def add_member(group_id: UUID, *, name: str, contact: str, actor: OfficerActor, at: datetime) -> GroupMember:
    """A new addressee of a group from today. Raises NotFound, NotAllowed, Invalid, Conflict."""
    today, called = local_day(at), " ".join(name.split())[:200]
    office_code, _ = members_on(group_id, on=today)
    refuse_unless_drafting(actor, office_code)
    if not called:
        raise Invalid("member-needs-name", "Chưa ghi tên nơi nhận.")
    with transaction.atomic(), acting_as(actor.label):
        if GroupMember.objects.filter(valid_on(today), group_id=group_id, name=called).exists():
            raise Conflict("member-exists", "Nhóm đã có nơi nhận này.")
        return GroupMember.objects.create(
            group_id=group_id, name=called, contact=contact.strip()[:120], valid_from=today
        )


def remove_member(group_id: UUID, name: str, *, actor: OfficerActor, at: datetime) -> None:
    """The addressee belongs to the group until yesterday. Raises NotFound, NotAllowed."""
    today = local_day(at)
    office_code, _ = members_on(group_id, on=today)
    refuse_unless_drafting(actor, office_code)
    with transaction.atomic(), acting_as(actor.label):
        rows = GroupMember.objects.filter(valid_on(today), group_id=group_id, name=name)
        rows.filter(valid_from=today).delete()
        rows.update(valid_to=today - timedelta(days=1))
