"""Keys of the tests' own: one folder for the run, another for a stranger's authority."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.signing import authority, seal
from tests.signing.papers import prepare_keys
from tests.signing.pki import Pki


def forget_keys() -> None:
    """Drop what is kept parsed."""
    authority.signer.cache_clear()
    seal._key.cache_clear()


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place the keys of the whole run lie in."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(autouse=True)
def keys(settings: Settings, prepared_folder: Path) -> Iterator[Path]:
    """The authority and its signers, made by the first test."""
    settings.SIGNING_DIR = prepared_folder
    forget_keys()
    prepare_keys()
    yield prepared_folder
    forget_keys()


@pytest.fixture
def fresh_keys(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """An empty place for keys: another authority, or a first start."""
    settings.SIGNING_DIR = tmp_path / "keys"
    forget_keys()
    yield tmp_path / "keys"
    forget_keys()


@pytest.fixture
def pki(fresh_keys: Path) -> Pki:
    """An authority on an otherwise empty trust list."""
    made = Pki()
    made.put_on_the_list()
    return made
