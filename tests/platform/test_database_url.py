"""DATABASE_URL in every form that people write."""

from typing import Any

import pytest

from ansinh.platform.database_url import connection_settings


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
