"""Take a paper out of a person's own store."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.files.models import Paper
from ansinh.platform.errors import NotFound


@transaction.atomic
def discard(paper_id: UUID, *, owner_id: UUID, at: datetime) -> Paper:
    """Mark the paper discarded; done twice it keeps its first moment. Its bytes stay for dossiers that hold them.

    Raises NotFound when this account has no such paper.
    """
    paper = Paper.objects.select_for_update().filter(id=paper_id, owner_id=owner_id).first()
    if paper is None:
        raise NotFound("paper-not-found", "Không có giấy tờ này trong kho của ông/bà. Xin xem lại danh sách giấy tờ.")
    if paper.discarded_at is None:
        paper.discarded_at = at
        paper.save(update_fields=["discarded_at"])
    return paper
