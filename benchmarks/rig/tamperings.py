"""What somebody who owns the database can do to the log. Each changes it and answers the first index that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final

from django.db import connection

from ansinh.proof import notes
from ansinh.proof.lines import logged_lines
from ansinh.proof.merkle import Range, leaf_hash
from ansinh.proof.models import Checkpoint, Leaf

_INSERT_EVENT = """
INSERT INTO platform_auditevent ("table", row_id, from_state, to_state, actor, proof, transaction)
VALUES ('dossiers_dossier', gen_random_uuid(), 'in_progress', 'granted', 'officer:x', '', 1) RETURNING id
"""


def edit(random: Random) -> int:
    """Another outcome, actor or time; half of the time with the leaf's hash made to fit."""
    index = random.randrange(_size())
    change = random.choice(
        (
            "to_state = 'granted!'",
            "actor = 'officer:somebody'",
            "at = at - interval '1 day'",
            "row_id = gen_random_uuid()",
        )
    )
    event = Leaf.objects.get(pk=index).event
    _run(f"UPDATE platform_auditevent SET {change} WHERE id = %s", event)
    if random.random() < 0.5:
        (line,) = logged_lines(index, index + 1)
        _run("UPDATE proof_leaf SET hash = %s WHERE index = %s", leaf_hash(line.encode()), index)
    return index


def delete(random: Random) -> int:
    """An event disappears, its leaf too."""
    index = random.randrange(_size() - 1)
    event = Leaf.objects.get(pk=index).event
    _run("DELETE FROM proof_leaf WHERE index = %s", index)
    if random.random() < 0.5:
        _run("DELETE FROM platform_auditevent WHERE id = %s", event)
    return index


def insert(random: Random) -> int:
    """An event appears in the middle; all later ones move, and the last checkpoint states one more."""
    size = _size()
    index = random.randrange(max(0, size - 20_000), size)
    (event,) = _run(_INSERT_EVENT)
    _run("UPDATE proof_leaf SET index = -index - 1 WHERE index >= %s", index)
    _run("UPDATE proof_leaf SET index = -index WHERE index < 0")
    _run("INSERT INTO proof_leaf (index, event, hash) VALUES (%s, %s, %s)", index, event, b"\0" * 32)
    _run("UPDATE proof_checkpoint SET size = size + 1 WHERE size = %s", size)
    return index


def reorder(random: Random) -> int:
    """Two events change places."""
    one, two = sorted(random.sample(range(_size()), 2))
    events = [Leaf.objects.get(pk=index).event for index in (one, two)]
    _run("UPDATE proof_leaf SET event = -event WHERE index IN (%s, %s)", one, two)
    for index, event in zip((one, two), reversed(events), strict=True):
        _run("UPDATE proof_leaf SET event = %s WHERE index = %s", event, index)
    return one


def truncate(random: Random) -> int:
    """The last events disappear; the checkpoints stay."""
    index = _size() - random.randrange(1, min(5000, _size()))
    _run("DELETE FROM proof_leaf WHERE index >= %s", index)
    return index


def fork(random: Random) -> int:
    """An event is changed and everything after it signed anew, with the real key."""
    index = random.randrange(_size())
    _run("UPDATE platform_auditevent SET to_state = 'refused!' WHERE id = %s", Leaf.objects.get(pk=index).event)
    grown, previous = Range(), notes.FIRST
    lines = logged_lines(0, _size())
    for checkpoint in Checkpoint.objects.order_by("size"):
        while grown.size < checkpoint.size:
            for _ in grown.append(leaf_hash(next(lines).encode())):
                pass
        read = notes.read(checkpoint.note)
        note = checkpoint.note
        if checkpoint.size > index:
            note = notes.sign(notes.Note(read.origin, read.size, grown.root(), read.at, previous))
            _run("UPDATE proof_checkpoint SET note = %s, root = %s WHERE id = %s", note, grown.root(), checkpoint.pk)
        previous = notes.digest(note)
    return index


def restore_older(random: Random) -> int:
    """Yesterday's backup: everything after a checkpoint never happened."""
    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    index: int = random.choice(sizes[:-1])
    _run("DELETE FROM proof_checkpoint WHERE size > %s", index)
    _run("DELETE FROM proof_leaf WHERE index >= %s", index)
    return index


def swap_checkpoints(random: Random) -> int:
    """A checkpoint takes another's place, or states something else under its old signature, or is gone."""
    made = list(Checkpoint.objects.order_by("size"))
    at = random.randrange(1, len(made))
    before, here = made[at - 1], made[at]
    way = random.randrange(3)
    if way == 0:
        _run("UPDATE proof_checkpoint SET note = %s WHERE id = %s", before.note, here.pk)
    elif way == 1:
        changed = here.note.replace("\nat 20", "\nat 19")
        _run("UPDATE proof_checkpoint SET note = %s WHERE id = %s", changed, here.pk)
    else:
        _run("DELETE FROM proof_checkpoint WHERE id = %s", made[at - 1].pk)
        return made[at - 2].size if at > 1 else 0
    return before.size


TAMPERINGS: Final[dict[str, Callable[[Random], int]]] = {
    "edited": edit,
    "deleted": delete,
    "inserted": insert,
    "reordered": reorder,
    "truncated": truncate,
    "forked": fork,
    "older-backup": restore_older,
    "swapped-checkpoint": swap_checkpoints,
}
"""By the kind the verifier must name."""


def _size() -> int:
    last = Checkpoint.objects.order_by("-size").first()
    assert last is not None
    return last.size


def _run(statement: str, *values: str | int | bytes) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[int, ...] = cursor.fetchone() if cursor.description else ()
    return row
