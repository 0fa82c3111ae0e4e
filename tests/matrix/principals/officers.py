"""Officers by role, at the office that holds the dossier, at another, above, and with a post that ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ansinh.people.models import Assignment, Role
from ansinh.people.officers.powers import managed_offices
from ansinh.people.readings.review import is_reviewer, reviewed_offices
from tests.matrix.principals import Is, Principal, session_of
from tests.matrix.things import Given
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, an_officer

TODAY = date(2026, 11, 9)
AT_COUNTER = {Role.INTAKE, Role.APPROVER}


def principals(given: Given) -> Iterator[Principal]:
    """The staff of the world, somebody with two posts, somebody whose post ended yesterday."""
    for name, actor in given.world.officers.items():
        yield Principal(
            f"officer: {name}", Is.OFFICER, session=session_of(actor.account_id), offices=actor.office_codes,
            at_counter=any(post.role in AT_COUNTER for post in actor.posts),
            manages=managed_offices(actor, on=TODAY),
            reviews=reviewed_offices(actor, on=TODAY) if is_reviewer(actor, on=TODAY) else frozenset(),
        )  # fmt: skip
    two = an_officer("two", "Tạ Văn Hai", "Chuyên viên", ((LOCAL_OFFICE, Role.CARD), (OTHER_OFFICE, Role.INTAKE)))
    yield Principal(
        "officer: posts at two offices", Is.OFFICER, session=session_of(two.account_id), offices=two.office_codes,
        at_counter=True,
    )  # fmt: skip
    gone = an_officer("gone", "Ngô Thị Nghỉ", "Chuyên viên", ((LOCAL_OFFICE, Role.INTAKE),))
    Assignment.objects.filter(officer_id=gone.officer_id).update(valid_to=date(2026, 11, 8))
    yield Principal("officer: post ended yesterday", Is.OFFICER, session=session_of(gone.account_id))
