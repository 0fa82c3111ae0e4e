"""The pages of `./bench desk`: queues, search and the numbers, asked by officers who are signed in."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from random import Random

from django.db import OperationalError, connection

from ansinh.demo.fill import NO_PASSWORD, fill
from ansinh.people.models import Account, Assignment, Officer, Role
from ansinh.platform.row_security.viewer import as_the_house
from benchmarks.rig.desk_histories import add_everything_up
from benchmarks.rig.figures import milliseconds, percentile
from benchmarks.rig.installation import Installation
from benchmarks.rig.load import Client, Outcome, request_bytes, run
from benchmarks.rig.page_series import Asked, cookies, pages, signed_in, statements

AIM = 0.200
EVERY = 1.0
"""Seconds between two requests of a client."""
TRIES = 10
SEEING = (
    ("lanhdao-bench", "04401", Role.LEADER), ("tinh-bench", "04400", Role.PROVINCIAL_DIRECTOR),
    ("trung-uong-bench", "00000", Role.CENTRAL),
)  # fmt: skip


@as_the_house()
def fill_world(wanted: argparse.Namespace) -> None:
    """The world, its counts added up, and officers who see an office, a province and the country."""
    began = time.monotonic()
    print(_filled(wanted))
    print(f"filled in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    add_everything_up()
    print(f"facts added up in {time.monotonic() - began:.1f} s; {_cells()}")
    for login, office, role in SEEING:
        account, is_new = Account.objects.get_or_create(
            login=login,
            defaults={
                "display_name": login,
                "state": "active",
                "password": NO_PASSWORD,
                "created_at": datetime.now(UTC),
                "activated_at": datetime.now(UTC),
            },
        )
        if is_new:
            officer = Officer.objects.create(account=account, full_name="Người Đo", title_vi="Lãnh đạo")
            Assignment.objects.create(
                officer=officer, office_code=office, function="benefits", role=role, valid_from=date(2026, 1, 1)
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) statistics_fact, statistics_daycount, statistics_monthcount")


def _filled(wanted: argparse.Namespace) -> str:
    """The filling drops indexes beside a worker that works: a deadlock undoes it whole, and it is begun again."""
    for _ in range(TRIES):
        try:
            return fill(people=wanted.people, dossiers=wanted.dossiers, seed=wanted.seed, at=datetime.now(UTC))
        except OperationalError as lost:
            print(f"begun again: {str(lost).splitlines()[0]}")
            time.sleep(EVERY)
    raise SystemExit("the world could not be filled beside the worker")


def _cells() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM statistics_daycount), (SELECT count(*) FROM statistics_monthcount)"
        )
        days, months = cursor.fetchone()
    return f"{days} cells of days, {months} of months"


def measure(installation: Installation, wanted: argparse.Namespace) -> bool:
    """Ask every page once a second from each client; whether each keeps its aim and none fails."""
    kept = True
    for one in _asked(Random(wanted.seed)):
        count = statements(one)
        requests = [request_bytes("GET", one.address(), headers=cookies(one)) for _ in range(wanted.requests)]
        run(installation.port, requests[:16], clients=8)
        outcome = asyncio.run(_paced(installation.port, iter(requests), wanted.clients))
        slow = percentile(outcome.times, 0.99)
        good = not outcome.errors and slow <= AIM
        kept = kept and good
        errors = f"  {dict(outcome.statuses)}" if outcome.errors else ""
        aim = f"  aim ≤ {AIM * 1000:.0f} ms: {'kept' if good else 'MISSED'}"
        print(f"{one.name:34} {milliseconds(outcome.times)}  {count:3} SQL{aim}{errors}", flush=True)
    return kept


async def _paced(port: int, requests: Iterator[bytes], clients: int) -> Outcome:
    """Each client asks at its moments, spread over the second; what comes late is counted from its moment."""
    outcome, began = Outcome(), time.perf_counter()

    async def work(place: int) -> None:
        client, due = Client(port), began + EVERY * place / clients
        for request in requests:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                reply = await client.send(request)
            except (OSError, EOFError, asyncio.LimitOverrunError):
                outcome.statuses[0] += 1
                client.drop()
            else:
                outcome.times.append(time.perf_counter() - due)
                outcome.statuses[reply.status] += 1
            due += EVERY
        client.drop()

    await asyncio.gather(*(work(place) for place in range(clients)))
    outcome.seconds = time.perf_counter() - began
    return outcome


def _asked(random: Random) -> list[Asked]:
    office, province, centre = (signed_in(login).session for login, _, _ in SEEING)
    year = datetime.now(UTC).year

    def page(address: str) -> Callable[[], str]:
        return lambda: address

    numbers = [
        Asked("numbers of an office", office, page("/can-bo/so-lieu"), judged=True),
        Asked("numbers of a province, year", province, page(f"/can-bo/so-lieu?ky={year}"), judged=True),
        Asked("numbers of the country", centre, page("/can-bo/so-lieu"), judged=True),
        Asked("numbers of the country, year", centre, page(f"/can-bo/so-lieu?ky={year}"), judged=True),
        Asked(
            "numbers of one service", centre, page(f"/can-bo/so-lieu?ky={year}&thu-tuc=che-do-thai-san"), judged=True
        ),
        Asked("electronic rate, country", centre, page("/can-bo/so-lieu/giao-dich-dien-tu"), judged=True),
        Asked("forecast of a province", province, page("/can-bo/so-lieu/du-bao"), judged=True),
        Asked("real time of a service", "", page("/dich-vu/che-do-thai-san/thuc-te?tinh=44"), judged=True),
    ]
    return [one for one in pages(random) if one.judged] + numbers
