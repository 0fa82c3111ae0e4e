"""An apology is looked over by whoever works on the dossier, signed by a leader, and made as a letter."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import may_work_on, the_dossier
from ansinh.casework.apologies.draft import standing_drafts
from ansinh.casework.happened import DossierMoved
from ansinh.casework.leader_letter import Signature, Words, signed_letter_of, unsigned_letter
from ansinh.casework.models import Apology, ApologyState
from ansinh.dossiers.history import record
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.offices.queries import office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.queries import capacity_to_sign
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

APOLOGY_LETTER = "casework.apology_letter"
"""Name of the job that makes the letter."""
KIND = "apology"
SIGNS = (Role.LEADER, Role.PROVINCIAL_DIRECTOR)
LEADS = (Role.HEAD, *SIGNS)
SHORTEST_REASON = 10
TITLE = "Phiếu xin lỗi và hẹn lại ngày trả kết quả"


def draft_for(dossier: Dossier) -> Apology | None:
    """The draft that waits for a signature, if the dossier still needs one."""
    return standing_drafts().filter(dossier=dossier).first()


def promise_of(dossier: Dossier) -> Apology | None:
    """What was promised in place of the present due date."""
    return draft_and_promise(dossier)[1]


def draft_and_promise(dossier: Dossier) -> tuple[Apology | None, Apology | None]:
    """`draft_for` and `promise_of`: of the present due date there is one apology at most."""
    if dossier.due_on is None:
        return None, None
    found = Apology.objects.filter(dossier=dossier, due_on=dossier.due_on).first()
    if found is None or found.state == ApologyState.ISSUED:
        return None, found
    return found if found.state == ApologyState.DRAFTED and dossier.closed_at is None else None, None


def may_prepare(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Whoever works on the dossier now, and whoever leads where it is."""
    leads = any(viewer.has(role, at_office=dossier.office_code) for role in LEADS)
    return leads or may_work_on(dossier, viewer=viewer)


def may_sign(dossier: Dossier, *, viewer: OfficerActor) -> bool:
    """Leaders of the office that has the dossier."""
    return any(viewer.has(role, at_office=dossier.office_code) for role in SIGNS)


def rewrite(dossier_id: UUID, *, actor: OfficerActor, promised_on: date | None, reason: str, at: datetime) -> Apology:
    """Other words or another day in the draft. Raises NotAllowed, Invalid; Conflict without a draft."""
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        if not may_prepare(dossier, viewer=actor):
            raise NotAllowed(
                "apology-not-yours", "Thư xin lỗi do người đang xử lý hồ sơ hoặc lãnh đạo soạn. Xin chuyển người đó."
            )
        apology = _standing(dossier)
        _put(apology, promised_on, reason, on=local_day(at))
        apology.save(update_fields=["promised_on", "reason_vi"])
        record(dossier, "apology_rewritten", actor=actor, at=at, public=False, why=apology.reason_vi)
    return apology


def sign_apology(
    dossier_id: UUID, *, actor: OfficerActor, promised_on: date | None, reason: str, at: datetime
) -> Apology:
    """The leader signs: the applicant is told the new day, and the signed letter is made by a job.

    Raises NotAllowed without the capacity of that day, Invalid, Conflict without a draft.
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        refuse_when_unsealed()
        role, capacity = _capacity(dossier, actor, on=local_day(at))
        actor = actor.doing(role, at_office=dossier.office_code)
        apology = _standing(dossier)
        _put(apology, promised_on, reason, on=local_day(at))
        earlier = Apology.objects.filter(dossier=dossier, state=ApologyState.ISSUED).count()
        apology.state = ApologyState.ISSUED
        apology.number = f"{dossier.number.split('/')[0]}{f'-{earlier + 1}' if earlier else ''}/XL-BHXH"
        apology.signed_by_id, apology.signed_at = actor.officer_id, at
        apology.signed_title, apology.signed_capacity = actor.title, capacity
        apology.save()
        dossier.last_event_at = at
        dossier.save(update_fields=["last_event_at"])
        new_due, why = apology.promised_on.isoformat(), apology.reason_vi
        record(dossier, "apologised", actor=actor, at=at, why=why, number=apology.number, new_due=new_due)
        publish(DossierMoved(dossier.pk, "apology", at, {"new_due": new_due, "reason": why}))
        defer(APOLOGY_LETTER, apology_id=str(apology.pk))
    return apology


def make_apology_letter(apology_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Sign and keep the letter of an issued apology; None when it was made before. Raises NotNow."""
    apology = Apology.objects.select_related("dossier", "signed_by").get(pk=apology_id)
    if apology.state != ApologyState.ISSUED or IssuedDocument.objects.filter(pk=apology.pk).exists():
        return None
    leader, signed_at = apology.signed_by, apology.signed_at
    assert leader is not None and signed_at is not None
    signature = Signature(leader.pk, leader.full_name, apology.signed_title, apology.signed_capacity, signed_at)
    words = words_of(apology)
    signed = signed_letter_of(apology.dossier, words, signature=signature, number=apology.number, at=at)
    return issue_document(
        apology.dossier, signed, kind=KIND, title=TITLE, number=apology.number, signed_by=signature.words,
        document_id=apology.pk, at=at,
    )  # fmt: skip


def preview(apology: Apology, *, at: datetime) -> bytes:
    """The letter as it would be signed, marked as a draft: PDF bytes."""
    return unsigned_letter(apology.dossier, words_of(apology), at=at)


def words_of(apology: Apology) -> Words:
    """Form 04 of Circular 03/2025/TT-VPCP, in our words."""
    agency = office(apology.dossier.office_code).name_vi
    return Words(
        title=TITLE,
        subject="",
        facts={"Ngày hẹn trước": date_vi(apology.due_on), "Hẹn lại ngày": date_vi(apology.promised_on)},
        paragraphs=[
            f"{agency} chưa trả được kết quả giải quyết hồ sơ đúng ngày hẹn {date_vi(apology.due_on)}.",
            f"Lý do: {apology.reason_vi.rstrip('.')}.",
            f"{agency} xin lỗi ông/bà về sự chậm trễ này và hẹn trả kết quả ngày {date_vi(apology.promised_on)}.",
            "Ông/bà không phải làm thêm việc gì.",
        ],
    )


def _standing(dossier: Dossier) -> Apology:
    apology = standing_drafts().select_for_update(of=("self",)).filter(dossier=dossier).first()
    if apology is None:
        raise Conflict(
            "no-apology-waits", "Hồ sơ này không có dự thảo thư xin lỗi nào chờ ký. Xin tải lại trang hồ sơ."
        )
    return apology


def _put(apology: Apology, promised_on: date | None, reason: str, *, on: date) -> None:
    if promised_on is None or promised_on <= max(apology.due_on, on):
        raise Invalid("apology-day", "Ngày hẹn lại phải sau hôm nay và sau ngày hẹn cũ. Xin chọn ngày khác.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid("apology-needs-why", "Chưa ghi vì sao trễ. Xin viết một câu, người nộp sẽ đọc.")
    apology.promised_on, apology.reason_vi = promised_on, reason.strip()[:500]


def _capacity(dossier: Dossier, actor: OfficerActor, *, on: date) -> tuple[str, str]:
    for role in SIGNS:
        if actor.has(role, at_office=dossier.office_code):
            held = capacity_to_sign(actor.officer_id, office_code=dossier.office_code, role=role, on=on)
            if held is not None:
                return role, held
    raise NotAllowed(
        "apology-needs-leader", "Thư xin lỗi do lãnh đạo có tư cách ký ở cơ quan đang giữ hồ sơ ký. Xin trình lãnh đạo."
    )
