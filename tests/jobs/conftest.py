"""Jobs are tested as the role they have in earnest."""

from collections.abc import Iterator

import pytest

from tests.walls_of import application_role_for


@pytest.fixture(autouse=True)
def application(request: pytest.FixtureRequest) -> Iterator[None]:
    """The application's role."""
    yield from application_role_for(request)
