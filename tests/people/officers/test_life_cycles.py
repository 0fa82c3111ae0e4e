"""Every right of an officer ends within a second of what ends it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.people.life_cycles.officers import LIFE_CYCLES
from tests.people.life_cycles.staged import LifeCycle
from tests.world import World, a_moment

MONDAY = a_moment(date(2026, 11, 9))


@pytest.mark.requirement("R-061")
@pytest.mark.requirement("R-162")
@pytest.mark.parametrize("case", LIFE_CYCLES, ids=lambda case: case.name)
def test_a_second_later_the_right_is_gone(world: World, case: LifeCycle) -> None:
    assert case.ended(world, MONDAY)
