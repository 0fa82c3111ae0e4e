"""Who opens a campaign, who sees it and which of its units, and who writes down what a unit said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.directives.access import offices_drafted_for, organisations_of
from ansinh.directives.models import Campaign, CampaignUnit
from ansinh.offices.models import Level
from ansinh.offices.queries import and_below, office_names
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import UnitCharge
from ansinh.people.models_officers import held_on
from ansinh.platform.errors import NotAllowed, NotFound


def opening_offices(actor: OfficerActor) -> list[str]:
    """Provincial and central offices in whose name the actor opens campaigns."""
    held = office_names(set(offices_drafted_for(actor)))
    return sorted(code for code, one in held.items() if one.level in (Level.PROVINCE, Level.CENTRAL))


def refuse_unless_opening(actor: OfficerActor, office_code: str) -> None:
    """Raise NotAllowed unless the actor opens and ends campaigns of the office."""
    if office_code not in opening_offices(actor):
        raise NotAllowed(
            "campaign-not-yours",
            "Chiến dịch do lãnh đạo, văn thư của BHXH tỉnh hoặc trung ương mở và kết thúc. Xin đề nghị cấp tỉnh.",
        )


def campaigns_visible_to(actor: OfficerActor) -> QuerySet[Campaign]:
    """Campaigns of one's offices, and those with units one sees: of one's offices and below, or one's own."""
    units = CampaignUnit.objects.filter(_of_house(actor))
    return Campaign.objects.filter(Q(office_id__in=actor.office_codes) | Q(pk__in=units.values("campaign_id")))


def the_campaign(campaign_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> Campaign:
    """A campaign the officer may see. Raises NotFound."""
    seen = campaigns_visible_to(viewer).values("pk")
    rows = Campaign.objects.select_for_update() if lock else Campaign.objects.select_related("office", "opened_by")
    found = rows.filter(pk=campaign_id, pk__in=seen).first()
    if found is None:
        raise NotFound("campaign-unknown", "Không có chiến dịch này ở cơ quan của ông/bà. Xin xem lại danh sách.")
    return found


def units_visible_to(campaign: Campaign, *, viewer: OfficerActor) -> QuerySet[CampaignUnit]:
    """All units for the office that opened it; for others those of their offices and below."""
    return units_seen_by(viewer).filter(campaign=campaign)


def units_seen_by(viewer: OfficerActor) -> QuerySet[CampaignUnit]:
    """Units of every campaign that the officer may see."""
    return CampaignUnit.objects.filter(_of_house(viewer) | Q(campaign__office_id__in=viewer.office_codes))


def _of_house(viewer: OfficerActor) -> Q:
    return Q(office_id__in=and_below(viewer.office_codes)) | Q(officer_id=viewer.officer_id)


def the_unit(unit_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> CampaignUnit:
    """A unit of a campaign the officer may see. Raises NotFound."""
    rows = CampaignUnit.objects.select_for_update(of=("self",)) if lock else CampaignUnit.objects.all()
    found = rows.select_related("campaign", "office").filter(pk=unit_id).first()
    if found is None or not units_visible_to(found.campaign, viewer=viewer).filter(pk=unit_id).exists():
        raise NotFound("campaign-unit-unknown", "Không có đơn vị này trong chiến dịch. Xin xem lại danh sách.")
    return found


def units_kept_by(campaign: Campaign, *, actor: OfficerActor, on: date) -> QuerySet[CampaignUnit]:
    """Units for which the officer writes down what they said, and whom one reminds.

    All for who opens campaigns of that office; else those of offices one heads, and those one looks after.
    """
    rows = units_visible_to(campaign, viewer=actor)
    if campaign.office_id in opening_offices(actor):
        return rows
    charges = UnitCharge.objects.filter(
        held_on(on), officer_id=actor.officer_id, office_code=OuterRef("office_id"), unit_code=OuterRef("unit_code")
    )
    return rows.filter(
        Q(officer_id=actor.officer_id)
        | Q(office_id__in=offices_drafted_for(actor))
        | Q(~Q(unit_code=""), Exists(charges))
    )


def looks_after(unit: CampaignUnit, *, actor: OfficerActor, on: date) -> bool:
    """Whether the unit is among those the officer keeps."""
    return units_kept_by(unit.campaign, actor=actor, on=on).filter(pk=unit.pk).exists()


def campaigns_of_person(citizen: Citizen, *, on: date) -> QuerySet[CampaignUnit]:
    """Campaigns that reached the organisations one works for, the last first."""
    rows = CampaignUnit.objects.filter(organisation_id__in=organisations_of(citizen, on=on))
    return rows.select_related("campaign__office").order_by("-campaign__opened_at")


def the_unit_of_person(unit_id: UUID, *, citizen: Citizen, on: date, lock: bool = False) -> CampaignUnit:
    """The campaign at an organisation one works for. Raises NotFound."""
    rows = campaigns_of_person(citizen, on=on)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=unit_id).first()
    if found is None:
        raise NotFound(
            "campaign-unknown-to-unit", "Tổ chức của ông/bà không có chiến dịch này. Xin xem lại trang Tổ chức."
        )
    return found
