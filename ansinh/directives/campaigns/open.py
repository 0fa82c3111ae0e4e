"""Open a campaign, put its units on the list office by office, end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.directives.campaigns.access import refuse_unless_opening, the_campaign
from ansinh.directives.campaigns.audience import LOCAL_BODY, Audience, count_units, units_of
from ansinh.directives.models import Campaign, CampaignUnit
from ansinh.offices.queries import and_below
from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import OrganisationKind
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.queue import defer
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

LIST_UNITS = "directives.list_campaign_units"
"""Name of the job that lists the units of one office of a campaign; several offices are several jobs."""
TELL_UNITS = "directives.tell_campaign_units"
"""Name of the job that tells some units by message."""
TOLD_AT_ONCE = 100


@dataclass(frozen=True)
class Wanted:
    """What a campaign says, and to whom. `counted` is what units count: “người lao động đã đăng ký”."""

    title: str
    text: str
    counted: str
    starts_on: date | None
    ends_on: date | None
    audience: Audience


def how_many(wanted: Wanted, *, office_code: str, actor: OfficerActor, at: datetime) -> int:
    """How many units would be asked today. Raises NotAllowed, Invalid."""
    refuse_unless_opening(actor, office_code)
    audience = _within(wanted.audience, office_code)
    with as_the_house():  # only their number is told; a province counts units of its offices
        return count_units(audience, on=local_day(at))


def open_campaign(wanted: Wanted, *, office_code: str, actor: OfficerActor, at: datetime) -> Campaign:
    """Open it; the units are listed and told by jobs. Raises NotAllowed, Invalid."""
    refuse_unless_opening(actor, office_code)
    starts_on, ends_on = _checked_days(wanted, on=local_day(at))
    audience = _within(wanted.audience, office_code)
    with transaction.atomic(), acting_as(actor.label):
        made = Campaign.objects.create(
            office_id=office_code, title=" ".join(wanted.title.split()), counted=" ".join(wanted.counted.split()),
            text=wanted.text.strip().replace("\r\n", "\n"), starts_on=starts_on, ends_on=ends_on,
            offices=sorted(audience.offices), kinds=sorted(audience.kinds), officers=sorted(audience.officers),
            communes=sorted(audience.communes), opened_by_id=actor.officer_id, opened_at=at,
        )  # fmt: skip
        defer(LIST_UNITS, campaign_id=str(made.pk), place=0)
    return made


def list_units(campaign_id: UUID, *, place: int, at: datetime) -> int:
    """Put the units of the office at this place of the list down, once each; gives how many were new.

    The last office completes the list. A campaign that was ended meanwhile lists nobody more.
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        if campaign.listed_at is not None or campaign.ended_at is not None or place >= len(campaign.offices):
            return 0
        audience = Audience(
            frozenset(campaign.offices), frozenset(campaign.kinds), frozenset(campaign.officers),
            frozenset(campaign.communes),
        )  # fmt: skip
        rows = list(units_of(campaign.offices[place], audience, on=local_day(campaign.opened_at)))
        for row in rows:
            row.campaign, row.listed_at = campaign, at
        CampaignUnit.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        _tell([row.pk for row in rows], at)
        if place + 1 < len(campaign.offices):
            defer(LIST_UNITS, campaign_id=str(campaign_id), place=place + 1)
        else:
            campaign.listed_at = at
            campaign.save(update_fields=["listed_at"])
    return len(rows)


def end_campaign(campaign_id: UUID, *, actor: OfficerActor, at: datetime) -> Campaign:
    """Units say nothing more from now on. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        campaign = the_campaign(campaign_id, viewer=actor, lock=True)
        refuse_unless_opening(actor, campaign.office_id)
        if campaign.ended_at is not None:
            raise Conflict("campaign-ended", "Chiến dịch đã kết thúc. Xin tải lại trang.")
        campaign.ended_at, campaign.ended_by_id = at, actor.officer_id
        campaign.save(update_fields=["ended_at", "ended_by"])
    return campaign


def _tell(unit_ids: list[UUID], at: datetime) -> None:
    for first in range(0, len(unit_ids), TOLD_AT_ONCE):
        chosen = [str(one) for one in unit_ids[first : first + TOLD_AT_ONCE]]
        defer(TELL_UNITS, unit_ids=chosen, code="campaign_opened", moment=at.isoformat())


def _within(audience: Audience, office_code: str) -> Audience:
    """The same with every office below the chosen ones by name; of all one's offices when none is chosen."""
    reach = and_below([office_code])
    if audience.offices - reach:
        raise Invalid("campaign-offices", "Chỉ chọn được cơ quan trực thuộc. Xin chọn lại.")
    if audience.kinds - {*OrganisationKind.values, LOCAL_BODY}:
        raise Invalid("campaign-kinds", "Loại đơn vị không có trong danh sách. Xin chọn lại.")
    offices = and_below(audience.offices) if audience.offices else reach
    return Audience(frozenset(offices), audience.kinds, audience.officers, audience.communes)


def _checked_days(wanted: Wanted, *, on: date) -> tuple[date, date]:
    """The first and last day of a campaign that says all it must. Raises Invalid."""
    if not wanted.title.strip() or len(wanted.title) > 200:
        raise Invalid("campaign-title", "Chưa ghi tên chiến dịch, hoặc dài quá 200 chữ.")
    if not wanted.text.strip() or len(wanted.text) > 10000:
        raise Invalid("campaign-text", "Chưa ghi đơn vị cần làm gì, hoặc dài quá 10.000 chữ.")
    if not wanted.counted.strip() or len(wanted.counted) > 120:
        raise Invalid("campaign-counted", "Chưa ghi đơn vị đếm gì, ví dụ “người lao động đã đăng ký”.")
    if wanted.starts_on is None or wanted.starts_on < on:
        raise Invalid("campaign-starts", "Chưa có ngày bắt đầu, hoặc ngày đó đã qua. Xin chọn từ hôm nay.")
    if wanted.ends_on is None or wanted.ends_on < wanted.starts_on:
        raise Invalid("campaign-ends", "Chưa có ngày kết thúc, hoặc ngày đó trước ngày bắt đầu.")
    return wanted.starts_on, wanted.ends_on
