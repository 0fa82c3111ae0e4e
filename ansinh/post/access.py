"""Whose work the post is, and which items an officer sees."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.post.models import IncomingItem, OutgoingItem

KEEPS_POST: Final = frozenset({Role.CARD, Role.INTAKE, Role.APPROVER})
"""Who gives to the post and takes from it."""


def offices_of(viewer: OfficerActor) -> list[str]:
    """Offices where the post is the viewer's work. Raises NotAllowed when there is none."""
    offices = sorted({post.office_code for post in viewer.posts if post.role in KEEPS_POST})
    if not offices:
        raise NotAllowed("post-not-yours", "Bưu gửi là việc của cán bộ tiếp nhận và cán bộ sổ, thẻ.")
    return offices


def refuse_elsewhere(office_code: str, *, actor: OfficerActor) -> None:
    """Raise NotAllowed unless the post of this office is the actor's work."""
    if office_code not in offices_of(actor):
        raise NotAllowed("not-your-office", "Ông/bà không được phân công ở cơ quan này hôm nay.")


def outgoing_of(viewer: OfficerActor) -> QuerySet[OutgoingItem]:
    """Outgoing items of the viewer's offices, the oldest first."""
    return OutgoingItem.objects.filter(office_code__in=offices_of(viewer))


def incoming_of(viewer: OfficerActor) -> QuerySet[IncomingItem]:
    """Incoming items of the viewer's offices, the oldest first."""
    return IncomingItem.objects.filter(office_code__in=offices_of(viewer))


@as_the_house()  # the dossier of an item may lie at another office by now
def outgoing_list(viewer: OfficerActor, *states: str, most: int = 200, newest: bool = False) -> list[OutgoingItem]:
    """Some of them with their dossiers."""
    rows = outgoing_of(viewer).filter(state__in=states).select_related("dossier")
    return list(rows.order_by("-made_at", "-id")[:most] if newest else rows[:most])


@as_the_house()
def the_outgoing(item_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> OutgoingItem:
    """One of them with its dossier. Raises NotAllowed, NotFound."""
    rows = outgoing_of(viewer).select_related("dossier")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=item_id).first()
    if found is None:
        raise NotFound("postal-item-unknown", "Không có bưu gửi này ở cơ quan của ông/bà. Xin về danh sách.")
    return found


@as_the_house()
def the_incoming(item_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> IncomingItem:
    """One of them. Raises NotAllowed, NotFound."""
    # The dossier is a nullable relation, which PostgreSQL does not lock through.
    rows = incoming_of(viewer)
    found = (rows.select_for_update() if lock else rows.select_related("dossier")).filter(pk=item_id).first()
    if found is None:
        raise NotFound("postal-item-unknown", "Không có bưu gửi này ở cơ quan của ông/bà. Xin về danh sách.")
    return found
