"""Secrets are made once, kept private, or given from outside."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansinh.platform.secrets import secret


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    first = secret("some-key", folder=folder)
    assert len(first) == 64
    assert secret("some-key", folder=folder) == first
    assert secret("other-key", folder=folder) != first
    assert stat.S_IMODE((folder / "some-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["other-key", "some-key"]


def test_two_that_ask_first_at_the_same_time_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret("key", folder=tmp_path), range(32)))) == 1


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSINH_SOME_KEY", "given")
    assert secret("some-key", folder=tmp_path / "absent") == "given"
    assert not (tmp_path / "absent").exists()
