"""Mandates of employers to I-VAN providers: given by a signed declaration, ended by a press, read at each use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.offices.models import valid_on
from ansinh.people.actors import Actor, Citizen, OfficerActor
from ansinh.people.happened import OrganisationStaffTold
from ansinh.people.models_organisations import (
    ContractKind,
    Organisation,
    OrganisationKind,
    ServiceContract,
    StaffRole,
    TransmissionMandate,
    TransmissionState,
)
from ansinh.people.organisations.access import in_hand, organisation_not_found
from ansinh.people.organisations.history import record
from ansinh.people.organisations.staff import memberships, open_organisations
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class NewMandate:
    """What an employer signed; `procedures` empty: every one."""

    provider_id: UUID
    valid_from: date
    valid_to: date | None = None
    procedures: tuple[str, ...] = ()
    contract_number: str = ""


def give_mandate(
    employer_id: UUID, new: NewMandate, *, dossier_id: UUID, actor: Actor, at: datetime
) -> TransmissionMandate:
    """The provider may transmit for the employer from a day on, in the caller's transaction.

    Raises NotFound (provider without an agreement), Conflict (`provider-in-use`: the other one is stopped first).
    """
    employer = Organisation.objects.select_for_update(of=("self",)).get(pk=employer_id)
    provider = providers(on=local_day(at)).filter(pk=new.provider_id).first()
    if provider is None:
        raise NotFound(
            "provider-unknown", "Tổ chức I-VAN này không còn thỏa thuận với cơ quan BHXH. Xin chọn tổ chức khác."
        )
    if in_force_from(employer_id, day=new.valid_from).exists():
        raise Conflict(
            "provider-in-use",
            "Đơn vị đang dùng một tổ chức I-VAN. Xin ngừng tổ chức đó trước, rồi đăng ký tổ chức mới.",
        )
    made = TransmissionMandate.objects.create(
        employer=employer,
        provider=provider,
        procedures=list(new.procedures),
        contract_number=new.contract_number,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        given_by_dossier=dossier_id,
    )
    facts = {"employer": employer.name, "provider": provider.name, "valid_from": new.valid_from.isoformat()}
    for one in (employer, provider):
        record(one, "mandate_given", actor=actor, at=at, **facts)
    _tell_the_provider(made, "mandate_given", at=at)
    return made


def end_mandate(mandate_id: UUID, *, actor: Citizen | OfficerActor, at: datetime) -> None:
    """The employer takes the mandate back at once: somebody who may sign, or its office. A second press is nothing."""
    with transaction.atomic(), acting_as(actor.label):
        found = TransmissionMandate.objects.select_related("employer", "provider").filter(pk=mandate_id).first()
        if found is None:
            raise organisation_not_found()
        in_hand(found.employer_id, actor=actor, on=local_day(at), role=StaffRole.SIGN)
        end_standing(TransmissionMandate.objects.filter(pk=mandate_id), actor=actor, at=at)


def end_standing(mandates: QuerySet[TransmissionMandate], *, actor: Actor, at: datetime) -> int:
    """End those of these that stand, in the caller's transaction; answers how many."""
    standing = list(
        mandates.filter(state=TransmissionState.ACTIVE)
        .select_for_update(of=("self",))
        .select_related("employer", "provider")
    )
    for one in standing:
        one.state, one.ended_at = TransmissionState.ENDED, at
        one.save(update_fields=["state", "ended_at"])
        for side in (one.employer, one.provider):
            record(side, "mandate_ended", actor=actor, at=at, employer=one.employer.name, provider=one.provider.name)
        _tell_the_provider(one, "mandate_ended", at=at)
    return len(standing)


def may_transmit(provider_id: UUID, employer_id: UUID, *, procedure: str, on: date) -> bool:
    """Whether the provider may hand in a dossier of this procedure for the employer on a day (threat 19, R17)."""
    mandates = mandates_in_force(on=on).filter(provider_id=provider_id, employer_id=employer_id)
    return any(not one.procedures or procedure in one.procedures for one in mandates)


def mandates_in_force(*, on: date) -> QuerySet[TransmissionMandate]:
    """Mandates of open employers to providers that have an agreement with the agency, on a day."""
    return TransmissionMandate.objects.filter(
        valid_on(on),
        state=TransmissionState.ACTIVE,
        employer__in=open_organisations(on=on).values("pk"),
        provider__in=providers(on=on).values("pk"),
    )


def in_force_from(employer_id: UUID, *, day: date) -> QuerySet[TransmissionMandate]:
    """Standing mandates of an employer that hold on a day or later."""
    standing = TransmissionMandate.objects.filter(employer_id=employer_id, state=TransmissionState.ACTIVE)
    return standing.exclude(valid_to__lt=day)


def _tell_the_provider(mandate: TransmissionMandate, code: str, *, at: datetime) -> None:
    """Its administrators hear at once for whom they may transmit, or no longer may."""
    staff = memberships(on=local_day(at)).filter(organisation=mandate.provider, roles__contains=[StaffRole.ADMINISTER])
    for account_id in staff.values_list("account_id", flat=True):
        publish(OrganisationStaffTold(account_id, code, mandate.employer.name, at))


def providers(*, on: date) -> QuerySet[Organisation]:
    """I-VAN providers with an agreement in force on a day."""
    agreements = ServiceContract.objects.filter(valid_on(on), kind=ContractKind.TRANSMISSION)
    return open_organisations(on=on).filter(kind=OrganisationKind.IVAN, pk__in=agreements.values("organisation_id"))
