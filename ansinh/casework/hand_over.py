"""Give a dossier to another office; its number and its clock stay."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import refuse_others, stage_of, the_dossier
from ansinh.casework.happened import DossierMoved
from ansinh.casework.transitions import move
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import is_open, office
from ansinh.people.actors import OfficerActor
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day


def hand_over(dossier_id: UUID, *, actor: OfficerActor, to_office: str, reason: str, at: datetime) -> Dossier:
    """Move the dossier as it stands to an open office, with a reason the applicant reads. Raises Invalid, Conflict."""
    if not reason.strip():
        raise Invalid("hand-over-needs-reason", "Chưa ghi vì sao chuyển. Xin viết một câu, người nộp sẽ đọc.")
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        actor = refuse_others(dossier, actor=actor)
        move("hand_over", dossier, stage=stage_of(dossier))
        if dossier.reopened_at is not None:
            raise Conflict(
                "reopened-stays-here", "Kết quả đang xem xét lại do cơ quan này ban hành nên giải quyết lại ở đây."
            )
        target = office(to_office)
        if target.code == dossier.office_code:
            raise Invalid("same-office", "Hồ sơ đang ở chính cơ quan này. Xin chọn cơ quan khác.")
        if not is_open(target.code, on=local_day(at)):
            raise Invalid("office-closed", "{name} không còn hoạt động. Xin chọn cơ quan khác.", name=target.name_vi)
        sender = office(dossier.office_code)
        dossier.office_code = target.code
        dossier.last_event_at = at
        with as_the_house():  # it leaves the rows that this officer sees
            dossier.save(update_fields=["office_code", "last_event_at"])
            record(
                dossier,
                "handed_over",
                actor=actor,
                at=at,
                from_office=sender.name_vi,
                to_office=target.name_vi,
                reason=reason.strip()[:500],
            )
        publish(DossierMoved(dossier.pk, "handed_over", at, {"office": target.name_vi}))
    return dossier
