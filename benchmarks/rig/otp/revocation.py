"""Whether a victim gets in while others guess, and how soon everything old stops after a new password."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from benchmarks.rig.figures import percentile
from benchmarks.rig.otp.browser import Browser, network
from benchmarks.rig.otp.guesses import reset
from benchmarks.rig.otp.people import PASSWORD, Known

AIM_SECONDS = 1.0
_SIGNED_IN = "/ho-so"


def not_locked_out(port: int, victim: Known, *, guesses: int) -> bool:
    """Eight networks guess one person's password while the person signs in from another."""

    def attack(number: int) -> int:
        browser = Browser(port, network(number % 8, block=150))
        return browser.post("/dang-nhap", {"login": victim.login, "password": f"sai {number}"}).status

    def sign_in(number: int) -> bool:
        return signed_in(port, victim, block=151, number=number) is not None

    with ThreadPoolExecutor(6) as threads:
        attacks = [threads.submit(attack, number) for number in range(guesses)]
        entered = [threads.submit(sign_in, number) for number in range(5)]
        refused = sum(one.result() != 302 for one in attacks)
        let_in = sum(one.result() for one in entered)
    print(f"lock-out: {refused} of {guesses} guesses refused; the victim signed in {let_in} of 5 times meanwhile")
    return refused == guesses and let_in == 5


def revoked(port: int, people: list[Known]) -> bool:
    """Session and token of each person after a new password was set with a code."""
    waits = [_wait_until_refused(port, one, number) for number, one in enumerate(people)]
    print(f"revocation: {len(people)} sessions and tokens, refused after at most {max(waits):.3f} s, "
          f"p99 {percentile(waits, 0.99):.3f} s (aim ≤ {AIM_SECONDS:.0f} s)")  # fmt: skip
    return max(waits) <= AIM_SECONDS


def signed_in(port: int, who: Known, *, block: int, number: int = 0) -> Browser | None:
    """A browser in which this person has signed in; None when refused."""
    browser = Browser(port, network(number, block=block))
    answer = browser.post("/dang-nhap", {"login": who.login, "password": PASSWORD})
    return browser if answer.status == 302 else None


def _wait_until_refused(port: int, who: Known, number: int) -> float:
    browser = signed_in(port, who, block=152, number=number)
    token = _token(port, who)
    assert browser is not None
    assert browser.get(_SIGNED_IN).status == 200
    assert _token_works(port, token)
    answer = reset(port, who, block=153 + number % 20)
    assert answer.status == 302, answer.body
    began = time.monotonic()
    while time.monotonic() < began + 10:
        if browser.get(_SIGNED_IN).status == 302 and not _token_works(port, token):
            break
    return time.monotonic() - began


def _token(port: int, who: Known) -> str:
    status, body = _api(port, "POST", "/api/v1/tokens", {"login": who.login, "password": PASSWORD})
    assert status == 201, body
    return str(json.loads(body)["token"])


def _token_works(port: int, token: str) -> bool:
    return _api(port, "GET", "/api/v1/dossiers", None, Authorization=f"Bearer {token}")[0] != 401


def _api(port: int, method: str, path: str, values: dict[str, str] | None, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    sent = {"Host": "localhost", "Content-Type": "application/json"} | headers
    connection.request(method, path, body=json.dumps(values) if values else None, headers=sent)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text
