"""What a unit did with a campaign: read, phoned, doing, done with how many out of how many; reminders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.directives.campaigns.access import looks_after, the_campaign, the_unit, the_unit_of_person, units_kept_by
from ansinh.directives.campaigns.open import TELL_UNITS, TOLD_AT_ONCE
from ansinh.directives.follow import LONGEST_FUNCTION, REMIND_AFTER
from ansinh.directives.models import Campaign, CampaignStep, CampaignUnit
from ansinh.directives.tell import tell_unit
from ansinh.law.counting import Unit, count_days
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.queue import defer
from ansinh.platform.zone import local_day

MOST_REMINDED = 2000
"""In one round; the next round goes on with the rest."""


@dataclass(frozen=True)
class Progress:
    """How many of how many, whether that is all the unit will do, and a word about it."""

    reached: int | None
    out_of: int | None
    finished: bool = False
    note: str = ""


def read_as_unit(unit_id: UUID, *, actor: Citizen, at: datetime) -> CampaignUnit:
    """The unit opens it; the first time counts. Raises NotFound."""
    with transaction.atomic(), acting_as(actor.label):
        unit = the_unit_of_person(unit_id, citizen=actor, on=local_day(at), lock=True)
        _once(unit, "read", actor.label, at)
    return unit


def say_as_unit(unit_id: UUID, said: Progress, *, actor: Citizen, at: datetime) -> CampaignUnit:
    """The unit says how far it is, as often as it likes. Raises NotFound, Invalid, Conflict once it is ended."""
    with transaction.atomic(), acting_as(actor.label):
        unit = the_unit_of_person(unit_id, citizen=actor, on=local_day(at), lock=True)
        _once(unit, "read", actor.label, at)
        _say(unit, said, actor.label, at)
    return unit


def say_for_unit(unit_id: UUID, said: Progress, *, actor: OfficerActor, at: datetime) -> CampaignUnit:
    """The officer writes down what the unit said. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        unit = _looked_after(unit_id, actor, at)
        _say(unit, said, actor.label, at)
    return unit


def phone_unit(unit_id: UUID, *, spoken_to: str, note: str, actor: OfficerActor, at: datetime) -> CampaignUnit:
    """The officer phoned; `spoken_to` is a function there, no name. Raises NotFound, NotAllowed, Invalid, Conflict."""
    function = " ".join(spoken_to.split())
    if not function or len(function) > LONGEST_FUNCTION:
        raise Invalid("call-needs-function", "Xin ghi đã nói chuyện với bộ phận nào của đơn vị, không ghi tên riêng.")
    with transaction.atomic(), acting_as(actor.label):
        unit = _looked_after(unit_id, actor, at)
        _append(unit, "phoned", actor.label, at, spoken_to=function, note=note)
        unit.phoned_at = unit.phoned_at or at
        unit.save(update_fields=["phoned_at"])
    return unit


def tell_units(unit_ids: Sequence[UUID], code: str, *, at: datetime) -> int:
    """Tell these units by message, unless they are done or the campaign is over; gives how many could be told."""
    told = 0
    rows = CampaignUnit.objects.filter(pk__in=unit_ids, done_at__isnull=True, campaign__ended_at__isnull=True)
    for key in rows.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            unit = CampaignUnit.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=key)
            if tell_unit(unit, code, at=at):
                _once(unit, "told", "system", at)
                told += 1
    return told


def remind_now(campaign_id: UUID, *, actor: OfficerActor, at: datetime) -> int:
    """Remind every unit one keeps that is not done and was not reminded today. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        campaign = the_campaign(campaign_id, viewer=actor)
        _refuse_over(campaign)
        rows = units_kept_by(campaign, actor=actor, on=local_day(at))
        return _remind(rows.filter(_not_reminded(local_day(at))), actor.label, at)


def remind_campaigns(*, at: datetime) -> int:
    """Remind units that have not begun after some working days, and all that are not done near the last day.

    Once a day each, on working days only, while the campaign runs.
    """
    today, calendar = local_day(at), work_calendar()
    if not calendar.is_working_day(today):
        return 0
    running = Campaign.objects.filter(
        ended_at__isnull=True, listed_at__isnull=False, starts_on__lte=today, ends_on__gte=today
    )
    reminded = 0
    for campaign in running.order_by("pk"):
        near = count_days(today, campaign.ends_on, Unit.WORKING_DAY, calendar=calendar) <= 1
        rows = CampaignUnit.objects.filter(_not_reminded(today), campaign=campaign)
        due = [
            one
            for one in (rows if near else rows.filter(doing_at__isnull=True)).order_by("pk")[:MOST_REMINDED]
            if near or _waited(one, campaign, today) >= REMIND_AFTER
        ]
        with transaction.atomic():
            reminded += _remind(due, "system", at)
    return reminded


def history(unit: CampaignUnit) -> QuerySet[CampaignStep]:
    """Every step at a unit, the first one first."""
    return unit.steps.order_by("id")


def _waited(one: CampaignUnit, campaign: Campaign, today: date) -> int:
    since = one.reminded_on or max(local_day(one.listed_at), campaign.starts_on)
    return count_days(since, today, Unit.WORKING_DAY, calendar=work_calendar())


def _not_reminded(today: date) -> Q:
    return Q(done_at__isnull=True) & (Q(reminded_on__isnull=True) | Q(reminded_on__lt=today))


def _remind(units: Iterable[CampaignUnit], actor: str, at: datetime) -> int:
    chosen = [one.pk for one in units]
    held = CampaignUnit.objects.select_for_update().filter(_not_reminded(local_day(at)), pk__in=chosen)
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    CampaignUnit.objects.filter(pk__in=keys).update(reminded_on=local_day(at))
    CampaignStep.objects.bulk_create(
        [CampaignStep(unit_id=key, at=at, kind="reminded", actor=actor) for key in keys], batch_size=500
    )
    for first in range(0, len(keys), TOLD_AT_ONCE):
        chosen_now = [str(key) for key in keys[first : first + TOLD_AT_ONCE]]
        defer(TELL_UNITS, unit_ids=chosen_now, code="campaign_reminder", moment=at.isoformat())
    return len(keys)


def _looked_after(unit_id: UUID, actor: OfficerActor, at: datetime) -> CampaignUnit:
    unit = the_unit(unit_id, viewer=actor, lock=True)
    if not looks_after(unit, actor=actor, on=local_day(at)):
        raise NotAllowed(
            "campaign-unit-not-yours", "Việc của đơn vị do cán bộ phụ trách đơn vị hoặc lãnh đạo cơ quan đó ghi."
        )
    _refuse_over(unit.campaign)
    return unit


def _refuse_over(campaign: Campaign) -> None:
    if campaign.ended_at is not None:
        raise Conflict("campaign-ended", "Chiến dịch đã kết thúc. Xin tải lại trang.")


def _say(unit: CampaignUnit, said: Progress, actor: str, at: datetime) -> None:
    _refuse_over(unit.campaign)
    if said.reached is None or said.out_of is None or not 0 <= said.reached <= said.out_of or said.out_of == 0:
        raise Invalid(
            "campaign-count", "Chưa ghi đủ hai số: đã làm được bao nhiêu, trên tổng số bao nhiêu (lớn hơn 0)."
        )
    unit.reached, unit.out_of, unit.doing_at = said.reached, said.out_of, unit.doing_at or at
    first = said.finished and unit.done_at is None
    unit.done_at = at if first else unit.done_at
    unit.save(update_fields=["reached", "out_of", "doing_at", "done_at"])
    kind = "done" if first else "said"
    _append(unit, kind, actor, at, note=said.note, reached=said.reached, out_of=said.out_of)


def _once(unit: CampaignUnit, kind: str, actor: str, at: datetime) -> None:
    """The first time of a step is kept; later ones change nothing."""
    column = f"{kind}_at"
    if getattr(unit, column) is None:
        setattr(unit, column, at)
        unit.save(update_fields=[column])
        _append(unit, kind, actor, at)


def _append(
    unit: CampaignUnit, kind: str, actor: str, at: datetime, *, spoken_to: str = "", note: str = "",
    reached: int | None = None, out_of: int | None = None,
) -> None:  # fmt: skip
    CampaignStep.objects.create(
        unit=unit, at=at, kind=kind, actor=actor, spoken_to=spoken_to, note=" ".join(note.split())[:300],
        reached=reached, out_of=out_of,
    )  # fmt: skip
