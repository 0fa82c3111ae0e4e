"""What an officer may see and work on: dossiers of the offices of today's assignments, nothing copied."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from ansinh.catalogue.folder import Stage
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict, NotAllowed, NotFound


def dossiers_visible_to(viewer: OfficerActor) -> QuerySet[Dossier]:
    """Dossiers held by an office where the viewer works today."""
    return in_offices(viewer.office_codes)


def in_offices(office_codes: Collection[str]) -> QuerySet[Dossier]:
    """Dossiers held by one of these offices."""
    return Dossier.objects.filter(office_code__in=office_codes)


def the_dossier(dossier_id: UUID, *, viewer: OfficerActor, lock: bool = False) -> Dossier:
    """A dossier the viewer may see; a foreign one is answered as if it did not exist."""
    query = dossiers_visible_to(viewer)
    found = (query.select_for_update() if lock else query).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("dossier-not-found", "Không có hồ sơ này ở cơ quan của ông/bà. Xin tìm lại bằng số hồ sơ.")
    return found


def stage_of(dossier: Dossier) -> Stage:
    """The stage the dossier stands at, from its frozen version."""
    return next(stage for stage in frozen(dossier.version_id).stages if stage.key == dossier.stage)


def may_work_on(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whether the present stage is the viewer's to do."""
    return bool(dossier.stage_role) and viewer.has(dossier.stage_role, at_office=dossier.office_code)


def refuse_others(dossier: Dossier, *, actor: OfficerActor) -> OfficerActor:
    """Raise NotAllowed unless the present stage belongs to a role the actor holds there today; Conflict when it ended.

    Gives the actor as the history names one here: a deputy with the absent colleague.

    A registration has its own page and is never asked, refused or moved from here: any counter
    finishes it (R-064, R-076).
    """
    if dossier.procedure in REGISTRATIONS:
        raise Conflict(
            "registration-at-counter",
            "Hồ sơ đăng ký được hoàn tất tại quầy của bất kỳ cơ quan nào. Xin mở trang đối chiếu đăng ký.",
        )
    if dossier.state in CLOSED_STATES:
        raise Conflict(
            "dossier-closed",
            "Hồ sơ {number} đã kết thúc, trạng thái “{state}”, nên không xử lý tiếp được. Xin về danh sách việc.",
            number=dossier.number,
            state=State(dossier.state).label,
        )
    if not may_work_on(dossier, viewer=actor):
        role = Role(dossier.stage_role).label if dossier.stage_role else "không ai"
        raise NotAllowed(
            "not-your-stage",
            "Bước này thuộc {role}, không thuộc nhiệm vụ của ông/bà hôm nay. Xin chuyển cho người phụ trách.",
            role=role,
        )
    return actor.doing(dossier.stage_role, at_office=dossier.office_code)
