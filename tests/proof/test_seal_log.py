"""Every event is sealed once, whatever the order of commits; the log refuses to go on where it does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.platform.models import AuditEvent
from ansinh.proof import notes, seal_log
from ansinh.proof.faults import Disagreement
from ansinh.proof.inclusion import proof_of
from ansinh.proof.lines import logged_lines
from ansinh.proof.merkle import leaf_hash, root_from_inclusion, root_of
from ansinh.proof.models import Alarm, Checkpoint, Leaf, Place
from ansinh.proof.seal_log import seal_all, seal_pending
from ansinh.signing.seal import canonical
from tests.proof.conftest import AT, EVENT, Happen


def _root(size: int) -> bytes:
    return root_of(
        bytes(one) for one in Leaf.objects.filter(index__lt=size).order_by("index").values_list("hash", flat=True)
    )


def _unsealed() -> int:
    return AuditEvent.objects.exclude(pk__in=Leaf.objects.values("event")).count()


def test_nothing_is_sealed_when_nothing_happened(db: None) -> None:
    assert seal_pending(at=AT) is None


def test_each_run_signs_the_root_over_all_leaves(happen: Happen) -> None:
    sizes = []
    for count in (1, 2, 300, 5):
        happen(count)
        made = seal_pending(at=AT)
        assert made is not None
        assert bytes(made.root) == _root(made.size) == notes.read(made.note).root
        sizes.append(made.size)
    assert sizes == [1, 3, 303, 308]
    assert seal_pending(at=AT) is None
    first, second = Checkpoint.objects.order_by("size")[:2]
    assert notes.read(first.note).previous == notes.FIRST
    assert notes.read(second.note).previous == notes.digest(first.note)


def test_the_line_of_the_database_is_canonical_json(happen: Happen) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO platform_auditevent ("table", row_id, from_state, to_state, actor, proof, transaction)
            VALUES ('l', gen_random_uuid(), %s, 'x', %s, '', 5)""",
            ['a\t"b"\\\n\x01\x7f', "cán bộ “Lan”/\u2028"],
        )
    seal_pending(at=AT)
    (line,) = logged_lines(0, 1)
    assert line.encode() == canonical(json.loads(line))
    event = AuditEvent.objects.get()
    assert json.loads(line)["from"] == event.from_state
    assert bytes(Leaf.objects.get().hash) == leaf_hash(line.encode())


def test_a_run_is_bounded_and_the_next_one_goes_on(happen: Happen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal_log, "BATCH", 10)
    monkeypatch.setattr(seal_log, "LONGEST_RUN", 30)
    happen(75)
    made = seal_pending(at=AT)
    assert made is not None
    assert made.size == 30
    last = seal_all(at=AT)
    assert last is not None
    assert last.size == 75
    assert list(Leaf.objects.order_by("index").values_list("event", flat=True)) == sorted(
        AuditEvent.objects.values_list("pk", flat=True)
    )


def test_every_event_has_a_proof_against_the_first_checkpoint_that_covers_it(happen: Happen) -> None:
    for count in (3, 600, 1):
        happen(count)
        seal_pending(at=AT)
    for index in (0, 2, 3, 255, 256, 511, 512, 602, 603):
        event = Leaf.objects.get(pk=index).event
        proof = json.loads(json.dumps(proof_of(event).to_json()))
        assert json.loads(proof["line"])["event"] == event
        root = root_from_inclusion(
            leaf_hash(proof["line"].encode()), index=index, size=proof["size"],
            path=[bytes.fromhex(one) for one in proof["path"]],
        )  # fmt: skip
        assert root == notes.read(proof["checkpoint"]).root
    assert proof_of(Leaf.objects.get(pk=2).event).size == 3


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_with_an_early_number_is_sealed_by_a_later_run(happen: Happen) -> None:
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters}
    with psycopg.connect(**wanted) as slow:
        slow.execute(EVENT, [1])  # has the lowest id, and waits
        for _ in range(4):
            happen(2)
            seal_all(at=AT)
        assert Leaf.objects.count() == 8
        slow.commit()
    happen(1)
    seal_all(at=AT)
    assert _unsealed() == 0
    for _ in range(3):
        happen(1)
        seal_all(at=AT)
    assert _unsealed() == 0


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_into_a_server_that_counts_anew_everything_is_still_sealed(happen: Happen) -> None:
    for _ in range(3):
        happen(2)
        seal_all(at=AT)
    far = 1 << 40
    with transaction.atomic(), connection.cursor() as cursor:  # as if the old server had counted much further
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE proof_checkpoint SET settles_at = %s, lowest_running = %s", [far, far])
    for _ in range(3):
        happen(2)
        seal_all(at=AT)
    assert _unsealed() == 0


def test_the_log_in_the_database_only_grows(happen: Happen) -> None:
    happen(2)
    seal_pending(at=AT)
    for table in ("proof_leaf", "proof_node", "proof_checkpoint"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


def _tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_changed_leaf_at_the_edge_stops_the_sealer_and_raises_one_alarm(happen: Happen) -> None:
    happen(3)
    seal_pending(at=AT)
    _tamper("UPDATE proof_leaf SET hash = '\\x00' WHERE index = 2")
    happen(1)
    for _ in range(2):
        with pytest.raises(Disagreement) as found:
            seal_pending(at=AT)
        assert found.value.code == "log-broken"
    assert [alarm.code for alarm in Alarm.objects.all()] == ["log-broken"]


@pytest.mark.django_db(transaction=True)
def test_a_restored_older_database_is_told_by_its_copies(happen: Happen, own_log: Path) -> None:
    for count in (3, 4):
        happen(count)
        seal_pending(at=AT)
    assert [place.confirmed_size for place in Place.objects.all()] == [7, 7]
    with transaction.atomic():
        _tamper("DELETE FROM proof_checkpoint WHERE size = 7")
        _tamper("DELETE FROM proof_leaf WHERE index >= 3")
        Place.objects.update(confirmed_size=3)
    happen(1)
    with pytest.raises(Disagreement) as found:
        seal_pending(at=AT)
    assert found.value.code == "older-database"


@pytest.mark.django_db(transaction=True)
def test_two_histories_and_a_shrunken_copy_stop_the_sealer(happen: Happen, own_log: Path) -> None:
    happen(3)
    seal_pending(at=AT)
    file = own_log / "second" / "checkpoints.jsonl"
    kept = file.read_text()
    file.write_text(kept.replace("previous -", "previous +"))
    with pytest.raises(Disagreement) as found:
        seal_pending(at=AT)
    assert found.value.code == "log-forked"
    file.write_text("")
    with pytest.raises(Disagreement) as found:
        seal_pending(at=AT)
    assert found.value.code == "place-shrank"
    file.write_text(kept)
    happen(1)
    assert seal_pending(at=AT) is not None


@pytest.mark.django_db(transaction=True)
def test_a_place_that_fails_is_reported_and_caught_up(happen: Happen, own_log: Path) -> None:
    happen(3)
    seal_pending(at=AT)
    (own_log / "second").rename(own_log / "away")
    happen(5000)
    assert seal_pending(at=AT) is not None
    assert [(p.confirmed_size, p.failing_since) for p in Place.objects.order_by("folder")] == [(5003, None), (3, AT)]
    (own_log / "away").rename(own_log / "second")
    seal_pending(at=AT)
    assert [(p.confirmed_size, p.failing_since) for p in Place.objects.all()] == [(5003, None)] * 2
    first, second = (
        {p.relative_to(own_log / name): p.read_bytes() for p in (own_log / name).rglob("*") if p.is_file()}
        for name in ("first", "second")
    )
    assert first == second
    assert b"".join(first[one] for one in sorted(first) if one.parts[0] == "events").count(b"\n") == 5003


@pytest.mark.django_db(transaction=True)
def test_what_a_crash_left_half_written_is_completed(happen: Happen, own_log: Path) -> None:
    happen(3)
    seal_pending(at=AT)
    happen(4)
    for place in ("first", "second"):
        (own_log / place).rename(own_log / f"{place}-away")
    seal_pending(at=AT)
    for place in ("first", "second"):
        (own_log / f"{place}-away").rename(own_log / place)
    events = own_log / "first" / "events" / "000000000000.jsonl"
    lines = list(logged_lines(3, 7))
    with events.open("a") as file:
        file.write(lines[0] + "\n" + lines[1][:20])
    seal_pending(at=AT)
    assert events.read_text().splitlines() == list(logged_lines(0, 7))
    assert all(place.failing_since is None for place in Place.objects.all())
