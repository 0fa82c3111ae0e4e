"""Threads that change states, a thread that ends their backends, and the count afterwards."""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Final
from uuid import UUID

import psycopg
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from ansinh.people.models import Account
from ansinh.platform.actor_context import acting_as
from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealed_fields.copied import sealer
from ansinh.proof.reconcile import actor_gaps, transition_gaps

THREADS: Final = 8
ROWS: Final = 400
STATES: Final = ("pending", "active", "closed")
# `display_name` holds how many states the row has had: it grows in the statement that changes the state.
RAW: Final = """
UPDATE people_account SET state = %s, display_name = (display_name::int + 1)::text WHERE id = %s AND state <> %s
"""
KILL: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1
"""
COUNTED: Final = "SELECT coalesce(sum(display_name::int), 0) FROM people_account"
WRITTEN: Final = "SELECT count(*) FROM platform_auditevent WHERE \"table\" = 'people_account'"


def measure(wanted: argparse.Namespace) -> bool:
    """Whether the committed transitions and the events are the same."""
    with transaction.atomic(), acting_as("job:bench"):
        _make(ROWS)
    rows = list(Account.objects.values_list("pk", flat=True))
    tried = wanted.changes // THREADS
    told: list[Counter[str]] = [Counter() for _ in range(THREADS)]
    threads = [
        threading.Thread(target=_change, args=(rows, tried, Random(wanted.seed * 1000 + n), told[n]))
        for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    kills = _kill(wanted.kills, threads)
    for thread in threads:
        thread.join()
    if wanted.sabotage:
        _past_the_triggers(rows[0])
    return _count(sum(told, Counter()), kills)


def _count(done: Counter[str], kills: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        transitions = cursor.fetchone()[0]
        cursor.execute(WRITTEN)
        events = cursor.fetchone()[0]
    gaps = [*transition_gaps(), *actor_gaps()]
    print(f"transactions {dict(done)}; backends ended {kills}")
    print(f"transitions committed {transitions}, events {events}, difference {transitions - events}")
    print(f"rows or actors that do not fit {len(gaps)}")
    for gap in gaps[:5]:
        print(f"  {gap}")
    return transitions == events and not gaps and kills > 0 and transitions > ROWS


def _change(rows: list[UUID], tried: int, random: Random, told: Counter[str]) -> None:
    ways: tuple[Callable[[list[UUID], Random], None], ...] = (_by_orm, _by_sql, _in_bulk, _by_copy)
    for _ in range(tried):
        way = random.choice(ways)
        try:
            with transaction.atomic(), acting_as("job:bench"):
                way(rows, random)
                if random.random() < 0.1:
                    transaction.set_rollback(True)
        except (DatabaseError, InterfaceError, psycopg.Error):  # COPY lets the driver's own errors through
            told["broken"] += 1
            connection.close()
        else:
            told[way.__name__.removeprefix("_")] += 1
    connection.close()


def _by_orm(rows: list[UUID], random: Random) -> None:
    account = Account.objects.select_for_update().get(pk=random.choice(rows))
    state = random.choice(STATES)
    if account.state != state:
        account.state, account.display_name = state, str(int(account.display_name) + 1)
        account.save()


def _by_sql(rows: list[UUID], random: Random) -> None:
    state = random.choice(STATES)
    with connection.cursor() as cursor:
        cursor.execute(RAW, [state, random.choice(rows), state])


def _in_bulk(rows: list[UUID], random: Random) -> None:
    wanted = sorted(random.sample(rows, 20))
    accounts = list(Account.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    for account in accounts:
        state = random.choice(STATES)
        if account.state != state:
            account.state, account.display_name = state, str(int(account.display_name) + 1)
    Account.objects.bulk_update(accounts, ["state", "display_name"])


def _by_copy(rows: list[UUID], random: Random) -> None:
    _make(random.randrange(1, 5))


def _make(count: int) -> None:
    """New accounts by COPY; each has had one state."""
    columns = "id, login, password, state, phone, email, display_name, language, created_at, activated_at"
    now, login = timezone.now(), sealer(Account, "login")  # noqa: TID251 - a measurement
    with connection.cursor() as cursor, cursor.copy(f"COPY people_account ({columns}) FROM STDIN") as copy:
        for _ in range(count):
            new = uuid7()
            copy.write_row((new, login(new, f"b:{new.hex}"), "!", "pending", "", "", "1", "vi", now, now))


def _kill(kills: int, threads: list[threading.Thread]) -> int:
    done = 0
    while done < kills and any(thread.is_alive() for thread in threads):
        time.sleep(0.02)
        with connection.cursor() as cursor:
            cursor.execute(KILL)
            done += len(cursor.fetchall())
    return done


def _past_the_triggers(row: UUID) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(RAW.replace("state <> %s", "%s <> ''"), ["closed", row, "x"])
