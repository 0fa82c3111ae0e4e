"""The run of `./bench rls`: the matrix of tables and viewers, then many viewers on few connections."""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from copy import deepcopy
from pathlib import Path
from queue import Queue
from random import Random
from typing import Any, Final
from unittest.mock import patch

from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from ansinh.dossiers.models import Dossier
from ansinh.platform.row_security.backend import base
from ansinh.platform.row_security.roles import APPLICATION
from ansinh.platform.row_security.viewer import NOBODY, as_the_house, viewing
from ansinh.walls.build import table_of
from ansinh.walls.register import walls
from benchmarks.rig.pooler import pooler, through
from benchmarks.rig.rls_world import Peopled, Someone, peopled

SHOWN: Final = 20
_LEFT: Final = "SELECT " + " || ".join(f"coalesce(current_setting('{name}', true), '')" for name in NOBODY.settings())


def measure(folder: Path, wanted: argparse.Namespace) -> bool:
    """Whether nobody saw or changed anything that was not theirs."""
    with ExitStack() as stack:
        with as_the_house():
            world = peopled(folder)
        if wanted.sabotage:
            stack.enter_context(_sabotaged())
        leaks = _matrix(world)
        bled = _interleaved(world, wanted)
    for leak in [*leaks[:SHOWN], *bled[:SHOWN]]:
        print(f"  {leak}")
    return not leaks and not bled


def _matrix(world: Peopled) -> list[str]:
    cells, leaks = 0, []
    for someone in world.viewers:
        for label in walls():
            with _as_application(), viewing(someone.viewer):
                seen = frozenset(apps.get_model(label)._default_manager.values_list("pk", flat=True))
                strange = seen & someone.must_not_see[label] if label in someone.must_not_see else frozenset()
                leaks += [f"{someone.name} sees {len(strange)} rows of {label}"] if strange else []
                missing = someone.must_see[label] - seen
                leaks += [f"{someone.name} misses {len(missing)} rows of {label}"] if missing else []
                leaks += [f"{someone.name} {fault}" for fault in _writes(label, someone)]
            cells += 4
    print(f"tables {len(walls())}, viewers {len(world.viewers)}, cells {cells}, leaks {len(leaks)}")
    return leaks


def _writes(label: str, someone: Someone) -> Iterator[str]:
    """Changes of rows that must not be touched; each is undone."""
    rows = list(someone.must_not_see.get(label, ()))
    model = apps.get_model(label)
    table, key = table_of(label), model._meta.pk.column
    for verb in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{verb} WHERE {key} = ANY(%s)", [rows])
                changed = cursor.rowcount
                transaction.set_rollback(True)
        except DatabaseError:
            continue  # not granted at all, or a row hangs on it: refused either way
        if changed:
            yield f"could {verb.split()[0]} {changed} rows of {label}"


def _interleaved(world: Peopled, wanted: argparse.Namespace) -> list[str]:
    """Through the program's own pool of connections; or each thread with one to a pooler that has as few."""
    if not wanted.pooler:
        return _asked(world, wanted, [_pooled() for _ in range(wanted.connections)])
    with pooler(wanted.connections) as folder:
        return _asked(world, wanted, [through(folder) for _ in range(wanted.threads)])


def _asked(world: Peopled, wanted: argparse.Namespace, given: list[Any]) -> list[str]:
    pool: Queue[Any] = Queue()
    for one in given:
        pool.put(one)
    faults: list[str] = []
    asked: Counter[str] = Counter()
    share = -(-wanted.requests // wanted.threads)
    threads = [
        threading.Thread(target=_asks, args=(world, pool, share, Random(wanted.seed * 1000 + n), faults, asked))
        for n in range(wanted.threads)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    while not pool.empty():
        pool.get().close()
    print(f"interleaved requests {sum(asked.values())} in {took:.0f} s: {dict(sorted(asked.items()))}")
    kind = "of PgBouncer " if wanted.pooler else ""
    print(f"connections {kind}{wanted.connections}, threads {wanted.threads}, bled {len(faults)}")
    return faults


def _asks(world: Peopled, pool: Queue[Any], count: int, random: Random, faults: list[str], asked: Counter[str]) -> None:
    for _ in range(count):
        someone, way = random.choice(world.viewers), random.choice(list(WAYS))
        wrapper = pool.get()
        connections["default"] = wrapper
        try:
            with viewing(someone.viewer):
                seen = WAYS[way](random.choice(world.viewers))
            asked[way] += 1
            if seen != someone.must_see["dossiers.Dossier"]:
                faults.append(f"{way}: {someone.name} saw {len(seen)} dossiers")
            left = wrapper.connection.execute(_LEFT).fetchone()[0]
            if left:
                faults.append(f"{way}: {someone.name} left {left!r} on the connection")
        finally:
            pool.put(wrapper)


def _alone(other: Someone) -> frozenset[Any]:
    return frozenset(Dossier.objects.values_list("pk", flat=True))


def _in_transaction(other: Someone) -> frozenset[Any]:
    with transaction.atomic():
        return _alone(other)


def _undone(other: Someone) -> frozenset[Any]:
    with transaction.atomic():
        seen = _alone(other)
        transaction.set_rollback(True)
    return seen


def _after_an_error(other: Someone) -> frozenset[Any]:
    for block in (transaction.atomic(), nullcontext()):
        with suppress(DatabaseError), block, connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    return _alone(other)


def _beside_another(other: Someone) -> frozenset[Any]:
    with transaction.atomic():
        with viewing(other.viewer):
            _alone(other)
        return _alone(other)


def _back_from_a_savepoint(other: Someone) -> frozenset[Any]:
    with transaction.atomic():
        before = _alone(other)
        with viewing(other.viewer), transaction.atomic():
            _alone(other)
            transaction.set_rollback(True)
        return _alone(other) | before


def _in_pieces(other: Someone) -> frozenset[Any]:
    return frozenset(Dossier.objects.values_list("pk", flat=True).iterator(chunk_size=1))


WAYS: Final[dict[str, Callable[[Someone], frozenset[Any]]]] = {
    "alone": _alone,
    "in a transaction": _in_transaction,
    "undone": _undone,
    "after an error": _after_an_error,
    "beside another": _beside_another,
    "back from a savepoint": _back_from_a_savepoint,
    "in pieces": _in_pieces,
}


def _pooled() -> Any:
    """A connection with the application's role that threads may pass on."""
    wrapper = connections.create_connection("default")
    wrapper.settings_dict = deepcopy(connection.settings_dict)
    wrapper.settings_dict["OPTIONS"]["assume_role"] = APPLICATION
    wrapper.inc_thread_sharing()
    wrapper.ensure_connection()
    return wrapper


@contextmanager
def _as_application() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@contextmanager
def _sabotaged() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_insuredperson DISABLE ROW LEVEL SECURITY")
    with patch.object(base, "_TELL", base._TELL.replace("true", "false")):
        yield
