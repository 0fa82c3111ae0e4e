"""Who drafts letters of an office, who sees them, and for whom of the holders an officer acts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.directives.models import Letter, LetterState
from ansinh.directives.models_distribution import Delivery, Holder
from ansinh.people.actors import Citizen, OfficerActor, Right
from ansinh.people.models import Role, UnitCharge
from ansinh.people.models_officers import held_on
from ansinh.people.organisations.staff import behalves_of_staff
from ansinh.platform.errors import NotAllowed, NotFound

DRAFTS = frozenset({Role.HEAD, Role.LEADER, Role.PROVINCIAL_DIRECTOR, Role.SYSTEM_ADMIN, Role.CENTRAL})
CLERK = "office"
"""Function of the records clerks (văn thư), who draft and distribute in any role."""


def offices_drafted_for(actor: OfficerActor) -> frozenset[str]:
    """Offices whose letters the actor drafts and distributes."""
    return frozenset(post.office_code for post in actor.posts if post.role in DRAFTS or post.function == CLERK)


def refuse_unless_drafting(actor: OfficerActor, office_code: str) -> None:
    """Raise NotAllowed unless the actor drafts letters of the office."""
    if office_code not in offices_drafted_for(actor):
        raise NotAllowed(
            "not-your-letters",
            "Việc soạn và chuyển văn bản của văn thư, lãnh đạo và trưởng phòng ở cơ quan này. Xin nhờ người phụ trách.",
        )


def letters_visible_to(actor: OfficerActor) -> QuerySet[Letter]:
    """Issued letters of one's offices and those delivered to them; drafts where one drafts."""
    issued = Q(state=LetterState.ISSUED)
    return Letter.objects.filter(
        Q(office_id__in=offices_drafted_for(actor))
        | Q(signer_id=actor.officer_id)
        | issued & Q(office_id__in=actor.office_codes)
        | issued & Q(pk__in=Delivery.objects.filter(held_by(actor)).values("letter_id"))
    )


def the_letter(letter_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> Letter:
    """A letter the officer may see. Raises NotFound."""
    rows = letters_visible_to(viewer)
    found = Letter.objects.select_for_update().filter(pk=letter_id, pk__in=rows.values("pk")) if lock else rows
    letter = found.filter(pk=letter_id).first()
    if letter is None:
        raise NotFound("letter-unknown", "Không có văn bản này ở cơ quan của ông/bà. Xin xem lại danh sách.")
    return letter


def held_by(actor: OfficerActor) -> Q:
    """Deliveries whose holder the officer is or acts for.

    Units are acted for by who forwarded to them; members of a group, to whom no officer forwarded, by who drafts for
    the office that keeps it.
    """
    drafted = offices_drafted_for(actor)
    found = Q(holder=Holder.OFFICER, officer_id=actor.officer_id) | Q(holder=Holder.OFFICE, office_id__in=drafted)
    found |= Q(holder=Holder.UNIT) & (
        Q(delivered_by_id=actor.officer_id) | Q(parent__isnull=True, office_id__in=drafted)
    )
    for post in actor.posts:
        found |= Q(holder=Holder.DEPARTMENT, office_id=post.office_code, function=post.function)
    return found


def organisations_of(citizen: Citizen, *, on: date) -> set[UUID]:
    """Organisations whose letters, campaigns and problems the person reads: where one works that day."""
    return {one.owner_id for one in behalves_of_staff(citizen.account_id, on) if Right.READ in one.rights}


def units_looked_after(officer_id: UUID, *, on: date) -> Q:
    """Deliveries to units that the officer looks after on a day, whoever forwarded the letter to them (R-162)."""
    charges = UnitCharge.objects.filter(
        held_on(on), officer_id=officer_id, office_code=OuterRef("office_id"), unit_code=OuterRef("unit_code")
    )
    return Q(~Q(unit_code=""), Exists(charges), holder=Holder.UNIT)


def the_delivery(delivery_id: UUID, *, actor: OfficerActor, on: date, lock: bool = False) -> Delivery:
    """A delivery one holds or answers for, or to a unit one looks after on that day. Raises NotFound."""
    rows = Delivery.objects.select_for_update() if lock else Delivery.objects.select_related("letter", "office")
    found = rows.filter(held_by(actor) | units_looked_after(actor.officer_id, on=on), pk=delivery_id).first()
    if found is None:
        raise NotFound("delivery-unknown", "Không có văn bản chuyển đến này. Xin xem lại danh sách văn bản đến.")
    return found
