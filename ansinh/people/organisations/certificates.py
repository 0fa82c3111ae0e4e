"""Certificates that sign for an organisation (R-054): remembered when first used, withdrawn by its administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.actors import Actor, Citizen, OfficerActor
from ansinh.people.models_organisations import Organisation, OrganisationCertificate
from ansinh.people.organisations.access import in_hand, organisation_not_found
from ansinh.people.organisations.history import record
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Used:
    """The facts of a certificate that signed."""

    sha256: str
    serial: str
    issuer: str
    valid_from: datetime
    valid_to: datetime


def remember(organisation_id: UUID, used: Used, *, actor: Actor, at: datetime) -> None:
    """Keep a certificate that signed, in the caller's transaction. Raises Invalid (`certificate-withdrawn`)."""
    refuse_withdrawn(organisation_id, used.sha256)
    _, is_new = OrganisationCertificate.objects.get_or_create(
        organisation_id=organisation_id,
        sha256=used.sha256,
        defaults={
            "serial": used.serial,
            "issuer": used.issuer[:200],
            "valid_from": used.valid_from,
            "valid_to": used.valid_to,
            "known_since": at,
        },
    )
    if is_new:
        organisation = Organisation.objects.get(pk=organisation_id)
        record(organisation, "certificate_known", actor=actor, at=at, serial=used.serial, issuer=used.issuer)


def refuse_withdrawn(organisation_id: UUID, sha256: str) -> None:
    """Raise Invalid for a certificate the organisation has withdrawn, although its issuer may still vouch for it."""
    withdrawn = OrganisationCertificate.objects.filter(withdrawn_at__isnull=False)
    if withdrawn.filter(organisation_id=organisation_id, sha256=sha256).exists():
        raise Invalid(
            "certificate-withdrawn",
            "Tổ chức đã ngừng dùng chứng thư số này với cơ quan BHXH. Xin ký bằng chứng thư số khác của tổ chức.",
        )


def withdraw_certificate(certificate_id: int, *, actor: Citizen | OfficerActor, at: datetime) -> None:
    """The certificate signs for the organisation no more: a token was lost or handed on. A second press is nothing."""
    with transaction.atomic(), acting_as(actor.label):
        found = OrganisationCertificate.objects.filter(pk=certificate_id).first()
        if found is None:
            raise organisation_not_found()
        organisation = in_hand(found.organisation_id, actor=actor, on=local_day(at))
        still = OrganisationCertificate.objects.filter(pk=certificate_id, withdrawn_at__isnull=True)
        if still.update(withdrawn_at=at):
            record(organisation, "certificate_withdrawn", actor=actor, at=at, serial=found.serial, issuer=found.issuer)
