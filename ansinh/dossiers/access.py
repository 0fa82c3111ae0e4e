"""Whose a draft or a dossier is. A stranger's is answered as if it did not exist."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from ansinh.dossiers.models import Dossier, DossierPaper, Draft, IssuedDocument, SupplementRequest
from ansinh.people.actors import Citizen, Right
from ansinh.platform.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Holder:
    """Who types: a signed-in account, or a browser session before registration."""

    account_id: UUID | None
    session_key: str
    owner_id: UUID | None = None
    shared: bool = False
    """The drafts of an organisation belong to its whole staff."""

    @classmethod
    def of(cls, actor: Citizen) -> Holder:
        """The holder a signed-in citizen is; raises NotAllowed for who may only look."""
        refuse_without(Right.FILE, actor=actor)
        return cls(actor.account_id, session_key="", owner_id=actor.owner_id, shared=actor.shares_drafts)


def refuse_without(right: Right, *, actor: Citizen) -> None:
    """Raise NotAllowed unless the actor holds the right in the matter acted on."""
    if not actor.may(right):
        raise NotAllowed(
            f"may-not-{right}",
            "Ông/bà đang làm thay {name} nhưng chưa được giao quyền này. "
            "Xin nhờ người có quyền, hoặc chuyển về việc của chính mình.",
            name=actor.behalf.name if actor.behalf else actor.name,
        )


def drafts_of(holder: Holder) -> QuerySet[Draft]:
    """Open drafts of the holder."""
    open_drafts = Draft.objects.filter(submitted_at__isnull=True, discarded_at__isnull=True)
    if holder.account_id is None:
        return open_drafts.filter(session_key=holder.session_key).exclude(session_key="")
    of_owner = open_drafts.filter(owner_id=holder.owner_id)
    return of_owner if holder.shared else of_owner.filter(account_id=holder.account_id)


def the_draft(draft_id: UUID, *, holder: Holder, lock: bool = False) -> Draft:
    """The holder's open draft; raises NotFound."""
    query = drafts_of(holder)
    found = (query.select_for_update() if lock else query).filter(pk=draft_id).first()
    if found is None:
        raise draft_not_found()
    return found


def draft_not_found() -> NotFound:
    """The answer to whoever has no such open draft."""
    return NotFound(
        "draft-not-found", "Không tìm thấy bản đang kê khai. Xin mở lại từ trang Hồ sơ hoặc bắt đầu bản mới."
    )


def dossiers_of(actor: Citizen) -> QuerySet[Dossier]:
    """Dossiers of the owner acted for, newest first, without answers; `asked` and `answer_by` of an open request."""
    open_requests = SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True)
    counted = open_requests.annotate(n=Count("items")).values("n")
    return (
        _visible_to(actor)
        .annotate(asked=Subquery(counted), answer_by=Subquery(open_requests.values("answer_by")))
        .defer("answers")
        .order_by("-submitted_at")
    )


def the_dossier(dossier_id: UUID, *, actor: Citizen, lock: bool = False) -> Dossier:
    """A dossier of the owner acted for; raises NotFound."""
    query = _visible_to(actor)
    found = (query.select_for_update() if lock else query).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("dossier-not-found", "Không tìm thấy hồ sơ này. Xin xem lại danh sách hồ sơ của mình.")
    return found


def dossier_from(draft_id: UUID, *, actor: Citizen) -> Dossier | None:
    """The owner's dossier that a draft became, if it was filed."""
    return _visible_to(actor).filter(draft_id=draft_id).first()


def _visible_to(actor: Citizen) -> QuerySet[Dossier]:
    mine = Dossier.objects.filter(owner_id=actor.owner_id)
    return mine if actor.may(Right.READ) else mine.none()


def issued_document(dossier: Dossier, document_id: UUID) -> IssuedDocument:
    """A paper the office gave in this dossier; raises NotFound."""
    found = dossier.documents.select_related("dossier").filter(pk=document_id).first()
    if found is None:
        raise NotFound("document-not-found", "Hồ sơ này không có văn bản đó. Xin xem lại danh sách văn bản.")
    return found


def the_paper(dossier: Dossier, paper_id: UUID) -> DossierPaper:
    """A paper as it was submitted with this dossier; raises NotFound."""
    found = dossier.papers.select_related("paper__file").filter(pk=paper_id).first()
    if found is None:
        raise NotFound("paper-not-found", "Hồ sơ này không có tệp đó. Xin xem lại danh sách giấy tờ.")
    return found
