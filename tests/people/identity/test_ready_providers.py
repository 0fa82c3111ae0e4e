"""Providers that others wrote: the mock of PyPI, and the demonstration's own two."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from pytest_django import Settings

from ansinh.cli.launcher.checks import free_port
from ansinh.counterparty.identity import serve_identity
from ansinh.people.identity_providers.assertions import AssertedIdentity
from ansinh.people.identity_providers.authorization import Begun, begin, finish
from ansinh.people.identity_providers.providers import Provider, provider, providers
from ansinh.people.identity_providers.refusals import IdentityRefused
from ansinh.web.clock import now
from tests.notifications.outside import until
from tests.people.identity.conftest import AT

BACK = "http://localhost:8000/dang-nhap/qua/x/ve"
PORTAL = {
    "SoDinhDanh": "090190000018", "HoVaTen": "Trần Thị Mai Lan", "NgayThangNamSinh": "19900512", "LoaiTaiKhoan": "1",
    "TechID": "t-1", "loginIdp": "BCA",
}  # fmt: skip
VNEID = {"preferred_username": "090190000018", "name": "Trần Thị Mai Lan", "acr": "2"}


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """oidc-provider-mock with the people of both providers, as the standards' claims describe them."""
    people = ({"sub": "portal-1", **PORTAL}, {"sub": "vneid-1", **VNEID})
    users = [part for one in people for part in ("--user-claims", json.dumps(one))]
    port = free_port(9400)
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *users]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in until(20):
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(autouse=True)
def real_time(settings: Settings, tmp_path: Path) -> None:
    """These providers have a clock of their own."""
    settings.CLOCK = None
    settings.SECRETS_DIR = tmp_path / "secrets"


def known(like: str, issuer: str, **more: Any) -> Provider:
    """A known provider at another address."""
    facts = {"like": like, "issuer": issuer, "client_id": "ansinh", "from": AT.date().replace(year=2020),
             "to": AT.date().replace(year=2040)}  # fmt: skip
    return provider(like, {**facts, **more})


def code_from(answer_location: str, begun: Begun) -> str:
    """The code a provider sends back, with our state beside it."""
    back = parse_qs(urlsplit(answer_location).query)
    assert back["state"] == [begun.state]
    return back["code"][0]


def finished(chosen: Provider, code: str, begun: Begun, **wrong: str) -> AssertedIdentity:
    """Exchange the code."""
    values = {"nonce": begun.nonce, "verifier": begun.verifier} | wrong
    return finish(chosen, code=code, redirect_uri=BACK, at=now(), **values)


def asked(method: str, url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, Location and body, as a browser that follows nothing."""
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=10)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    connection.request(method, f"{place.path}?{place.query}", body=urlencode(form) if form else None, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("Location", ""), body


@pytest.mark.parametrize(("like", "subject"), [("national-portal", "portal-1"), ("vneid", "vneid-1")])
def test_a_sign_in_at_the_mock_of_others(mock: str, like: str, subject: str) -> None:
    scopes = {"scopes": ["openid", "profile"]} if like == "vneid" else {}
    chosen = known(like, mock, **scopes)
    begun = begin(chosen, redirect_uri=BACK)
    status, location, _ = asked("POST", begun.address, {"sub": subject})
    assert status == 302
    found = finished(chosen, code_from(location, begun), begun)
    assert (found.subject, found.personal_number, found.full_name, found.level) == (
        subject, "090190000018", "Trần Thị Mai Lan", 2,
    )  # fmt: skip


@pytest.fixture
def demonstration(settings: Settings, tmp_path: Path) -> Iterator[list[Provider]]:
    """The two the counter-party plays, as the demonstration offers them."""
    people = Path(__file__).resolve().parents[3] / "ansinh" / "demo" / "world.yaml"
    server = serve_identity(people, tmp_path / "secrets", "127.0.0.1", 0)
    settings.DEMO_IDENTITY_URL = f"http://localhost:{server.server_port}"
    settings.IDENTITY_PROVIDERS_DIR = tmp_path / "none"
    yield providers(on=AT.date())
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("level", ["1", "2"])
@pytest.mark.parametrize("place", [0, 1])
def test_the_demonstrations_providers_know_its_people(
    demonstration: list[Provider], place: int, level: str
) -> None:  # fmt: skip
    chosen = demonstration[place]
    begun = begin(chosen, redirect_uri=BACK)
    status, _, page = asked("GET", begun.address)
    assert status == 200
    assert "Trần Thị Mai Lan" in page
    picked = begun.address.replace("/authorize?", "/chosen?") + f"&person=099196000018&level={level}"
    _, location, _ = asked("GET", picked)
    found = finished(chosen, code_from(location, begun), begun)
    assert (found.personal_number, found.date_of_birth, found.level) == ("099196000018", "1996-03-14", int(level))


def test_a_stolen_code_is_worth_nothing_without_the_verifier(demonstration: list[Provider]) -> None:
    begun = begin(demonstration[1], redirect_uri=BACK)
    _, location, _ = asked("GET", begun.address.replace("/authorize?", "/chosen?") + "&person=099196000018&level=2")
    with pytest.raises(IdentityRefused):
        finished(demonstration[1], code_from(location, begun), begun, verifier="guessed")
    with pytest.raises(IdentityRefused):  # and is used up by the try
        finished(demonstration[1], code_from(location, begun), begun)
