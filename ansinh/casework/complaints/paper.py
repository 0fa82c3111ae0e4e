"""A complaint that comes on paper, at the counter or by post: typed by an officer beside its scan."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.complaints.file import DECIDED, Filing, about_this_result, filed
from ansinh.casework.complaints.second import filed_second, first_to_follow
from ansinh.casework.models import Complaint
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

TYPES = (Role.INTAKE, Role.HEAD, Role.LEADER, Role.PROVINCIAL_DIRECTOR)
CHANNELS = ("counter", "post")


def may_type(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whoever receives papers, or leads, where the dossier is."""
    return any(viewer.has(role, at_office=dossier.office_code) for role in TYPES)


def takes_complaints(dossier: Dossier, *, on: date) -> bool:
    """Whether a first or a second complaint may come in on paper now; a late one with what hindered the person."""
    if first_to_follow(dossier, on=on) is not None:
        return True
    return dossier.state in DECIDED and dossier.procedure not in REGISTRATIONS and not about_this_result(dossier)


def file_on_paper(dossier_id: UUID, *, actor: OfficerActor, filing: Filing, at: datetime) -> Complaint:
    """The first complaint, or the second where the first was answered. Raises NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        if not may_type(dossier, viewer=actor):
            raise NotAllowed(
                "complaint-paper-not-yours", "Đơn khiếu nại trên giấy do cán bộ tiếp nhận ở cơ quan giữ hồ sơ nhập."
            )
        _refuse_unfinished(filing, at=at)
        doing = actor.doing(*TYPES, at_office=dossier.office_code)
        assert filing.received_on is not None
        first = first_to_follow(dossier, on=filing.received_on)
        if first is not None:
            return filed_second(dossier, first, filing, actor=doing, at=at)
        return filed(dossier, filing, actor=doing, at=at)


def _refuse_unfinished(filing: Filing, *, at: datetime) -> None:
    if filing.channel not in CHANNELS:
        raise Invalid("complaint-way", "Chưa chọn đơn đến bằng cách nào. Xin chọn tại quầy hoặc qua bưu điện.")
    if not filing.complainant.strip():
        raise Invalid("complaint-whose", "Chưa ghi ai đứng đơn. Xin ghi họ tên như trong đơn.")
    if filing.received_on is None or filing.received_on > local_day(at):
        raise Invalid("complaint-day", "Chưa có ngày nhận đơn, hoặc ngày ở sau hôm nay. Xin ghi ngày cơ quan nhận đơn.")
    if filing.scan is None:
        raise Invalid("complaint-scan", "Chưa có bản chụp đơn. Xin chụp hoặc quét đơn có chữ ký rồi tải lên.")
