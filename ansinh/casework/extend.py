"""Extend a limit on a legal ground: the row is the cause, the due date follows, the applicant is told in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from ansinh.casework.access import the_dossier
from ansinh.casework.clock import Granted, results_due, set_due
from ansinh.casework.extension_letter import DECIDES, EXTENSION_LETTER
from ansinh.casework.filters import Filter
from ansinh.casework.grounds import ExtensionGround, grounds_for
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import DueChange
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.law.deadlines import Extension
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

EXTENDED = (State.IN_PROGRESS, State.WAITING_FOR_APPLICANT)


@dataclass(frozen=True)
class Order:
    """What an extension rests on: a ground, the days it adds (none where the ground has its own limit), a document."""

    ground: str
    days: int
    document_number: str
    document_day: date | None
    why: str


def extend(dossier_id: UUID, *, actor: OfficerActor, order: Order, at: datetime) -> DueChange:
    """Write the extension and count anew. Raises Invalid, NotAllowed; Conflict without a running clock, or when this
    document extended the dossier before, as at a second press.
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        actor = may_extend(dossier, actor=actor)
        ground = the_ground(dossier, order, on=local_day(at))
        _refuse_twice(dossier, order)
        old = dossier.due_on
        change = DueChange.objects.create(
            dossier=dossier,
            kind="extension",
            at=at,
            old_due=old,
            why_vi=order.why.strip()[:500],
            ground=ground.code,
            basis_vi=ground.basis_vi,
            document_number=order.document_number.strip()[:60],
            document_day=order.document_day,
            result_key=ground.result_key,
            limit_value=ground.limit.value if ground.limit else None,
            limit_unit=ground.limit.unit.value if ground.limit else "",
            adds=0 if ground.limit else order.days,
            decided_by_id=actor.officer_id,
            new_due=due_with(dossier, ground, order),
        )
        set_due(dossier)
        dossier.last_event_at = at
        dossier.save(update_fields=["due_on", "results_due", "last_event_at"])
        record(
            dossier,
            "extended",
            actor=actor,
            at=at,
            ground=ground.name_vi,
            document=change.document_number,
            why=change.why_vi,
            old_due=old.isoformat() if old else None,
            new_due=dossier.due_on.isoformat() if dossier.due_on else None,
        )
        if dossier.due_on != old and dossier.due_on is not None:
            facts = {"new_due": dossier.due_on.isoformat(), "reason": change.why_vi}
            publish(DossierMoved(dossier.pk, "due_date_changed", at, facts))
        defer(EXTENSION_LETTER, change_id=str(change.pk))
    return change


def _refuse_twice(dossier: Dossier, order: Order) -> None:
    number = order.document_number.strip()[:60]
    granted = DueChange.objects.filter(
        dossier=dossier, ground=order.ground, document_number=number, document_day=order.document_day
    )
    if dossier.reopened_at is not None:
        granted = granted.filter(at__gte=dossier.reopened_at)
    if granted.exists():
        raise Conflict(
            "extended-already", "Hồ sơ đã được gia hạn theo văn bản {document}. Xin tải lại trang.", document=number
        )


def may_extend(dossier: Dossier, *, actor: OfficerActor) -> OfficerActor:
    """The actor as the history names one here; raises NotAllowed unless one leads at the dossier's office."""
    role = next((one for one in DECIDES if actor.has(one, at_office=dossier.office_code)), None)
    if role is None:
        raise NotAllowed(
            "extension-not-yours", "Gia hạn do lãnh đạo của cơ quan đang giữ hồ sơ quyết định. Xin trình lãnh đạo."
        )
    return actor.doing(role, at_office=dossier.office_code)


def can_extend(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whether the clock runs (or waits for the applicant) and the viewer leads where the dossier is."""
    leads = any(viewer.has(one, at_office=dossier.office_code) for one in DECIDES)
    return leads and dossier.accepted_at is not None and dossier.state in EXTENDED


def extendable(viewer: OfficerActor, *, on: date, procedure: str = "", due: str = "", most: int) -> list[Dossier]:
    """Open dossiers with a clock where the viewer leads, nearest due date first; `due` as in casework.filters."""
    offices = {post.office_code for post in viewer.posts if post.role in DECIDES}
    rows = Dossier.objects.filter(
        Filter(procedure=procedure, due=due).condition(today=on),
        office_code__in=sorted(offices), closed_at__isnull=True, accepted_at__isnull=False, state__in=EXTENDED,
    ).exclude(procedure__in=REGISTRATIONS)  # fmt: skip
    return list(rows.defer("answers", "results_due").order_by("-urgent", F("due_on").asc(nulls_last=True), "pk")[:most])


def leads_somewhere(viewer: OfficerActor) -> bool:
    """Whether the viewer may extend at any office."""
    return any(post.role in DECIDES for post in viewer.posts)


def the_ground(dossier: Dossier, order: Order, *, on: date) -> ExtensionGround:
    """The ground that is named; raises Conflict or Invalid where it cannot be used on this dossier."""
    if dossier.accepted_at is None or dossier.state not in EXTENDED:
        raise Conflict("no-clock", "Hồ sơ chưa tính giờ hoặc đã xong nên không gia hạn được. Xin tải lại trang.")
    ground = next((one for one in grounds_for(dossier, on=on) if one.code == order.ground), None)
    if ground is None:
        raise Invalid("ground-unknown", "Chưa chọn căn cứ gia hạn. Xin chọn một căn cứ trong danh sách.")
    if not order.why.strip():
        raise Invalid("extension-needs-why", "Chưa ghi vì sao gia hạn. Xin viết một câu, người nộp sẽ đọc.")
    if not order.document_number.strip() or order.document_day is None:
        raise Invalid("extension-needs-document", "Chưa ghi số văn bản gia hạn. Xin ghi số và ngày của văn bản.")
    if order.document_day > on:
        raise Invalid("document-in-future", "Ngày văn bản ở sau hôm nay. Xin ghi đúng ngày của văn bản.")
    if ground.limit is None and not 1 <= order.days <= ground.most_days:
        raise Invalid("extension-days", "Số ngày gia hạn phải từ 1 đến {most}. Xin nhập lại.", most=ground.most_days)
    return ground


def due_with(dossier: Dossier, ground: ExtensionGround, order: Order) -> date | None:
    """The due date with this extension beside those it has; None while the applicant is awaited."""
    if dossier.state == State.WAITING_FOR_APPLICANT:
        return None
    added = 0 if ground.limit else order.days
    more = Granted(ground.result_key, Extension(replaces=ground.limit, adds=added, ground=ground.basis_vi))
    rows = results_due(dossier, calendar=work_calendar(), more=[more])
    return min((row.due.on for row in rows if row.due.on is not None), default=None)
