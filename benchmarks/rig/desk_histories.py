"""Dossiers that live through random steps by raw SQL while what counts them is killed; then the counts are recounted.

Each step is a transaction of its own; one that a kill took away is simply tried no further. Nothing here knows which
steps were done: the tables say it, counted once by the database's own recount and once by other queries.
"""

from __future__ import annotations

import argparse
import os
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from random import Random
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection, connections

from ansinh.platform.row_security.viewer import as_the_house
from ansinh.statistics.fold import differences, fold, fold_all
from ansinh.statistics.models import Fact
from benchmarks.rig.aside import put_guards_aside, put_guards_back
from benchmarks.rig.installation import Installation
from benchmarks.rig.killer import REST

CLIENTS: Final = 8
SHOWN: Final = 10
OFFICES: Final = ("04401", "04400", "00100", "07900")
PROCEDURES: Final = ("che-do-thai-san", "gia-han-the-bhyt", "huong-bhxh-mot-lan")
CHANNELS: Final = ("portal", "national_portal", "ivan", "counter", "post")
DAY: Final = "timestamptz '2026-08-01 01:00+00' + %(hours)s * interval '1 hour'"
FILE: Final = f"""
INSERT INTO dossiers_dossier (id, number, home_office, office_code, chosen_office, version_id, procedure, owner_id,
    applicant_name, applicant_key, applicant_born, si_number, phone, email, answers, digest, draft_id, channel, state,
    stage, stage_role, urgent, submitted_at, results_due, last_event_at)
SELECT %(id)s, %(number)s, %(office)s, %(office)s, %(office)s, %(version)s, %(procedure)s, %(owner)s, 'Bà Mẫu',
    'ba mau', '', '', '', '', '{{}}', repeat('0', 64), gen_random_uuid(), %(channel)s, 'submitted', 'intake',
    'intake_officer', false, {DAY}, '[]', {DAY}
"""
EVENT: Final = """
INSERT INTO dossiers_dossierevent (dossier_id, at, kind, actor, actor_name, actor_title, office_code, facts, public)
SELECT id, last_event_at, %(kind)s, 'system', 'Hệ thống', '', office_code, '{}', true FROM dossiers_dossier
WHERE id = %(id)s
"""
STEPS: Final[dict[str, tuple[str, ...]]] = {
    "accept": (
        """UPDATE dossiers_dossier SET state = 'in_progress', accepted_at = submitted_at + interval '30 hours',
        results_due = jsonb_build_array(jsonb_build_object('on', (submitted_at + %(days)s * interval '1 day')::date))
        WHERE id = %(id)s AND state = 'submitted'""",
        EVENT.replace("%(kind)s", "'accepted'"),
    ),
    "ask": (
        ("UPDATE dossiers_supplementrequest SET answered_at = asked_at + interval '1 day'"
        " WHERE dossier_id = %(id)s AND answered_at IS NULL"),
        """INSERT INTO dossiers_supplementrequest (id, dossier_id, round, asked_at, asked_by_id, answer_by,
            letter_sha256)
        SELECT %(extra)s, id, 1 + (SELECT count(*) FROM dossiers_supplementrequest r WHERE r.dossier_id = d.id),
        submitted_at + interval '2 days', %(officer)s, submitted_at::date + 30, '' FROM dossiers_dossier d
        WHERE id = %(id)s AND closed_at IS NULL""",
        """INSERT INTO dossiers_supplementitem (request_id, target_kind, target, reason_code, clause, wrong, good,
            answered)
        SELECT id, 'field', 'a', %(reason)s, 'x', 'x', 'x', false
        FROM dossiers_supplementrequest WHERE id = %(extra)s""",
    ),
    "relabel": (
        ("UPDATE dossiers_supplementitem SET reason_code = %(reason)s WHERE request_id IN"
        " (SELECT id FROM dossiers_supplementrequest WHERE dossier_id = %(id)s)"),
    ),
    "hand_over": ("UPDATE dossiers_dossier SET office_code = %(office)s WHERE id = %(id)s",),
    "another_way": ("UPDATE dossiers_dossier SET channel = %(channel)s WHERE id = %(id)s",),
    "another_day": (f"UPDATE dossiers_dossier SET submitted_at = {DAY} WHERE id = %(id)s AND accepted_at IS NULL",),
    "refuse": (
        """INSERT INTO casework_decision (id, dossier_id, kind, state, override_reason, outcomes, reasons, note, number,
        proposed_by_id, proposed_at, sent_back_note, signed_by_id, signed_at, signed_title, signed_capacity)
        SELECT %(extra)s, id, 'refuse', 'signed', '', '[]', '[{"code": "not-competent"}]', '', '1', %(officer)s,
        submitted_at, '', %(officer)s, submitted_at + interval '3 days', 'x', '' FROM dossiers_dossier
        WHERE id = %(id)s AND closed_at IS NULL""",
    ),
    "close": (
        """UPDATE dossiers_dossier SET state = %(end)s, closed_at = submitted_at + %(days)s * interval '1 day',
        was_late = %(late)s AND %(end)s <> 'withdrawn', due_on = NULL WHERE id = %(id)s AND closed_at IS NULL""",
        EVENT.replace("%(kind)s", "'granted'"),
    ),
    "reopen": (
        "UPDATE dossiers_dossier SET state = 'in_progress', closed_at = NULL, was_late = false WHERE id = %(id)s",
    ),
}  # fmt: skip
_COUNTS = "SELECT {by}, sum(n) FROM statistics_{table}count WHERE measure = '{measure}' {more} GROUP BY {places}"


def _counted(by: str, measure: str, *, table: str = "day", more: str = "") -> str:
    places = ", ".join(str(place) for place in range(1, by.count(",") + 2))
    return _COUNTS.format(by=by, measure=measure, table=table, more=more, places=places) + " HAVING sum(n) <> 0"


_HERE = "+ interval '7 hours')::date"
_WITH_RESULT = "FROM dossiers_dossier WHERE state IN ('granted', 'refused')"
RECOUNTS: Final = {
    "filed": (
        "SELECT home_office, procedure, channel, count(*) FROM dossiers_dossier GROUP BY 1, 2, 3",
        _counted("office_code, procedure, channel", "filed"),
    ),
    "accepted a day": (
        f"SELECT (accepted_at {_HERE}, count(*) FROM dossiers_dossier WHERE accepted_at IS NOT NULL GROUP BY 1",
        _counted("day", "accepted"),
    ),
    "closed": (
        "SELECT state, count(*) FROM dossiers_dossier WHERE closed_at IS NOT NULL GROUP BY 1",
        _counted("bucket", "closed"),
    ),
    "late": (
        f"SELECT home_office, count(*) {_WITH_RESULT} AND was_late GROUP BY 1",
        _counted("office_code", "in_time", more="AND bucket = 'late'"),
    ),
    "days": (
        f"SELECT procedure, (closed_at {_HERE} - (submitted_at {_HERE}, count(*) {_WITH_RESULT} GROUP BY 1, 2",
        _counted("procedure, bucket::int", "days"),
    ),
    "reasons of return": (
        "SELECT reason_code, count(*) FROM dossiers_supplementitem GROUP BY 1",
        _counted("bucket", "return_reason"),
    ),
    "steps": (
        "SELECT kind, count(*) FROM dossiers_dossierevent WHERE kind IN ('accepted', 'granted') GROUP BY 1",
        _counted("bucket", "step", more="AND bucket IN ('accepted', 'granted')"),
    ),
    "country, month": (
        f"SELECT date_trunc('month', (submitted_at {_HERE})::date, count(*) FROM dossiers_dossier GROUP BY 1",
        _counted("month", "filed", table="month", more="AND area = 'VN' AND service = ''"),
    ),
}
"""What each side says: the tables, and the counts. Written otherwise than the triggers are."""


@as_the_house()
def live(installation: Installation, wanted: argparse.Namespace) -> bool:
    """So many histories with kills, then the recount; whether every count is right."""
    version, officer, first = _given()
    random = Random(wanted.seed + first)  # in a world that is kept these are other dossiers
    todo = list(range(wanted.histories))
    state = _Run(installation, version, officer, first, todo)
    workers = [threading.Thread(target=state.work, args=(random.getrandbits(32),)) for _ in range(CLIENTS)]
    killer = threading.Thread(target=state.kill, args=(wanted.kills, random.getrandbits(32)))
    folder = threading.Thread(target=state.fold)
    began = time.monotonic()
    put_guards_aside()
    for one in (*workers, killer, folder):
        one.start()
    for one in workers:
        one.join()
    state.over.set()
    killer.join()
    folder.join()
    connection.close()  # a kill may have met it
    put_guards_back()
    took = time.monotonic() - began
    print(
        f"{wanted.histories} histories, {sum(state.done.values())} steps in {took:.0f} s, {state.lost} taken away by "
        f"{sum(state.kills.values())} kills ({', '.join(f'{kind} {n}' for kind, n in sorted(state.kills.items()))})"
    )
    if wanted.sabotage:
        _lose_a_fact()
    add_everything_up()
    whole = not state.todo and state.done["file"] + state.lost >= wanted.histories
    if not whole:
        print("not every history was lived: a client ended early")
    return _recounted(installation) and whole


def add_everything_up() -> None:
    """Until no fact waits: the worker may be at it, and then this process adds nothing."""
    while Fact.objects.exists():
        fold_all()
        time.sleep(0.1)


def _given() -> tuple[UUID, UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalogue_procedureversion WHERE slug = 'che-do-thai-san' LIMIT 1")
        version = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM people_officer ORDER BY id LIMIT 1")
        officer = cursor.fetchone()[0]
        cursor.execute(
            "SELECT coalesce(max(split_part(number, '/', 1)::int), 5000000) FROM dossiers_dossier"
            " WHERE number LIKE '5______/2026/%%'"
        )
        return version, officer, int(cursor.fetchone()[0]) + 1


class _Run:
    """What the threads share."""

    def __init__(self, installation: Installation, version: UUID, officer: UUID, first: int, todo: list[int]) -> None:
        self.installation, self.version, self.officer, self.first = installation, version, officer, first
        self.todo, self.lock, self.over = todo, threading.Lock(), threading.Event()
        self.done: Counter[str] = Counter()
        self.kills: Counter[str] = Counter()
        self.lost = 0

    def work(self, seed: int) -> None:
        """Histories until none is left."""
        random, link = Random(seed), None
        while True:
            with self.lock:
                if not self.todo:
                    break
                number = self.todo.pop()
            for name, values in self._history(number, random):
                link = self._step(link, name, values)
        if link is not None:
            link.close()

    def _history(self, number: int, random: Random) -> list[tuple[str, dict[str, Any]]]:
        about = {"id": UUID(int=random.getrandbits(128)), "officer": self.officer, "version": self.version}
        names = ["file", *random.choices([*STEPS, "accept", "close", "ask"], k=random.randrange(2, 8))]
        office = random.choice(OFFICES)
        found = []
        for name in names:
            values = {
                **about, "extra": UUID(int=random.getrandbits(128)), "days": random.randrange(25),
                "hours": random.randrange(2400), "channel": random.choice(CHANNELS),
                "office": office if name == "file" else random.choice(OFFICES),
                "procedure": random.choice(PROCEDURES), "reason": random.choice(["paper-missing", "paper-wrong"]),
                "end": random.choice(["granted", "refused", "withdrawn"]), "late": random.random() < 0.3,
                "owner": UUID(int=random.getrandbits(128)), "number": f"{self.first + number}/2026/{office}",
            }  # fmt: skip
            found.append((name, values))
        return found

    def _step(
        self, link: psycopg.Connection[Any] | None, name: str, values: dict[str, Any]
    ) -> psycopg.Connection[Any] | None:
        try:
            if link is None or link.closed:
                link = psycopg.connect(
                    self.installation.database_url, application_name="history", cursor_factory=psycopg.ClientCursor
                )
                link.execute("SET ansinh.viewer = 'house'")
                link.commit()
            with link.transaction():
                for statement in (FILE,) if name == "file" else STEPS[name]:
                    link.execute(statement, values)
        except psycopg.OperationalError:
            self._count_lost()
            if link is not None:
                link.close()
            return None
        except psycopg.IntegrityError:  # what the rules refuse is no step
            return link
        with self.lock:
            self.done[name] += 1
        return link

    def _count_lost(self) -> None:
        with self.lock:
            self.lost += 1

    def fold(self) -> None:
        """Add up in small pieces beside the worker, as several workers would."""
        with as_the_house():
            while not self.over.wait(0.05):
                try:
                    fold(most=500)
                except Exception:
                    connections.close_all()
            connections.close_all()

    def kill(self, many: int, seed: int) -> None:
        """Workers and database connections at random, until the histories are over."""
        random, rested = Random(seed), 0.0
        while sum(self.kills.values()) < many and not self.over.wait(random.uniform(0.2, 0.8)):
            if (
                time.monotonic() > rested
                and random.random() < 0.2
                and (victims := self.installation.processes("worker")[:1])
            ):
                with suppress(ProcessLookupError):
                    os.kill(victims[0], signal.SIGKILL)
                    self.kills["job worker"] += 1
                rested = time.monotonic() + REST["job worker"]
                continue
            with suppress(psycopg.OperationalError), psycopg.connect(self.installation.database_url) as link:
                found = link.execute(
                    "SELECT pid, application_name FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    " AND pid <> pg_backend_pid() AND datname = current_database()"
                ).fetchall()
                if found:
                    pid, name = random.choice(found)
                    link.execute("SELECT pg_terminate_backend(%s)", [pid])
                    self.kills["history" if name == "history" else "other connection"] += 1


def _lose_a_fact() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM statistics_daycount WHERE id = (SELECT id FROM statistics_daycount"
            " WHERE measure = 'filed' ORDER BY id LIMIT 1)"
        )
    print("sabotage: one cell was taken away")


def _recounted(installation: Installation) -> bool:
    began, found = time.monotonic(), 0
    for found, one in enumerate(differences(), start=1):
        if found <= SHOWN:
            print(f"differs: {one}")
    print(f"recount by the database: {found} cells differ ({time.monotonic() - began:.1f} s)")
    return not _differ_otherwise(installation) and not found


def _differ_otherwise(installation: Installation) -> int:
    """How many cells differ by RECOUNTS, all read in one snapshot in which no fact waits: the portal goes on filing."""
    with psycopg.connect(installation.database_url) as link:
        link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        while True:
            add_everything_up()
            link.execute("SET ansinh.viewer = 'house'")
            link.execute("SET TIME ZONE 'UTC'")
            if _one(link, "SELECT count(*) FROM statistics_fact") == 0:
                break
            link.rollback()
        wrong = 0
        for name, queries in RECOUNTS.items():
            rows, counted = ({tuple(key): int(n) for *key, n in link.execute(query).fetchall()} for query in queries)
            differ = {key for key in rows.keys() | counted.keys() if rows.get(key) != counted.get(key)}
            wrong += len(differ)
            for key in sorted(differ, key=str)[:SHOWN]:
                print(f"differs: {key}: rows {rows.get(key)}, counts {counted.get(key)}")
            print(f"recount by other queries, {name}: {len(rows)} cells, {len(differ)} differ")
    return wrong


def _one(link: psycopg.Connection[Any], query: str) -> int:
    row = link.execute(query).fetchone()
    return int(row[0]) if row else 0
