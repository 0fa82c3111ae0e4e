"""The pages of `./bench pages`, asked by people and officers who are signed in."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.utils.http import urlencode

from ansinh.demo.fill import fill
from ansinh.people.doors.sessions import begin
from ansinh.people.models import Account
from ansinh.web.sessions import SIGNED_IN
from benchmarks.rig.figures import milliseconds, percentile
from benchmarks.rig.installation import Installation
from benchmarks.rig.load import request_bytes, run

AIM = 0.150
OFFICER = "chuyenvien"
COUNTER = "tiepnhan"


@dataclass(frozen=True)
class Asked:
    """A page: who asks, its address (made anew for each request), and whether the aim judges it."""

    name: str
    session: str
    address: Callable[[], str]
    judged: bool = False


def measure(installation: Installation, wanted: argparse.Namespace) -> bool:
    """Ask every page; whether each judged one keeps its aim and none fails."""
    began = time.monotonic()
    print(fill(people=wanted.people, dossiers=wanted.dossiers, seed=wanted.seed, at=datetime.now(UTC)))
    print(f"filled in {time.monotonic() - began:.0f} s")
    kept = True
    for one in pages(Random(wanted.seed)):
        count = statements(one)
        asked = [request_bytes("GET", one.address(), headers=cookies(one)) for _ in range(wanted.requests)]
        run(installation.port, asked[:16], clients=8)
        outcome = run(installation.port, asked, clients=wanted.clients)
        slow = percentile(outcome.times, 0.99)
        good = not outcome.errors and (slow <= AIM or not one.judged)
        kept = kept and good
        aim = "" if not one.judged else f"  aim ≤ {AIM * 1000:.0f} ms: {'kept' if good else 'MISSED'}"
        errors = f"  {dict(outcome.statuses)}" if outcome.errors else ""
        print(f"{one.name:34} {milliseconds(outcome.times)}  {count:3} SQL{aim}{errors}")
    return kept


def pages(random: Random) -> list[Asked]:
    """Main pages; an officer's queues and search are judged."""
    citizen, officer, counter = _citizen(), signed_in(OFFICER), signed_in(COUNTER)
    own = _rows("SELECT id FROM dossiers_dossier WHERE account_id = %s LIMIT 20", [citizen.account])
    office = _rows(
        "SELECT id, number, si_number, applicant_name FROM dossiers_dossier WHERE office_code = '04401'"
        " AND procedure <> 'dang-ky-gdt-ca-nhan' ORDER BY id LIMIT 500", [],
    )  # fmt: skip
    at_work = _rows(
        "SELECT id FROM dossiers_dossier WHERE office_code = '04401' AND stage_role = 'benefit_officer'"
        " AND closed_at IS NULL ORDER BY id LIMIT 500", [],
    )  # fmt: skip

    def search(text: Callable[[], str]) -> Callable[[], str]:
        return lambda: f"/can-bo/tim?{urlencode({'q': text()})}"

    def some(column: int) -> str:
        return str(random.choice(office)[column])

    return [
        Asked("home", "", lambda: "/"),
        Asked("services", "", lambda: "/dich-vu"),
        Asked("service", "", lambda: "/dich-vu/che-do-thai-san"),
        Asked("my dossiers", citizen.session, lambda: "/ho-so"),
        Asked("dossier", citizen.session, lambda: f"/ho-so/{random.choice(own)[0]}"),
        Asked("officer queue", officer.session, lambda: "/can-bo", judged=True),
        Asked("officer queue, late", officer.session, lambda: "/can-bo?viec=tre-han", judged=True),
        Asked("officer queue, just supplemented", officer.session, lambda: "/can-bo?viec=vua-bo-sung", judged=True),
        Asked("officer queue, one procedure", officer.session, lambda: "/can-bo?thu-tuc=che-do-thai-san", judged=True),
        Asked("officer queue, tenth page", officer.session, lambda: "/can-bo?tu=500", judged=True),
        Asked("counter queue", counter.session, lambda: "/can-bo", judged=True),
        Asked("search by number", officer.session, search(lambda: some(1)), judged=True),
        Asked("search by first number", officer.session, search(lambda: str(random.randrange(1, 9999))), judged=True),
        Asked("search by SI number", officer.session, search(lambda: some(2)), judged=True),
        Asked("search by name", officer.session, search(lambda: some(3)), judged=True),
        Asked("search by a common name", officer.session, search(lambda: "nguyen thi"), judged=True),
        Asked("search by two letters", officer.session, search(lambda: "an"), judged=True),
        Asked("search, nobody", officer.session, search(lambda: "xyz khong ai"), judged=True),
        Asked("officer dossier", officer.session, lambda: f"/can-bo/ho-so/{random.choice(at_work)[0]}"),
    ]


@dataclass(frozen=True)
class _Who:
    account: Any
    session: str


def _citizen() -> _Who:
    return signed_in(Account.objects.get(person__si_number="9800000000").login)


def signed_in(login: str) -> _Who:
    """A session of this account."""
    account = Account.objects.get(login=login)
    session = SessionStore()
    officer = account.person_id is None
    session[SIGNED_IN] = str(
        begin(account, method="password", factor="totp" if officer else "", device="", network="", at=datetime.now(UTC))
    )
    session.create()
    return _Who(account.pk, str(session.session_key))


def cookies(one: Asked) -> list[str]:
    """The header that says who asks."""
    return [f"Cookie: sessionid={one.session}"] if one.session else []


def statements(one: Asked) -> int:
    """SQL statements of one request in this process; the first request fills what is kept in memory."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if one.session:
        client.cookies["sessionid"] = one.session
    client.get(one.address())
    seen = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        client.get(one.address())
    return seen


def _rows(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
