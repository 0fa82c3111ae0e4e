"""Rights end at once: the cases of `./bench rights`, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.rig.rights_series import forgetful_of_nothing
from tests.people.life_cycles.case import Case, all_cases, run
from tests.people.life_cycles.scene import a_scene


@pytest.mark.django_db
@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.title)
def test_the_right_ends_at_once(case: Case[Any]) -> None:
    with a_scene() as scene:
        outcome = run(case, scene)
    assert outcome.held, "the right was never there: its end proves nothing"
    assert outcome.ended, f"still there after {outcome.seconds:.1f} s"


def test_no_two_cases_say_the_same() -> None:
    titles = [case.title for case in all_cases()]
    assert len(titles) == len(set(titles))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["guardianship ended by a court: the list of dossiers", "officer without a post: the search"]
)
def test_a_remembered_right_is_found_out(title: str) -> None:
    [case] = [one for one in all_cases() if one.title == title]
    with forgetful_of_nothing(), a_scene() as scene:
        assert not run(case, scene).ended
