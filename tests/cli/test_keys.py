"""The key of the sealed numbers is changed by the command line, and a database without its keys is not opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansinh.cli.launcher import installation
from ansinh.cli.launcher.words import CannotStart
from ansinh.cli.main import main
from ansinh.people.models import Person
from ansinh.platform.sealed_fields import keys
from ansinh.platform.sealed_fields.rows import sealed_columns, versions
from tests.walls.people import filled
from tests.world import FILED_AT, ID_NUMBER, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of secrets for this test alone."""
    settings.SECRETS_DIR = tmp_path / "secrets"
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    keys.forget()
    yield settings.SECRETS_DIR
    keys.forget()


def test_a_new_key_seals_and_a_renewal_leaves_nothing_under_the_old_one(capsys: pytest.CaptureFixture[str]) -> None:
    world = a_world()
    filled(world, world.citizen)  # a row in every walled table, guarded ones too
    guarded = {column.place for column in sealed_columns() if versions(column)}
    guards = {"payments_banknotice.payer_account", "casework_appliedeffect.inputs", "registry_personaldatachange.new"}
    assert guards <= guarded
    assert main(["migrate", "--new-key"]) == 0
    assert "Khóa 2 đã có" in capsys.readouterr().out
    assert main(["migrate", "--renew", "--batch", "3"]) == 0
    assert "people_account.login" in capsys.readouterr().out
    assert {version for column in sealed_columns() for version in versions(column)} == {2}
    assert Person.objects.get(personal_id_number=ID_NUMBER).personal_id_number == ID_NUMBER


@pytest.mark.parametrize(
    ("lost", "said"), [("identifiers-key-1", "identifiers-key-1"), ("identifiers-index", "identifiers-index")]
)
def test_a_database_that_came_without_its_keys_is_not_opened(own_keys: Path, lost: str, said: str) -> None:
    a_world()
    installation.migrate(FILED_AT)
    (own_keys / lost).unlink()
    keys.forget()
    with pytest.raises(CannotStart, match=said):
        installation.migrate(FILED_AT)
