"""A leader who had no part in the decision answers a complaint; the signed letter is made by a job."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.casework.happened import DossierMoved
from ansinh.casework.leader_letter import Signature, Words, signed_letter_of
from ansinh.casework.limits import limit_of
from ansinh.casework.models import Complaint, ComplaintState
from ansinh.dossiers.history import record
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.queries import capacity_to_sign
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

COMPLAINT_LETTER = "casework.complaint_letter"
"""Name of the job that makes the letter."""
KIND = "complaint"
SIGNS = (Role.LEADER, Role.PROVINCIAL_DIRECTOR)
SHORTEST, LONGEST = 20, 4000
TITLE = "Văn bản giải quyết khiếu nại"
OUTCOMES = {
    "upheld": "Khiếu nại đúng",
    "partly": "Khiếu nại đúng một phần",
    "rejected": "Khiếu nại không đúng",
}


def complaints_for(viewer: OfficerActor) -> QuerySet[Complaint]:
    """Those that wait at the offices where the viewer leads, nearest due date first."""
    offices = {post.office_code for post in viewer.posts if post.role in SIGNS}
    rows = Complaint.objects.filter(office_code__in=sorted(offices), state=ComplaintState.FILED)
    return rows.order_by("due_on", "filed_at")


def answers_somewhere(viewer: OfficerActor) -> bool:
    """Whether complaints may reach this officer."""
    return any(post.role in SIGNS for post in viewer.posts)


def the_complaint(complaint_id: UUID, *, viewer: OfficerActor) -> tuple[Complaint, Dossier]:
    """A complaint of an office where the viewer leads, with its dossier. Raises NotFound."""
    offices = {post.office_code for post in viewer.posts if post.role in SIGNS}
    found = Complaint.objects.filter(pk=complaint_id, office_code__in=sorted(offices)).first()
    if found is None:
        raise NotFound("complaint-not-found", "Không có khiếu nại này ở cơ quan của ông/bà. Xin về danh sách.")
    with as_the_house():  # the dossier lies at the office that decided
        return found, Dossier.objects.get(pk=found.dossier_id)


def took_part(dossier: Dossier, officer_id: UUID) -> bool:
    """Whether the officer proposed, controlled or signed a decision of the dossier."""
    with as_the_house():
        part = Q(proposed_by_id=officer_id) | Q(controlled_by_id=officer_id) | Q(signed_by_id=officer_id)
        return dossier.decisions.filter(part).exists()


def answer_complaint(complaint_id: UUID, *, actor: OfficerActor, outcome: str, words: str, at: datetime) -> Complaint:
    """Answer and sign. Raises NotFound, Invalid, NotAllowed for who decided or has no capacity, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        the_complaint(complaint_id, viewer=actor)
        refuse_when_unsealed()
        complaint = Complaint.objects.select_for_update().get(pk=complaint_id)
        with as_the_house():
            dossier = Dossier.objects.select_for_update().get(pk=complaint.dossier_id)
        if complaint.state != ComplaintState.FILED:
            raise Conflict("complaint-over", "Khiếu nại này đã được trả lời hoặc đã rút. Xin tải lại trang.")
        if took_part(dossier, actor.officer_id):
            raise NotAllowed(
                "own-decision",
                "Ông/bà đã tham gia quyết định bị khiếu nại nên không trả lời được. Xin chuyển người khác.",
            )
        if _answered_the_first(complaint, actor.officer_id):
            raise NotAllowed(
                "own-answer", "Ông/bà đã trả lời khiếu nại lần đầu nên không trả lời lần hai. Xin chuyển người khác."
            )
        role, capacity = _capacity(complaint, actor, on=local_day(at))
        actor = actor.doing(role, at_office=complaint.office_code)
        if outcome not in OUTCOMES:
            raise Invalid(
                "complaint-outcome", "Chưa chọn kết luận. Xin chọn khiếu nại đúng, đúng một phần hay không đúng."
            )
        if len(words.strip()) < SHORTEST:
            raise Invalid("complaint-answer", "Chưa ghi lý do của kết luận. Xin viết đủ để người khiếu nại hiểu.")
        complaint.state, complaint.outcome = ComplaintState.ANSWERED, outcome
        complaint.answer = words.strip()[:LONGEST]
        complaint.answered_by_id, complaint.answered_at = actor.officer_id, at
        complaint.answered_title, complaint.answered_capacity = actor.title, capacity
        complaint.save()
        with as_the_house():
            record(dossier, "complaint_answered", actor=actor, at=at, number=complaint.number, outcome=outcome)
            publish(DossierMoved(dossier.pk, "complaint_answered", at))
        defer(COMPLAINT_LETTER, complaint_id=str(complaint.pk))
    return complaint


def make_complaint_letter(complaint_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Sign and keep the letter of an answer; None when it was made before. Raises NotNow."""
    complaint = Complaint.objects.select_related("dossier", "answered_by").get(pk=complaint_id)
    if complaint.state != ComplaintState.ANSWERED or IssuedDocument.objects.filter(pk=complaint.pk).exists():
        return None
    leader, answered_at = complaint.answered_by, complaint.answered_at
    assert leader is not None and answered_at is not None
    signature = Signature(
        leader.pk, leader.full_name, complaint.answered_title, complaint.answered_capacity, answered_at,
        office_code=complaint.office_code,
    )  # fmt: skip
    number = f"{complaint.number.replace('/', '-', 1).split('/')[0]}/KN-BHXH"
    signed = signed_letter_of(complaint.dossier, words_of(complaint), signature=signature, number=number, at=at)
    return issue_document(
        complaint.dossier, signed, kind=KIND, title=TITLE, number=number, signed_by=signature.words,
        document_id=complaint.pk, at=at,
    )  # fmt: skip


def words_of(complaint: Complaint) -> Words:
    """What was objected to, what was found, and what the applicant may still do."""
    agency = office(complaint.office_code).name_vi
    return Words(
        TITLE,
        "",
        {"Khiếu nại số": complaint.number, "Nhận ngày": date_vi(complaint.filed_at)},
        [
            f"{agency} đã xem xét khiếu nại về kết quả giải quyết hồ sơ.",
            f"Điều không đồng ý: {_one_line(complaint.about)}",
            f"Đề nghị: {_one_line(complaint.wants)}",
            f"Kết luận: {OUTCOMES[complaint.outcome].lower()}. Lý do: {_one_line(complaint.answer)}",
            _what_next(complaint),
        ],
    )


def _answered_the_first(complaint: Complaint, officer_id: UUID) -> bool:
    if complaint.first_id is None:
        return False
    with as_the_house():  # it was answered at another office
        return Complaint.objects.filter(pk=complaint.first_id, answered_by_id=officer_id).exists()


def _what_next(complaint: Complaint) -> str:
    above = office(complaint.office_code).parent
    if complaint.level > 1 or above is None:
        return "Không đồng ý với kết luận này, ông/bà có quyền khởi kiện tại Tòa án theo Luật Tố tụng hành chính."
    assert complaint.answered_at is not None
    limit = limit_of("complaint_second_within", on=local_day(complaint.answered_at))
    return (
        f"Không đồng ý với kết luận này, trong {limit.words_vi} ông/bà có quyền khiếu nại lần hai đến {above.name_vi}, "
        "hoặc khởi kiện tại Tòa án."
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _capacity(complaint: Complaint, actor: OfficerActor, *, on: date) -> tuple[str, str]:
    for role in SIGNS:
        if actor.has(role, at_office=complaint.office_code):
            held = capacity_to_sign(actor.officer_id, office_code=complaint.office_code, role=role, on=on)
            if held is not None:
                return role, held
    raise NotAllowed(
        "complaint-needs-leader",
        "Trả lời khiếu nại do lãnh đạo có tư cách ký của cơ quan giải quyết ký. Xin trình lãnh đạo.",
    )
