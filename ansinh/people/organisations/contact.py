"""Whom the agency asks at an organisation (R-160)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.law.identifiers import IdentifierError, parse_phone
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.organisations.access import in_hand
from ansinh.people.organisations.history import record
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day


def change_contact(
    organisation_id: UUID, *, actor: Citizen | OfficerActor, name: str, phone: str, at: datetime
) -> None:
    """Name the contact person anew. Raises Invalid (name, telephone), NotAllowed, NotFound."""
    written = " ".join(name.split())
    if not written or len(written) > 100:
        raise Invalid("contact-name", "Chưa ghi họ tên người phụ trách. Xin ghi họ và tên, nhiều nhất 100 chữ.")
    try:
        number = parse_phone(phone)
    except IdentifierError as refused:
        raise Invalid(refused.code, refused.message_vi) from refused
    with transaction.atomic(), acting_as(actor.label):
        found = in_hand(organisation_id, actor=actor, on=local_day(at))
        before = found.contact_name
        found.contact_name, found.contact_phone = written, number
        found.save(update_fields=["contact_name", "contact_phone"])
        record(found, "contact_changed", actor=actor, at=at, before=before, name=written)
