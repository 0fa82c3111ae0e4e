"""A complaint that comes on paper, at the counter or by post: typed by an officer beside its scan."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import the_dossier
from ansinh.casework.complaints.file import DECIDED, Filing, about_this_result, answering_office, filed
from ansinh.casework.complaints.second import filed_second, first_to_follow, office_above
from ansinh.casework.models import Complaint
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.law.names import search_key
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.row_security.viewer import as_the_house
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
        return _typed(dossier, filing, actor=actor.doing(*TYPES, at_office=dossier.office_code), at=at)


def file_on_paper_above(number: str, applicant: str, *, actor: OfficerActor, filing: Filing, at: datetime) -> Complaint:
    """At the office that answers it: the dossier is named by its number and its applicant, and nothing of it is shown.

    Raises NotAllowed, Invalid (also for a dossier about which another office answers), Conflict.
    """
    with transaction.atomic(), acting_as(actor.label), as_the_house():  # it lies at the office below
        refuse_when_unsealed()
        if not any(post.role in TYPES for post in actor.posts):
            raise NotAllowed(
                "complaint-paper-not-yours-above", "Đơn khiếu nại trên giấy do cán bộ tiếp nhận hoặc lãnh đạo nhập."
            )
        _refuse_unfinished(filing, at=at)
        found = Dossier.objects.select_for_update().filter(number=number.strip()).first()
        if found is None or search_key(found.applicant_name) != search_key(applicant):
            raise Invalid(
                "complaint-dossier",
                "Không có hồ sơ nào mang số này của người nộp này. Xin xem lại số hồ sơ và tên ghi trên kết quả.",
            )
        assert filing.received_on is not None
        answering = _answers(found, on=filing.received_on)
        if not any(actor.has(role, at_office=answering) for role in TYPES):
            raise Invalid(
                "complaint-dossier",
                "Khiếu nại về hồ sơ này do {office} giải quyết. Xin chuyển đơn đến đó.",
                office=office(answering).name_vi,
            )
        return _typed(found, filing, actor=actor.doing(*TYPES, at_office=answering), at=at)


def _answers(dossier: Dossier, *, on: date) -> str:
    """The office that answers what comes in on a day: the first complaint, or one that follows it."""
    first = first_to_follow(dossier, on=on)
    above = office_above(first) if first is not None else None
    return above.code if above is not None else answering_office(dossier)


def _typed(dossier: Dossier, filing: Filing, *, actor: OfficerActor, at: datetime) -> Complaint:
    _refuse_unfinished(filing, at=at)
    assert filing.received_on is not None
    if dossier.closed_at is not None and filing.received_on < local_day(dossier.closed_at):
        raise Invalid("complaint-day", "Ngày nhận đơn trước ngày có kết quả. Xin xem lại ngày, tháng, năm.")
    first = first_to_follow(dossier, on=filing.received_on)
    if first is not None:
        return filed_second(dossier, first, filing, actor=actor, at=at)
    return filed(dossier, filing, actor=actor, at=at)


def _refuse_unfinished(filing: Filing, *, at: datetime) -> None:
    if filing.channel not in CHANNELS:
        raise Invalid("complaint-way", "Chưa chọn đơn đến bằng cách nào. Xin chọn tại quầy hoặc qua bưu điện.")
    if not filing.complainant.strip():
        raise Invalid("complaint-whose", "Chưa ghi ai đứng đơn. Xin ghi họ tên như trong đơn.")
    if filing.received_on is None or filing.received_on > local_day(at):
        raise Invalid("complaint-day", "Chưa có ngày nhận đơn, hoặc ngày ở sau hôm nay. Xin ghi ngày cơ quan nhận đơn.")
    if filing.scan is None:
        raise Invalid("complaint-scan", "Chưa có bản chụp đơn. Xin chụp hoặc quét đơn có chữ ký rồi tải lên.")
