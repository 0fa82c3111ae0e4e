"""Fixtures of the token program's tests."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from ansinh_token.cards import Cards
from token_world.certificates import Authority, new_key
from token_world.soft_token import SoftToken, module_path


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    """The key of Nguyễn Thị Hoa."""
    return new_key()


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Who issues the tests' certificates."""
    return Authority()


@pytest.fixture
def empty_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """A token without anything on it, plugged in."""
    token = SoftToken(tmp_path / "token", module_path())
    token.make()
    monkeypatch.setenv("SOFTHSM2_CONF", str(token.configuration))
    return token


@pytest.fixture
def token(empty_token: SoftToken, key: rsa.RSAPrivateKey, authority: Authority) -> SoftToken:
    """The token of Nguyễn Thị Hoa, with her key and certificate."""
    empty_token.keep(key=key, certificate=authority.issue(key=key))
    return empty_token


@pytest.fixture
def cards(empty_token: SoftToken) -> Cards:
    """The program's way to the token."""
    return Cards(lambda: [empty_token.module])
