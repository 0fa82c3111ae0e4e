"""Dossiers that belong together: each shows the other, and says how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.casework.access import dossiers_visible_to, the_dossier
from ansinh.casework.models import DossierLink, LinkKind
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.row_security.viewer import as_the_house


@dataclass(frozen=True)
class Linked:
    """The other dossier of a link; `forward` when the link begins at the one that is shown."""

    link_id: UUID
    kind: LinkKind
    forward: bool
    number: str
    dossier_id: UUID | None
    """None when it is another office's."""


def link(dossier_id: UUID, *, actor: OfficerActor, number: str, kind: str, at: datetime) -> DossierLink:
    """Link a dossier of the actor's office to another of its offices, by number. Raises NotFound, Invalid, Conflict."""
    if kind not in LinkKind.values:
        raise Invalid("link-kind", "Chưa chọn hai hồ sơ liên quan thế nào. Xin chọn trong danh sách.")
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor)
        other = dossiers_visible_to(actor).filter(number="".join(number.split())).first()
        if other is None:
            raise NotFound("link-unknown", "Không có hồ sơ mang số này ở cơ quan của ông/bà. Xin gõ đủ số.")
        return join(dossier, other, kind=LinkKind(kind), actor=actor, at=at)


def join(dossier: Dossier, other: Dossier, *, kind: LinkKind, actor: OfficerActor, at: datetime) -> DossierLink:
    """The link itself, in the caller's transaction."""
    if dossier.pk == other.pk:
        raise Invalid("link-to-itself", "Đây chính là hồ sơ đang mở. Xin gõ số hồ sơ khác.")
    if DossierLink.objects.filter(dossier=dossier, other=other, kind=kind, ended_at=None).exists():
        raise Conflict("linked-already", "Hai hồ sơ đã được nối như vậy rồi.")
    made = DossierLink.objects.create(
        dossier=dossier, other=other, other_number=other.number, kind=kind, linked_by_id=actor.officer_id, linked_at=at
    )
    record(dossier, "linked", actor=actor, at=at, public=False, number=other.number, kind=str(kind))
    return made


def unlink(link_id: UUID, *, actor: OfficerActor, at: datetime) -> DossierLink:
    """They belong together no more. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        rows = DossierLink.objects.select_for_update(of=("self",)).select_related("dossier")
        found = rows.filter(pk=link_id, dossier__in=dossiers_visible_to(actor).values("pk")).first()
        if found is None:
            raise NotFound("link-gone", "Không có mối nối này ở cơ quan của ông/bà. Xin tải lại trang.")
        if found.ended_at is not None:
            raise Conflict("already-over", "Việc này đã kết thúc trước đó. Xin tải lại trang.")
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        record(found.dossier, "unlinked", actor=actor, at=at, public=False, number=found.other_number)
    return found


def links_of(dossier: Dossier, *, viewer: OfficerActor) -> list[Linked]:
    """The present links of a dossier, from both sides; what is another office's shows its number alone."""
    with as_the_house():  # the number of a linked dossier is known to both sides, its content is not
        rows = list(
            DossierLink.objects.filter(Q(dossier=dossier) | Q(other=dossier), ended_at=None)
            .values_list(
                "pk", "kind", "dossier_id", "dossier__number", "dossier__office_code", "other_id", "other_number",
                "other__office_code",
            )
        )  # fmt: skip
    found = []
    for pk, kind, here, number, office, there, other_number, other_office in rows:
        forward = here == dossier.pk
        reachable = (other_office if forward else office) in viewer.office_codes
        target = there if forward else here
        found.append(
            Linked(pk, LinkKind(kind), forward, other_number if forward else number, target if reachable else None)
        )
    return found
