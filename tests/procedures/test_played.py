"""Each example of each procedure that is online, through the real actions: from the draft to the result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from ansinh.casework.check_examples import reason_faults
from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.catalogue.queries import folders
from ansinh.counterparty.timestamps import Temper
from ansinh.demo.play.compare import differences
from ansinh.demo.play.play import play
from ansinh.demo.play.town import build_town
from tests.standing import making, standing

ONLINE = [folder for folder in folders() if folder.procedure.online]
PLAYED = [
    pytest.param(folder, example, id=f"{folder.slug}/{example.key}") for folder in ONLINE for example in folder.examples
]


@pytest.fixture(scope="module")
def town(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, timestamp_authority: tuple[str, Temper]
) -> Iterator[None]:
    """The town that every example finds as nobody has touched it."""
    url, _ = timestamp_authority
    with standing(django_db_blocker):
        with making(django_db_blocker), override_settings(AUTHORITY_URL=f"{url}/"):
            build_town(at=datetime.now(UTC))
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("folder", "example"), PLAYED)
def test_an_example_goes_from_draft_to_result(folder: ProcedureFolder, example: Example) -> None:
    assert not differences(folder, example, play(folder, example))


@pytest.mark.parametrize("folder", ONLINE, ids=lambda folder: folder.slug)
def test_an_example_gives_reasons_that_officers_have(folder: ProcedureFolder) -> None:
    assert not reason_faults(folder)
