"""Tell people outside the page: who reported a problem, who got a letter, whom a campaign asks.

Messages about a letter or a campaign are made by jobs: one forwarding may reach thousands. `at` is the moment they are
about, so that a job that runs twice says everything once. SMS wait for the morning (notifications.options).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ansinh.casework.tell import tell_account
from ansinh.directives.access import CLERK, DRAFTS
from ansinh.directives.models import CampaignUnit, Delivery, ProblemReport
from ansinh.directives.models_distribution import Holder
from ansinh.notifications.notify import notify
from ansinh.offices.queries import office
from ansinh.people.models import Organisation, UnitCharge
from ansinh.people.models_officers import held_on
from ansinh.people.officers.posts import held_assignments
from ansinh.people.organisations.staff import readers_of_organisation
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

MOST_PEOPLE = 10
"""So many people of one holder are told at most."""


def tell_answered(report: ProblemReport, *, at: datetime) -> None:
    """Whoever reported the problem hears that it is answered."""
    with as_the_house():  # the account is not among the rows of who answers
        account_id = report.told_by_id
        if account_id is None:
            assert report.reported_by is not None
            account_id = report.reported_by.account_id
        tell_account(account_id, "problem_answered", at=at, office=office(report.to_office_id).name_vi)


def tell_holders(deliveries: Sequence[UUID], code: str, *, at: datetime) -> int:
    """Say `code` of a letter to each who holds it and has not confirmed; gives how many holders could be told."""
    rows = Delivery.objects.filter(pk__in=deliveries, confirmed_at__isnull=True).select_related("letter")
    return sum(_tell_holder(one, code, at) for one in rows.order_by("pk"))


def tell_unit(unit: CampaignUnit, code: str, *, at: datetime) -> bool:
    """Say `code` of a campaign to the people of a unit, or to its contact; whether anybody could be told."""
    campaign = unit.campaign
    facts = {"campaign": campaign.title, "office": office(campaign.office_id).name_vi, "do_by": campaign.ends_on}
    return _tell_people_of_unit(unit.organisation_id, unit.office_id, unit.unit_code, code, facts, at)


def _tell_holder(one: Delivery, code: str, at: datetime) -> bool:
    letter = one.letter
    facts = {"letter": letter.full_number, "office": office(letter.office_id).name_vi, "do_by": one.due_on}
    if one.holder == Holder.UNIT:
        return _tell_people_of_unit(one.organisation_id, one.office_id, one.unit_code, code, facts, at)
    told = _officers_of(one, on=local_day(at))
    for account_id in told:
        tell_account(account_id, code, at=at, **facts)
    return bool(told)


def _officers_of(one: Delivery, *, on: date) -> list[UUID]:
    """Accounts of the officers for whom a delivery waits: the officer, the department, who drafts for the office."""
    posts = held_assignments(on=on)
    if one.officer_id is not None:
        posts = posts.filter(officer_id=one.officer_id)
    elif one.holder == Holder.DEPARTMENT:
        posts = posts.filter(office_code=one.office_id, function=one.function)
    else:
        posts = posts.filter(office_code=one.office_id)
        posts = posts.filter(function=CLERK) if posts.filter(function=CLERK).exists() else posts.filter(role__in=DRAFTS)
    found = posts.order_by("officer__account_id").values_list("officer__account_id", flat=True)
    return list(found.distinct()[:MOST_PEOPLE])


def _tell_people_of_unit(
    organisation_id: UUID | None, office_code: str, unit_code: str, code: str, facts: dict[str, Any], at: datetime
) -> bool:
    """Its people with an account; without any the contact the office keeps, and the mailbox of the organisation."""
    if organisation_id is not None:
        told = readers_of_organisation(organisation_id, on=local_day(at))[:MOST_PEOPLE]
        for account_id in told:
            tell_account(account_id, code, at=at, **facts)
        if told:
            return True
    charges = UnitCharge.objects.filter(held_on(local_day(at)), office_code=office_code, unit_code=unit_code)
    phone = charges.order_by("function").values_list("contact_phone", flat=True).first() if unit_code else None
    known = Organisation.objects.get(pk=organisation_id) if organisation_id else None
    phone, email = phone or (known.contact_phone if known else ""), known.email if known else ""
    if not phone and not email:
        return False
    notify(account_id=None, phone=phone, email=email, dossier_id=None, dossier_number="", code=code, facts=facts, at=at)
    return True
