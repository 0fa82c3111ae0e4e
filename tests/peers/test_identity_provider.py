"""Our sign-in against a certified OpenID Connect provider that others wrote (npm `oidc-provider`)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from pytest_django import Settings

from ansinh.people.identity_providers.authorization import Begun, begin, finish
from ansinh.people.identity_providers.providers import Provider, provider
from ansinh.people.identity_providers.refusals import IdentityRefused
from ansinh.platform.secrets import secret
from ansinh.web.clock import now

BACK = "http://localhost:8000/dang-nhap/qua/peer/ve"
pytestmark = [pytest.mark.peer, pytest.mark.skipif(shutil.which("npm") is None, reason="Node with npm is missing")]


@pytest.fixture
def issuer(installed: Path, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The running provider, which knows our client by the installation's secret."""
    settings.SECRETS_DIR, settings.CLOCK = tmp_path, None
    environment = {**os.environ, "CLIENT_SECRET": secret("oidc-peer", folder=tmp_path)}
    command = ["node", "identity-provider.mjs", BACK]
    with subprocess.Popen(
        command, cwd=installed, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield str(json.loads(process.stdout.readline())["issuer"])
        finally:
            process.kill()


class Browser:
    """Follows the provider's redirects, keeps its cookies, and fills in its pages."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}

    def sign_in(self, address: str, *, login: str) -> str:
        """Sign in and agree; the address the provider sends us back to."""
        page, here = self._follow(address)
        for prompt in ("login", "consent"):
            if page is None:
                break
            form = {"prompt": prompt, **({"login": login, "password": "any"} if prompt == "login" else {})}
            action = re.search(r'action="([^"]+)"', page)
            assert action is not None, page
            page, here = self._follow(urljoin(here, action[1]), form)
        assert page is None, page
        return here

    def _follow(self, address: str, form: dict[str, str] | None = None) -> tuple[str | None, str]:
        for _ in range(10):
            if address.startswith(BACK):
                return None, address
            answer, body = self._ask(address, form)
            if answer.status not in {302, 303}:
                assert answer.status == 200, body
                return body, address
            address, form = urljoin(address, answer.headers["Location"]), None
        raise AssertionError("the provider redirects for ever")

    def _ask(self, address: str, form: dict[str, str] | None) -> tuple[HTTPResponse, str]:
        place = urlsplit(address)
        connection = HTTPConnection(place.hostname or "", place.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form)
        target = f"{place.path}?{place.query}" if place.query else place.path
        connection.request("GET" if form is None else "POST", target, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        connection.close()
        return answer, text


def at_peer(like: str, issuer: str) -> Provider:
    """A known provider, played by the peer."""
    days = {"from": now().date().replace(year=2020), "to": now().date().replace(year=2040)}
    facts = {"like": like, "issuer": issuer, "client_id": "ansinh", "acr_values": "", **days}
    return provider("peer", facts)


def code_of(begun: Begun, login: str) -> str:
    """The code that comes back, with our state."""
    back = parse_qs(urlsplit(Browser().sign_in(begun.address, login=login)).query)
    assert back["state"] == [begun.state]
    return back["code"][0]


@pytest.mark.parametrize(("like", "login", "level"), [("national-portal", "portal-1", 2), ("vneid", "vneid-1", 1)])
def test_a_sign_in_with_the_claims_of_the_standards(issuer: str, like: str, login: str, level: int) -> None:
    chosen = at_peer(like, issuer)
    begun = begin(chosen, redirect_uri=BACK)
    code = code_of(begun, login)
    found = finish(
        chosen, code=code, nonce=begun.nonce, verifier=begun.verifier, redirect_uri=BACK, at=now()
    )  # fmt: skip
    assert (found.subject, found.personal_number, found.full_name, found.level) == (
        login, "090190000018", "Trần Thị Mai Lan", level,
    )  # fmt: skip


@pytest.mark.parametrize("stolen", ["verifier", "nonce"])
def test_a_stolen_code_or_a_foreign_nonce_signs_nobody_in(issuer: str, stolen: str) -> None:
    chosen = at_peer("vneid", issuer)
    begun = begin(chosen, redirect_uri=BACK)
    values = {"nonce": begun.nonce, "verifier": begun.verifier} | {stolen: "x" * 43}
    with pytest.raises(IdentityRefused):
        finish(chosen, code=code_of(begun, "vneid-1"), redirect_uri=BACK, at=now(), **values)
