"""Whose a draft or a dossier is. A stranger's is answered as if it did not exist."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from ansinh.dossiers.models import Dossier, DossierPaper, Draft, IssuedDocument, SupplementRequest
from ansinh.people.actors import Citizen
from ansinh.platform.errors import NotFound


@dataclass(frozen=True)
class Holder:
    """Who types: a signed-in account, or a browser session before registration."""

    account_id: UUID | None
    session_key: str

    @classmethod
    def of(cls, actor: Citizen) -> Holder:
        """The holder a signed-in citizen is."""
        return cls(account_id=actor.account_id, session_key="")


def drafts_of(holder: Holder) -> QuerySet[Draft]:
    """Open drafts of the holder."""
    open_drafts = Draft.objects.filter(submitted_at__isnull=True, discarded_at__isnull=True)
    if holder.account_id is not None:
        return open_drafts.filter(account_id=holder.account_id)
    return open_drafts.filter(session_key=holder.session_key).exclude(session_key="")


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


def dossiers_of(account_id: UUID) -> QuerySet[Dossier]:
    """Dossiers an account filed, newest first, without their answers; `asked` and `answer_by` of an open request."""
    open_requests = SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True)
    counted = open_requests.annotate(n=Count("items")).values("n")
    return (
        Dossier.objects.filter(account_id=account_id)
        .annotate(asked=Subquery(counted), answer_by=Subquery(open_requests.values("answer_by")))
        .defer("answers")
        .order_by("-submitted_at")
    )


def the_dossier(dossier_id: UUID, *, actor: Citizen, lock: bool = False) -> Dossier:
    """The citizen's own dossier; raises NotFound."""
    query = Dossier.objects.filter(account_id=actor.account_id)
    found = (query.select_for_update() if lock else query).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("dossier-not-found", "Không tìm thấy hồ sơ này. Xin xem lại danh sách hồ sơ của mình.")
    return found


def dossier_from(draft_id: UUID, *, account_id: UUID) -> Dossier | None:
    """The account's dossier that a draft became, if it was filed."""
    return Dossier.objects.filter(draft_id=draft_id, account_id=account_id).first()


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
