"""Destroy what an approved list names: answers, names, contacts, papers. Number, digest and history stay."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from ansinh.casework.models import DestructionList, DestructionState, ToDestroy
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, DossierPaper, Draft, DraftPaper, IssuedDocument
from ansinh.files.models import Paper, StoredFile
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.queue import defer

REMOVE_FILE = "files.remove"
NOBODY = "(đã hủy theo thời hạn lưu)"


def destroy_listed(list_id: UUID, *, at: datetime) -> None:
    """Destroy the dossiers of an approved list in the caller's transaction; files go afterwards, by a job each."""
    found = DestructionList.objects.select_for_update().filter(pk=list_id, state=DestructionState.APPROVED).first()
    if found is None:
        return
    with acting_as(System().label):
        for entry in found.entries.select_related("dossier").order_by("pk"):
            _destroy(entry, at=at)
        found.state = DestructionState.DONE
        found.save(update_fields=["state"])


def _destroy(entry: ToDestroy, *, at: datetime) -> None:
    dossier = Dossier.objects.select_for_update().get(pk=entry.dossier_id)
    files = _take_papers(dossier)
    files |= set(dossier.documents.values_list("sha256", flat=True))
    Draft.objects.filter(pk=dossier.draft_id).update(answers={}, sources={})
    Dossier.objects.filter(pk=dossier.pk).update(
        answers={}, applicant_name=NOBODY, applicant_key="", applicant_born="", si_number="", phone="", email=""
    )
    entry.destroyed_at = at
    entry.save(update_fields=["destroyed_at"])
    record(dossier, "destroyed", actor=System(), at=at, ground=entry.ground, list=str(entry.listed_id))
    for sha256 in sorted(files):
        defer(REMOVE_FILE, sha256=sha256)


def _take_papers(dossier: Dossier) -> set[str]:
    """Take the papers off the dossier; answers the digests of files that no other dossier or draft holds."""
    papers = set(dossier.papers.values_list("paper_id", flat=True))
    dossier.papers.all().delete()
    DraftPaper.objects.filter(draft_id=dossier.draft_id).delete()
    elsewhere = Exists(DossierPaper.objects.filter(paper=OuterRef("pk"))) | Exists(
        DraftPaper.objects.filter(paper=OuterRef("pk"))
    )
    alone = Paper.objects.filter(~elsewhere, pk__in=papers)
    files = set(alone.values_list("file_id", flat=True))
    alone.delete()
    return files


def is_still_needed(sha256: str) -> bool:
    """Whether a paper or an issued document that is not destroyed still has this file."""
    issued = IssuedDocument.objects.filter(sha256=sha256).exclude(dossier__destructions__destroyed_at__isnull=False)
    return Paper.objects.filter(file_id=sha256).exists() or issued.exists()


def forget_file(sha256: str) -> bool:
    """Drop the row of a file nobody needs any more; whether its bytes may go."""
    if is_still_needed(sha256):
        return False
    StoredFile.objects.filter(pk=sha256).delete()
    return True
