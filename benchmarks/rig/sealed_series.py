"""The run of `./bench sealed`."""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from random import Random
from typing import Final
from unittest.mock import patch
from uuid import UUID

from django.db import connection, transaction

from ansinh.people.models import Person
from ansinh.platform.identifiers import uuid7
from ansinh.platform.postgres.binaries import find
from ansinh.platform.row_security.viewer import as_the_house, at_any_counter
from ansinh.platform.sealed_fields import envelope, keys, rows
from ansinh.platform.sealed_fields.copied import sealer
from ansinh.platform.sealed_fields.envelope import SealBroken
from benchmarks.rig.figures import milliseconds
from benchmarks.rig.scratch import CHECKOUT

SEARCHES: Final = 2_000
COLUMNS: Final = "id, full_name, search_key, date_of_birth, sex, nationality, personal_id_number, bank_account"
REST: Final = "id_issue_place, si_number, phone, email, contact_address, updated_at"


def measure(wanted: argparse.Namespace) -> bool:
    """Whether all that is promised held."""
    random = Random(wanted.seed)
    with ExitStack() as stack:
        stack.enter_context(as_the_house())
        if wanted.sabotage:
            stack.enter_context(patch.object(envelope, "_place", lambda *place: b"anywhere"))
        people = _people(wanted.people)
        _costs()
        _search(people, random)
        wrong = 0 if wanted.sabotage else _renewed(people, wanted, random)  # another process knows no sabotage
        opened = _swapped(people, wanted.swaps, random)
        seen = _in_dump(people)
    print(f"wrong or not found {wrong}, moved values that opened {opened} of {2 * wanted.swaps}, in pg_dump {seen}")
    return not (wrong or opened or seen)


def _people(count: int) -> dict[UUID, str]:
    """So many people by COPY; answers the number of each."""
    made = {uuid7(): f"0991{number:08d}" for number in range(count)}
    number = sealer(Person, "personal_id_number")
    account = Person._meta.get_field("bank_account")
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.cursor.copy(f"COPY people_person ({COLUMNS}, {REST}) FROM STDIN") as copy:
            for row, one in made.items():
                copy.write_row(
                    (row, "Trần Thị Lan", "tran thi lan", "1990-05-04", "female", "VN", number(row, one),
                     account.sealed(Person(pk=row), _bank(one)), "", "", "", "", "{}", "2026-01-02T00:00:00Z")
                )  # fmt: skip
        cursor.execute("ANALYZE people_person")
    print(f"COPY of {count} people with two sealed values each: {time.perf_counter() - began:.1f} s")
    return made


def _bank(number: str) -> dict[str, str]:
    return {"bank": "970405", "holder": "TRAN THI LAN", "number": f"39{number}"}


def _costs() -> None:
    """Of one value, in this process alone."""
    row, column = uuid7(), "people_person.personal_id_number"
    index = envelope.blind_index("personal-id", "099100000001")
    one = envelope.seal("099100000001", column=column, row=row, index=index)
    done = {
        "seal": lambda: envelope.seal("099100000001", column=column, row=row, index=index),
        "open": lambda: envelope.unseal(one, column=column, row=row),
        "index": lambda: envelope.blind_index("personal-id", "099100000001"),
    }
    costs = ", ".join(f"{name} {_thousand(work):.1f} ms" for name, work in done.items())
    print(f"1,000 values: {costs}; {len(one)} octets for a number of 12")


def _thousand(work: Callable[[], object]) -> float:
    """Milliseconds of a thousand times, the best of five."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(1_000):
            work()
        best = min(best, time.perf_counter() - began)
    return best * 1_000


def _search(people: dict[UUID, str], random: Random) -> None:
    """By number, as an officer at a counter of the application's role."""
    numbers = list(people.values())
    spent = []
    with connection.cursor() as cursor, at_any_counter():
        cursor.execute("SET ROLE ansinh_application")
        for _ in range(SEARCHES):
            began = time.perf_counter()
            found = Person.objects.get(personal_id_number=random.choice(numbers))
            spent.append(time.perf_counter() - began)
            assert people[found.pk] == found.personal_id_number
        plan = Person.objects.filter(personal_id_number=numbers[0]).explain()
        cursor.execute("RESET ROLE")
    print(f"search by number behind the wall: {milliseconds(spent)}; {plan.splitlines()[0].split('(')[0].strip()}")


def _renewed(people: dict[UUID, str], wanted: argparse.Namespace, random: Random) -> int:
    """Change the key with kills and traffic; answers how many values are wrong, not found, or under the old key."""
    version = keys.add_version()
    over = threading.Event()
    traffic = threading.Thread(target=_traffic, args=(people, over, Random(wanted.seed)))
    traffic.start()
    for _ in range(wanted.kills):
        renewal = _renewal(batch=100)
        time.sleep(random.random() * 0.3)
        renewal.send_signal(signal.SIGKILL)
        renewal.wait()
    left = sum(count for one in rows.sealed_columns() for held, count in rows.versions(one).items() if held != version)
    last, began = _renewal(batch=2_000), time.perf_counter()
    assert last.wait() == 0
    spent = time.perf_counter() - began
    over.set()
    traffic.join()
    print(
        f"{wanted.kills} kills of the renewal, then {left} values in {spent:.1f} s: {left / spent:.0f}/s with traffic"
    )
    wrong = sum(count for one in rows.sealed_columns() for held, count in rows.versions(one).items() if held != version)
    for row in Person.objects.filter(pk__in=people).iterator():
        right = people[row.pk]
        wrong += (row.personal_id_number, row.bank_account["number"]) != (right, f"39{right}")
        wrong += bytes(row.personal_id_key) != envelope.blind_index("personal-id", right)
    return wrong + len(rows.faults())


def _renewal(*, batch: int) -> subprocess.Popen[bytes]:
    """A renewal that is under way."""
    name = str(connection.settings_dict["NAME"])
    address = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    environment = {**os.environ, "DATABASE_URL": address}
    begun = subprocess.Popen(
        [sys.executable, "-m", "ansinh.cli", "migrate", "--renew", "--batch", str(batch)],
        cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert begun.stdout is not None
    begun.stdout.read(1)  # the first batch is sealed
    return begun


def _traffic(people: dict[UUID, str], over: threading.Event, random: Random) -> None:
    """Rows are read and written all the time, some with another number."""
    known, spare = list(people), iter(range(99_000_000, 100_000_000))
    with as_the_house():
        while not over.is_set():
            row = Person.objects.get(pk=random.choice(known))
            assert row.personal_id_number == people[row.pk]
            if random.random() < 0.3:
                number = f"0991{next(spare):08d}"
                row.personal_id_number, row.bank_account = number, _bank(number)
                row.save()
                people[row.pk] = number
    connection.close()


def _swapped(people: dict[UUID, str], pairs: int, random: Random) -> int:
    """Exchange the accounts of pairs of rows; answers how many opened where they do not belong."""
    chosen = random.sample(list(people), 2 * pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person one SET bank_account = other.bank_account FROM people_person other,"
            " unnest(%s::uuid[], %s::uuid[]) AS pair(a, b) WHERE one.id = pair.a AND other.id = pair.b",
            [chosen, chosen[pairs:] + chosen[:pairs]],
        )
    opened = 0
    for row in Person.objects.filter(pk__in=chosen):
        try:
            opened += bool(row.bank_account)
        except SealBroken:
            continue
    return opened


def _in_dump(people: dict[UUID, str]) -> int:
    """How many of the numbers stand in a dump of the whole database, open or as hexadecimal octets."""
    name = str(connection.settings_dict["NAME"])
    address = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    dump = subprocess.run([find().program("pg_dump"), address], capture_output=True, check=True).stdout
    spelled = {bytes.fromhex(found.decode()) for found in re.findall(rb"30393931(?:3[0-9]){8}", dump)}
    seen = ({number.encode() for number in people.values()}) & ({*re.findall(rb"0991[0-9]{8}", dump)} | spelled)
    print(f"pg_dump of {len(dump) / 1_000_000:.0f} MB, searched for {len(people)} numbers")
    return len(seen)
