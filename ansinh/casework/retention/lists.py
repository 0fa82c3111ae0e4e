"""List what is due, and decide: a head proposes, a leader approves, never the same person."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.casework.models import DestructionList, DestructionState, ToDestroy
from ansinh.casework.retention.schedule import Kept, kept, scheduled_procedures
from ansinh.dossiers.models import CLOSED_STATES, Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.queue import defer
from ansinh.platform.zone import VIETNAM, local_day
from ansinh.proof.guard import refuse_when_unsealed

DESTROY = "retention.destroy"
PROPOSES = frozenset({Role.HEAD, Role.LEADER})
LISTED = (DestructionState.PROPOSED, DestructionState.APPROVED, DestructionState.DONE)
MOST = 500
"""Dossiers of one list: somebody reads it before approving."""


def due(*, viewer: OfficerActor, on: date) -> list[tuple[Dossier, Kept]]:
    """Closed dossiers of the viewer's offices whose time is over and that stand on no list, the oldest first."""
    _refuse_unless(PROPOSES, viewer)
    rows = (
        Dossier.objects.filter(
            office_code__in=viewer.office_codes, procedure__in=scheduled_procedures(), state__in=CLOSED_STATES,
            closed_at__lt=datetime(on.year, 1, 1, tzinfo=VIETNAM),
        )
        .exclude(destructions__listed__state__in=LISTED)
        .order_by("closed_at")
    )  # fmt: skip
    found = []
    for dossier in rows.iterator(chunk_size=MOST):
        until = _kept(dossier)
        if until is not None and until.until < on:
            found.append((dossier, until))
        if len(found) == MOST:
            break
    return found


def propose(dossier_ids: list[UUID], *, office_code: str, actor: OfficerActor, at: datetime) -> DestructionList:
    """Put due dossiers on a list. Raises NotAllowed, Invalid (`nothing-chosen`), Conflict (`not-due`)."""
    if office_code not in actor.office_codes:
        raise NotAllowed("not-your-office", "Ông/bà không được phân công ở cơ quan này hôm nay.")
    if not dossier_ids:
        raise Invalid("nothing-chosen", "Chưa chọn hồ sơ nào. Xin đánh dấu hồ sơ cần hủy.")
    with transaction.atomic(), acting_as(actor.label):
        chosen = {one.pk: (one, until) for one, until in due(viewer=actor, on=local_day(at))}
        if any(pk not in chosen or chosen[pk][0].office_code != office_code for pk in dossier_ids):
            raise Conflict("not-due", "Có hồ sơ chưa hết thời hạn lưu hoặc đã ở danh mục khác. Xin tải lại trang.")
        made = DestructionList.objects.create(office_code=office_code, proposed_by_id=actor.officer_id, proposed_at=at)
        ToDestroy.objects.bulk_create(_entry(made, *chosen[pk]) for pk in dict.fromkeys(dossier_ids))
    return made


def lists_of(viewer: OfficerActor) -> QuerySet[DestructionList]:
    """Lists of the viewer's offices, the newest first."""
    _refuse_unless(PROPOSES, viewer)
    rows = DestructionList.objects.filter(office_code__in=viewer.office_codes)
    return rows.select_related("proposed_by", "decided_by").order_by("-proposed_at")


def the_list(list_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> DestructionList:
    """One list of the viewer's offices; raises NotFound, NotAllowed."""
    rows = lists_of(viewer)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=list_id).first()
    if found is None:
        raise NotFound("list-not-found", "Không có danh mục này ở cơ quan của ông/bà. Xin xem lại danh sách.")
    return found


def approve(list_id: UUID, *, actor: OfficerActor, at: datetime) -> None:
    """Let a worker destroy what is listed. Raises NotAllowed (`two-people`), Conflict (decided already)."""
    with transaction.atomic(), acting_as(actor.label):
        found = _to_decide(list_id, actor=actor)
        refuse_when_unsealed()
        _decide(found, DestructionState.APPROVED, actor=actor, at=at)
        defer(DESTROY, list_id=str(found.pk))


def refuse(list_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> None:
    """End the list; its dossiers may be listed again. Raises as `approve`, and Invalid without a reason."""
    if not reason.strip():
        raise Invalid("reason-missing", "Chưa có lý do. Xin ghi vì sao không duyệt.")
    with transaction.atomic(), acting_as(actor.label):
        found = _to_decide(list_id, actor=actor)
        found.reason = reason.strip()[:500]
        _decide(found, DestructionState.REFUSED, actor=actor, at=at)


def _to_decide(list_id: UUID, *, actor: OfficerActor) -> DestructionList:
    found = the_list(list_id, viewer=actor, lock=True)
    if not actor.has(Role.LEADER, at_office=found.office_code):
        raise NotAllowed("leader-decides", "Việc duyệt hủy hồ sơ của lãnh đạo cơ quan. Xin trình lãnh đạo.")
    if found.proposed_by_id == actor.officer_id:
        raise NotAllowed("two-people", "Người lập danh mục không tự duyệt hủy. Xin trình lãnh đạo khác.")
    if found.state != DestructionState.PROPOSED:
        raise Conflict("list-decided", "Danh mục này đã được quyết định. Xin tải lại trang.")
    return found


def _decide(found: DestructionList, state: DestructionState, *, actor: OfficerActor, at: datetime) -> None:
    found.state, found.decided_by_id, found.decided_at = state, actor.officer_id, at
    found.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def _entry(made: DestructionList, dossier: Dossier, until: Kept) -> ToDestroy:
    files = [*dossier.papers.values_list("sha256", flat=True), *dossier.documents.values_list("sha256", flat=True)]
    return ToDestroy(
        listed=made,
        dossier=dossier,
        number=dossier.number,
        digest=dossier.digest,
        files=sorted(set(files)),
        ground=until.ground,
        kept_until=until.until,
    )


def _kept(dossier: Dossier) -> Kept | None:
    assert dossier.closed_at is not None
    return kept(dossier.procedure, closed_on=local_day(dossier.closed_at))


def _refuse_unless(roles: frozenset[Role], actor: OfficerActor) -> None:
    if not any(post.role in roles for post in actor.posts):
        raise NotAllowed("retention-not-yours", "Việc hủy hồ sơ hết thời hạn lưu của trưởng bộ phận và lãnh đạo.")
