"""One counter-party for all tests that send, and settings that point to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansinh.notifications.providers.sms_smpp import close_links
from tests.notifications.outside import Outside, counterparty


@pytest.fixture(scope="session")
def running_outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """The outside world, running."""
    with counterparty(tmp_path_factory.mktemp("outside")) as outside:
        yield outside


@pytest.fixture
def outside(running_outside: Outside, settings: Any) -> Iterator[Outside]:
    """The outside world, and the options to reach it."""
    settings.MESSAGES = running_outside.options
    yield running_outside
    close_links()
