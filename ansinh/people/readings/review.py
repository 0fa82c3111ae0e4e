"""Judge what was opened by breaking the glass: somebody else, within the hours of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.offices.queries import offices_under
from ansinh.people.actors import OfficerActor
from ansinh.people.happened import OpeningJudged
from ansinh.people.models import Opening, OpeningReview, Role
from ansinh.people.readings import rules
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Waiting:
    """Broken glasses a reviewer has still to judge; `late` ones are past their hours."""

    total: int
    late: int


def reviewed_offices(reviewer: OfficerActor, *, on: date) -> frozenset[str]:
    """Offices whose officers this reviewer watches: own ones, and for a leader those below. Raises NotAllowed."""
    roles = rules.reviewer_roles(on=on)
    own = {post.office_code for post in reviewer.posts if post.role in roles}
    if not own:
        raise NotAllowed(
            "not-a-reviewer", "Trang này của lãnh đạo và trưởng bộ phận. Xin trao đổi với lãnh đạo cơ quan."
        )
    led = {post.office_code for post in reviewer.posts if post.role == Role.LEADER}
    return frozenset(own | offices_under(led))


def is_reviewer(officer: OfficerActor, *, on: date) -> bool:
    """Whether this officer judges broken glasses anywhere."""
    return any(post.role in rules.reviewer_roles(on=on) for post in officer.posts)


def openings_for(reviewer: OfficerActor, *, on: date) -> QuerySet[Opening]:
    """Broken glasses of the reviewer's offices, never one's own, newest first."""
    return (
        Opening.objects.filter(break_glass=True, office_code__in=reviewed_offices(reviewer, on=on))
        .exclude(officer_id=reviewer.officer_id)
        .select_related("officer")
        .order_by("-opened_at")
    )


def waiting_for(reviewer: OfficerActor, *, at: datetime) -> Waiting:
    """How many wait, and how many are past their hours: the alarm of the desk."""
    open_ones = openings_for(reviewer, on=local_day(at)).filter(reviews__isnull=True)
    with as_the_house():  # numbers alone, of offices below too
        return Waiting(total=open_ones.count(), late=open_ones.filter(review_by__lt=at).count())


def the_broken_glass(opening_id: UUID, *, reviewer: OfficerActor, on: date) -> Opening:
    """One that this reviewer may judge. Raises NotFound, NotAllowed."""
    found = openings_for(reviewer, on=on).filter(pk=opening_id).first()
    if found is None:
        raise NotFound("opening-not-found", "Không có lần mở khẩn cấp này. Xin xem lại danh sách.")
    return found


def judge(opening_id: UUID, *, reviewer: OfficerActor, justified: bool, note: str, at: datetime) -> OpeningReview:
    """Say whether it was justified, and why. Raises NotFound, NotAllowed, Invalid; a second judgement is kept too."""
    with transaction.atomic(), acting_as(reviewer.label):
        opening = the_broken_glass(opening_id, reviewer=reviewer, on=local_day(at))
        made = OpeningReview.objects.create(
            opening=opening,
            opened_by_id=opening.officer_id,
            reviewer_id=reviewer.officer_id,
            reviewer_title=reviewer.title_vi,
            justified=justified,
            note=rules.sentence(note, on=local_day(at)),
            at=at,
        )
        publish(OpeningJudged(opening.pk, opening.dossier_id, justified, at))
    return made
