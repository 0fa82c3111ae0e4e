"""Where the private server lives, which programs it uses, and what it refuses."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.postgres.binaries import Binaries, find
from ansinh.platform.postgres.cluster import Cluster
from ansinh.platform.postgres.owner import Owner, server_owner
from ansinh.platform.postgres.place import Place, find_place

ME = Owner(os.geteuid(), os.getegid(), "me")


def _place(data: Path, major: int = 18) -> Place:
    return Place(Binaries(Path("/nowhere"), f"{major}.1", "chosen"), data, moved=False)


def test_some_postgresql_of_fifteen_or_newer_is_found() -> None:
    assert find().major >= 15


def test_a_machine_without_postgresql_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSINH_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(NotFound, match="PostgreSQL 15"):
        find()


def test_the_server_never_belongs_to_root() -> None:
    assert server_owner(Path(__file__)).uid != 0


def test_a_folder_too_deep_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    assert _place(tmp_path).socket_folder == tmp_path
    assert len(str(_place(deep).socket_folder)) < 90
    assert _place(deep).socket_folder != _place(deep / "other").socket_folder


def test_my_own_data_stay_inside(tmp_path: Path) -> None:
    place = find_place(var=tmp_path / "var", name="postgres", binaries=find(), owner=ME)
    assert (place.data, place.moved) == (tmp_path / "var" / "postgres", False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_closed_folder_cannot_be_entered_by_an_ordinary_user(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    ordinary = server_owner(Path("/"))
    assert not ordinary.can_enter([closed])
    assert ordinary.can_enter([Path("/usr/bin")])


def test_data_of_another_major_version_are_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("14\n")
    cluster = Cluster(_place(tmp_path), ME)
    with pytest.raises(Conflict, match="PostgreSQL 14"):
        cluster.start()
    assert [path.name for path in tmp_path.iterdir()] == ["PG_VERSION"]


def test_a_cluster_knows_whether_it_was_made(tmp_path: Path) -> None:
    cluster = Cluster(_place(tmp_path / "data"), ME)
    assert not cluster.exists
    assert cluster.server_pid() is None
    cluster.stop()
    assert cluster.url("x") == f"postgresql://ansinh@/x?host={replace(cluster.place).socket_folder}"
