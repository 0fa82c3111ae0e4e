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


def paper_kept(owner_id: UUID, paper_id: UUID) -> Paper:
    """One paper that the account holds or held, for whoever has it as evidence. Raises NotFound."""
    paper = Paper.objects.select_related("file").filter(pk=paper_id, owner_id=owner_id).first()
    if paper is None:
        raise NotFound("paper-not-found", "Hồ sơ này không có giấy tờ đó. Xin tải lại trang.")
    return paper
