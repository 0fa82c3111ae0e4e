"""One real installation for every journey that needs one: making it takes longer than most journeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.real_world import RealWorld, real_world


@pytest.fixture(scope="package")
def world() -> Iterator[RealWorld]:
    """Everything that `./start` starts; each journey is another person's."""
    with real_world() as running:
        yield running
