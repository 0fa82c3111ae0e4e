"""The posts of an officer on a day: one's own, and those of absent colleagues one stands in for. Nothing is copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ansinh.people.actors import Post
from ansinh.people.models_officers import Absence, Assignment, Deputy, held_on
from ansinh.people.officers.powers import powers


def with_deputyships(
    officer_id: UUID, held: Sequence[Assignment], *, on: date, stands_in: bool = True
) -> tuple[Post, ...]:
    """The posts of these assignments of an officer, and those held for absent colleagues.

    Without a post of one's own nobody stands in for anybody. Who knows that the officer does not (`stands_in`) spares
    the question.
    """
    own = tuple(map(_post, held))
    return (*own, *_as_deputy(officer_id, own, on=on)) if own and stands_in else own


def own_posts(officer_id: UUID, *, on: date) -> tuple[Post, ...]:
    """The posts that are the officer's own on a day."""
    return tuple(map(_post, held_assignments(on=on).filter(officer_id=officer_id).order_by("pk")))


def held_assignments(*, on: date) -> QuerySet[Assignment]:
    """Assignments in force on a day."""
    return Assignment.objects.filter(held_on(on))


def is_absent(officer_id: UUID, *, on: date) -> bool:
    """Whether an absence of the officer runs on a day."""
    return Absence.objects.filter(held_on(on), officer_id=officer_id).exists()


def fits(absent: Post, own: Sequence[Post], *, on: date) -> bool:
    """Whether one of these own posts lets its holder stand in for this post."""
    by = powers(on=on).stands_in.get(absent.role, frozenset())
    return any(post.office_code == absent.office_code and post.role in by for post in own)


def signs(post: Post, *, on: date) -> bool:
    """Whether the post is one that signs."""
    return post.role in powers(on=on).signs


def running_deputies(*, on: date) -> QuerySet[Deputy]:
    """Deputies of the absences that run on a day, who are not absent themselves."""
    absences = Absence.objects.filter(held_on(on))
    return Deputy.objects.filter(ended_at__isnull=True, absence__in=absences).exclude(
        officer__in=absences.values("officer_id")
    )


def _as_deputy(officer_id: UUID, own: Sequence[Post], *, on: date) -> list[Post]:
    """Posts of absent colleagues: read from their own assignments, so that there are no chains.

    A post that signs comes only with the capacity of the document; others come without any capacity.
    """
    places = {
        (row.absence.officer_id, row.office_code): row
        for row in running_deputies(on=on).filter(officer_id=officer_id).select_related("absence")
    }
    if not places:
        return []
    wanted = Q(pk__in=[])
    for absent_id, office_code in places:
        wanted |= Q(officer_id=absent_id, office_code=office_code)
    found = []
    for row in held_assignments(on=on).filter(wanted).select_related("officer").order_by("pk"):
        capacity = places[row.officer_id, row.office_code].capacity
        post = _post(row)
        if fits(post, own, on=on) and (capacity or not signs(post, on=on)):
            given = capacity if signs(post, on=on) else ""
            found.append(Post(post.office_code, post.function, post.role, given, row.officer.full_name))
    return found


def _post(row: Assignment) -> Post:
    return Post(row.office_code, row.function, row.role, row.capacity)
