"""The sealer: takes every event that is visible and not in the log yet, appends it, and signs one checkpoint."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from ansinh.platform.models import AuditEvent
from ansinh.proof import notes, places
from ansinh.proof.faults import Disagreement, log_broken
from ansinh.proof.lines import LINE
from ansinh.proof.marks import Marks, Run, lowest_running, next_number
from ansinh.proof.merkle import Range, leaf_hash
from ansinh.proof.models import Alarm, Checkpoint
from ansinh.proof.tree import STEP, range_of
from ansinh.signing.seal import seal_key_id

BATCH: Final = 2_000
LONGEST_RUN: Final = 100_000
"""Events a run: the rest is the next one's, so that no transaction grows without bound."""
_LOCK: Final = 7_164_003
_UNSEALED: Final = f"""
SELECT event.id, {LINE} FROM {AuditEvent._meta.db_table} event
WHERE event.id > %s AND NOT EXISTS (SELECT FROM proof_leaf leaf WHERE leaf.event = event.id)
ORDER BY event.id LIMIT %s
"""  # noqa: S608 - no value from outside
_APPEND: Final = """
INSERT INTO proof_leaf (index, event, hash) SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])
"""
_KEEP_NODES: Final = """
INSERT INTO proof_node (level, place, root) SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""

log = logging.getLogger(__name__)


def seal_pending(*, at: datetime) -> Checkpoint | None:
    """Seal what is visible; the new checkpoint, or None when nothing waited.

    One run at a time: another one waits. Copies are written once the surrounding transaction is committed. Raises
    Disagreement, and keeps an alarm, when the log does not fit its last checkpoint or a copy.
    """
    try:
        with transaction.atomic():
            _one_at_a_time()
            return _seal(at)
    except Disagreement as found:
        _raise_alarm(found, at)
        raise


def seal_all(*, at: datetime) -> Checkpoint | None:
    """Seal until nothing waits; the last checkpoint made, or None."""
    made = None
    while (checkpoint := seal_pending(at=at)) is not None:
        made = checkpoint
    return made


def _seal(at: datetime) -> Checkpoint | None:
    before = Checkpoint.objects.order_by("-size").first()
    marks, running = _marks(before), lowest_running()
    grown = _grown(before)
    places.refuse_disagreement(before)
    transaction.on_commit(lambda: places.catch_up(at=at))
    highest = _append(grown, floor=marks.floor)
    if not highest:
        return None
    cut_short = grown.size - (before.size if before else 0) >= LONGEST_RUN
    marks = marks.after(Run(highest, cut_short, running, next_number()))
    note = notes.sign(
        notes.Note(
            origin=notes.read(before.note).origin if before else settings.PROOF_LOG_NAME,
            size=grown.size,
            root=grown.root(),
            at=at,
            previous=notes.digest(before.note) if before else notes.FIRST,
        )
    )
    return Checkpoint.objects.create(
        size=grown.size,
        root=grown.root(),
        at=at,
        note=note,
        key_id=seal_key_id(),
        highest_event=marks.highest,
        floor_event=marks.floor,
        next_floor=marks.next_floor,
        settles_at=marks.settles_at,
        lowest_running=marks.lowest_running,
    )


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _marks(before: Checkpoint | None) -> Marks:
    if before is None:
        return Marks()
    return Marks(before.highest_event, before.floor_event, before.next_floor, before.settles_at, before.lowest_running)


def _grown(before: Checkpoint | None) -> Range:
    if before is None:
        return Range()
    try:
        grown = range_of(before.size)
    except KeyError as missing:
        raise log_broken(before.size) from missing
    if grown.root() != bytes(before.root) or notes.read(before.note).root != grown.root():
        raise log_broken(before.size)
    return grown


def _append(grown: Range, *, floor: int) -> int:
    """Append every visible event above the floor that is no leaf yet; the highest id, or 0."""
    highest = 0
    for batch in _unsealed(floor):
        first = grown.size
        nodes: list[tuple[int, int, bytes]] = []
        hashes = [leaf_hash(line.encode()) for _, line in batch]
        for leaf in hashes:
            nodes += [node for node in grown.append(leaf) if node[0] % STEP == 0]
        with connection.cursor() as cursor:
            cursor.execute(_APPEND, [list(range(first, grown.size)), [event for event, _ in batch], hashes])
            if nodes:
                cursor.execute(_KEEP_NODES, [list(column) for column in zip(*nodes, strict=True)])
        highest = batch[-1][0]
    return highest


def _unsealed(floor: int) -> Iterator[list[tuple[int, str]]]:
    after = floor
    for _ in range(LONGEST_RUN // BATCH):
        with connection.cursor() as cursor:
            cursor.execute(_UNSEALED, [after, BATCH])
            batch = cursor.fetchall()
        if not batch:
            return
        yield batch
        after = batch[-1][0]


def _raise_alarm(found: Disagreement, at: datetime) -> None:
    log.critical("the log is not sealed any further: %s", found)
    last = Alarm.objects.order_by("-id").first()
    if last is None or (last.code, last.sentence) != (found.code, str(found)):
        Alarm.objects.create(at=at, code=found.code, sentence=str(found))
