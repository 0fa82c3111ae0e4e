"""“Did this help?” under published letters and guides: the answer reaches the owner of the page (R-185)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from ansinh.directives.models import PageFeedback
from ansinh.directives.published import the_published
from ansinh.offices.face import central_office
from ansinh.people.actors import OfficerActor
from ansinh.people.officers.powers import speaks_for
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.zone import local_day

LONGEST = 1000


def about_letter(letter_id: UUID, *, helped: bool, comment: str, at: datetime) -> PageFeedback:
    """An answer under a published letter; its office gets it. Raises NotFound, Invalid."""
    letter = the_published(letter_id)
    return _keep(f"letter:{letter.pk}", f"{letter.full_number} {letter.summary}", letter.office_id, helped, comment, at)


def about_guide(slug: str, title: str, *, helped: bool, comment: str, at: datetime) -> PageFeedback:
    """An answer under the guide of a service; the central office keeps guides. Raises NotFound, Invalid."""
    centre = central_office(on=local_day(at))
    if centre is None:
        raise NotFound("office-unknown", "Không có cơ quan BHXH này vào ngày đó. Xin chọn lại.")
    return _keep(f"guide:{slug}", title, centre.code, helped, comment, at)


def feedback_for(actor: OfficerActor, *, at: datetime) -> QuerySet[PageFeedback]:
    """What reached the offices one speaks for: open comments first, the last first."""
    rows = PageFeedback.objects.filter(office_id__in=speaks_for(actor, on=local_day(at))).exclude(comment="")
    return rows.select_related("office").order_by("answered_at", "-at")


def tally(actor: OfficerActor, *, at: datetime) -> list[Mapping[str, object]]:
    """Per page: how many said yes and no."""
    rows = PageFeedback.objects.filter(office_id__in=speaks_for(actor, on=local_day(at)))
    counted = rows.values("page").annotate(
        yes=Count("pk", filter=Q(helped=True)), no=Count("pk", filter=Q(helped=False))
    )
    titles = dict(rows.order_by("at").values_list("page", "title"))
    return [{**row, "title": titles[row["page"]]} for row in counted.order_by("-no", "page")[:100]]


def answer(feedback_id: UUID, *, done: str, actor: OfficerActor, at: datetime) -> PageFeedback:
    """Write what was done about a comment. Raises NotFound, Invalid, Conflict."""
    said = " ".join(done.split())[:500]
    if not said:
        raise Invalid("feedback-needs-answer", "Chưa ghi đã làm gì với góp ý này. Xin ghi một câu.")
    with transaction.atomic(), acting_as(actor.label):
        offices = speaks_for(actor, on=local_day(at))
        found = PageFeedback.objects.select_for_update().filter(pk=feedback_id, office_id__in=offices).first()
        if found is None:
            raise NotFound("feedback-unknown", "Không có góp ý này. Xin tải lại trang.")
        if found.answered_at is not None:
            raise Conflict("already-done", "Việc này đã ghi trước đó. Xin tải lại trang.")
        found.answered_at, found.done = at, said
        found.save(update_fields=["answered_at", "done"])
    return found


def _keep(page: str, title: str, office_code: str, helped: bool, comment: str, at: datetime) -> PageFeedback:
    said = " ".join(comment.split())
    if len(said) > LONGEST:
        raise Invalid("feedback-too-long", "Góp ý dài quá {n} chữ. Xin viết ngắn lại.", n=LONGEST)
    return PageFeedback.objects.create(
        page=page[:120], title=title[:300], office_id=office_code, helped=helped, comment=said, at=at
    )
