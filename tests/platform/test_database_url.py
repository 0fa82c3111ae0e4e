"""DATABASE_URL in every form that people write."""

from pathlib import Path
from typing import Any

import pytest

from ansinh.platform.database_url import chosen_address, connection_settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://lan:m%40t@db.example:6432/an_sinh?sslmode=require",
            {"NAME": "an_sinh", "USER": "lan", "PASSWORD": "m@t", "HOST": "db.example", "PORT": "6432",
             "OPTIONS": {"sslmode": "require"}},
        ),
        ("postgres://ansinh@/ansinh?host=/run/Pg", {"NAME": "ansinh", "USER": "ansinh", "HOST": "/run/Pg", "PORT": ""}),
        ("postgresql://u@%2Frun%2FPg:5433/x", {"HOST": "/run/Pg", "PORT": "5433", "NAME": "x"}),
        ("postgresql://[::1]:5432/x", {"HOST": "::1", "PORT": "5432"}),
        ("postgresql:///", {"NAME": "ansinh", "HOST": "", "USER": ""}),
    ],
)  # fmt: skip
def test_a_url_becomes_settings(url: str, expected: dict[str, Any]) -> None:
    settings = connection_settings(url)
    assert {key: settings[key] for key in expected} == expected


def test_another_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        connection_settings("mysql://localhost/x")


ROLE, OWNER = "postgresql://ansinh_application@/x", "postgresql://owner@/x"


@pytest.mark.parametrize(
    ("given", "as_owner", "chosen"),
    [
        ({"DATABASE_URL": ROLE, "ANSINH_OWNER_URL": OWNER}, False, ROLE),
        ({"DATABASE_URL": ROLE, "ANSINH_OWNER_URL": OWNER}, True, OWNER),
        ({"DATABASE_URL": OWNER}, True, OWNER),
        ({"DATABASE_URL": OWNER}, False, OWNER),
        ({}, False, "the application's"),
        ({}, True, "the owner's"),
    ],
)
def test_pages_and_migrations_have_each_their_address(
    given: dict[str, str], as_owner: bool, chosen: str, tmp_path: Path
) -> None:
    (tmp_path / "postgres.url").write_text("the application's\n", encoding="utf-8")
    (tmp_path / "postgres-owner.url").write_text("the owner's\n", encoding="utf-8")
    assert chosen_address(given, var=tmp_path, as_owner=as_owner) == chosen


def test_an_installation_that_was_never_started_has_no_address(tmp_path: Path) -> None:
    assert "nonexistent" in chosen_address({}, var=tmp_path, as_owner=False)
