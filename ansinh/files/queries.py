"""Papers by their owner."""

from uuid import UUID

from ansinh.files.models import Paper, PaperQuerySet
from ansinh.platform.errors import NotFound


def papers_of(owner_id: UUID, *, kind: str | None = None) -> PaperQuerySet:
    """The papers an account holds, newest first, with their files; only of one kind when `kind` is given."""
    held = Paper.objects.of(owner_id)
    return held if kind is None else held.filter(kind=kind)


def paper_of(owner_id: UUID, paper_id: UUID) -> Paper:
    """One paper of the account's store. Raises NotFound for another's paper as for none."""
    paper = papers_of(owner_id).filter(id=paper_id).first()
    if paper is None:
        raise NotFound("paper-not-found", "Không có giấy tờ này trong kho của ông/bà. Xin xem lại danh sách giấy tờ.")
    return paper
