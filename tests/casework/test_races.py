"""Two hands at once: one wins, the other gets a sentence; numbers have no gap and no double."""

from collections.abc import Callable
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from ansinh.casework.accept import accept
from ansinh.casework.propose import propose_grant
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Role
from ansinh.platform.errors import DomainError
from tests.casework.moves import MONDAY, a_dossier_in_appraisal
from tests.threads import together
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_submitted_dossier, a_world, an_officer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run these acts at the same moment; what each answers, or how it was refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=10)
        try:
            return act()
        except DomainError as refused:
            return refused

    return together(run, acts, threads=len(acts))


@pytest.fixture
def busy_world(transactional_db: None) -> World:
    """The world, committed."""
    return a_world()


def test_two_officers_accept_at_once_and_one_is_told(busy_world: World) -> None:
    second = an_officer("counter-2", "Phan Thị Bích", "Cán bộ tiếp nhận", ((LOCAL_OFFICE, Role.INTAKE),))
    dossier = a_submitted_dossier(busy_world)
    answers = at_once(
        *(lambda who=who: accept(dossier.pk, actor=who, at=MONDAY) for who in (busy_world["counter"], second))
    )
    refusals = [str(one) for one in answers if isinstance(one, DomainError)]
    assert len(refusals) == 1
    assert "Xin chuyển cho người phụ trách" in refusals[0] or "tải lại trang" in refusals[0]
    assert dossier.events.filter(kind="accepted").count() == 1


def test_two_specialists_propose_at_once_and_one_decision_is_made(busy_world: World) -> None:
    second = an_officer("specialist-2", "Ngô Văn Tài", "Chuyên viên", ((LOCAL_OFFICE, Role.BENEFIT),))
    dossier = a_dossier_in_appraisal(busy_world)
    answers = at_once(
        *(
            lambda who=who: propose_grant(dossier.pk, actor=who, amount=None, override_reason="", note="", at=MONDAY)
            for who in (busy_world["specialist"], second)
        )
    )
    assert sum(isinstance(one, DomainError) for one in answers) == 1
    assert dossier.decisions.count() == 1


def test_numbers_of_a_busy_office_have_no_gap_and_no_double(busy_world: World) -> None:
    answers = at_once(*(lambda: a_submitted_dossier(busy_world, papers=()) for _ in range(8)))
    assert sorted(one.number for one in answers) == [f"{number:05d}/2026/{LOCAL_OFFICE}" for number in range(1, 9)]


def test_offices_and_years_count_for_themselves(busy_world: World) -> None:

    a_submitted_dossier(busy_world, papers=())
    other = a_submitted_dossier(busy_world, papers=(), office=OTHER_OFFICE)
    # 31 December 23:30 in Vietnam is still the old year, although it is 16:30 in Greenwich; 00:30 is the new one.
    old = a_submitted_dossier(busy_world, papers=(), at=a_moment(date(2026, 12, 31), 23, 30))
    new = a_submitted_dossier(busy_world, papers=(), at=a_moment(date(2027, 1, 1), 0, 30))
    assert (other.number, old.number, new.number) == (
        f"00001/2026/{OTHER_OFFICE}", f"00002/2026/{LOCAL_OFFICE}", f"00001/2027/{LOCAL_OFFICE}",
    )  # fmt: skip
    assert Dossier.objects.count() == 4
