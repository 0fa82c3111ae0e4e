"""Providers are files with days from and to; a wrong one is named; plain HTTP is for this machine only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.people.identity_providers.providers import provider, providers, the_provider
from ansinh.platform.errors import NotFound

FILE = """
like: vneid
issuer: https://sso.example.vn/auth/realms/citizen
client_id: bhxh
from: 2026-01-01
to: 2026-12-31
hosts: [keys.example.vn]
"""


@pytest.fixture
def place(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the files."""
    settings.IDENTITY_PROVIDERS_DIR, settings.DEMO_IDENTITY_URL = tmp_path, ""
    return tmp_path


def test_a_provider_is_used_from_its_first_day_to_its_last(place: Path) -> None:
    (place / "vneid.yaml").write_text(FILE, encoding="utf-8")
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [len(providers(on=day)) for day in days] == [0, 1, 1, 0]
    assert the_provider("vneid", on=days[1]).name_vi == "VNeID"
    with pytest.raises(NotFound):
        the_provider("vneid", on=days[3])


@pytest.mark.parametrize(
    "change",
    [
        ("https://sso.example.vn", "http://sso.example.vn"), ("client_id: bhxh", "client: bhxh"),
        ("from: 2026-01-01", "from: soon"), ("like: vneid", "like: nobody"), ("hosts:", "algorithms: [HS256]\nhosts:"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named(place: Path, change: tuple[str, str]) -> None:
    (place / "wrong.yaml").write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.yaml"):
        providers(on=date(2026, 5, 1))


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://sso.example.vn/token", True), ("https://keys.example.vn/jwks", True),
        ("http://sso.example.vn/token", False), ("https://sso.example.vn:8443/token", False),
        ("https://sso.example.vn.evil.example/token", False), ("https://sso.example.vn@evil.example/", False),
        ("https://evil@sso.example.vn/", False), ("https://evil.example/?https://sso.example.vn", False),
        ("file:///etc/passwd", False), ("http://127.0.0.1/", False), ("https://[::1", False),
    ],
)  # fmt: skip
def test_only_its_own_hosts_are_asked(url: str, own: bool) -> None:
    facts = {"like": "vneid", "issuer": "https://sso.example.vn/auth", "client_id": "bhxh", "from": date.min,
             "to": date.max, "hosts": ["keys.example.vn"]}  # fmt: skip
    assert provider("vneid", facts).may_be_asked(url) is own
