"""A letter of the local office that went to a department and to a company, for tests that need one of everything."""

from __future__ import annotations

import io
from datetime import datetime

from ansinh.directives.distribute import Order, Target, forward
from ansinh.directives.draft import Wanted, attach, begin
from ansinh.directives.files import make_pdf
from ansinh.directives.issue import issue
from ansinh.directives.models import Attachment, Campaign, CampaignUnit, Delivery, Letter
from ansinh.people.models import Organisation
from tests.files import samples
from tests.world import LOCAL_OFFICE, World


def letters_of(world: World, company: Organisation, *, at: datetime) -> tuple[Letter, Attachment, Delivery, Delivery]:
    """The letter, its file, its delivery to the benefits department, and the one to the company."""
    wanted = Wanted(
        "BHXH-VP", "giao dịch điện tử", "Xin thực hiện.", world["leader"].officer_id, (("Các đơn vị", "act"),)
    )
    letter = begin(wanted, office_code=LOCAL_OFFICE, actor=world["leader"], at=at)
    picture = io.BytesIO(samples.image_bytes("JPEG", samples.picture(width=401)))
    attached = attach(letter.pk, picture, name="mau.jpg", actor=world["leader"], at=at)
    letter = issue(letter.pk, actor=world["leader"], at=at)
    make_pdf(letter.pk, at=at)
    (to_department,) = forward(
        letter.pk, [Target("department", LOCAL_OFFICE, function="benefits")], Order(), actor=world["leader"], at=at
    )
    to_company = Delivery.objects.create(
        letter=letter, holder="unit", office_id=LOCAL_OFFICE, unit_code="TA0001A", unit_name=company.name,
        organisation=company, delivered_at=at, delivered_by_id=world["specialist"].officer_id,
    )  # fmt: skip
    letter.refresh_from_db()
    return letter, attached, to_department, to_company


def a_campaign_of(world: World, company: Organisation, *, at: datetime) -> CampaignUnit:
    """A campaign of the local office at the company."""
    campaign = Campaign.objects.create(
        office_id=LOCAL_OFFICE, title="x", text="x", counted="x", starts_on=at.date(), ends_on=at.date(),
        offices=[LOCAL_OFFICE], opened_by_id=world["leader"].officer_id, opened_at=at, listed_at=at,
    )  # fmt: skip
    return CampaignUnit.objects.create(
        campaign=campaign, office_id=LOCAL_OFFICE, unit_name=company.name, organisation=company, listed_at=at
    )
