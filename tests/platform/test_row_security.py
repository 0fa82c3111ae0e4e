"""Each transaction knows who looks, and nothing of it stays on the connection."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from psycopg.pq import TransactionStatus

from ansinh.offices.models import Province
from ansinh.platform.round_trips import sent_ahead
from ansinh.platform.row_security.viewer import Kind, Viewer, as_the_house, at_the_door, learn, present, viewing

LAN = Viewer(Kind.CITIZEN, account_id=uuid4(), owner_id=uuid4(), browser="trình duyệt của Lan")
HOA = Viewer(Kind.OFFICER, account_id=uuid4(), offices=frozenset({"90001", "90002"}))


NAMES = tuple(LAN.settings())
ASK = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in NAMES)


def told() -> dict[str, str]:
    """What the database knows of the viewer in this statement."""
    with connection.cursor() as cursor:
        cursor.execute(ASK, ())
        return dict(zip(NAMES, cursor.fetchone(), strict=True))


def kept() -> dict[str, str]:
    """What the connection itself still knows, asked past our cursors."""
    assert connection.connection is not None
    row = connection.connection.execute(ASK).fetchone()
    assert row is not None
    return dict(zip(NAMES, row, strict=True))


NOTHING = dict.fromkeys(NAMES, "")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewer", [LAN, HOA])
def test_a_statement_alone_knows_its_viewer_and_leaves_nothing_behind(viewer: Viewer) -> None:
    with viewing(viewer):
        assert told() == viewer.settings()
    assert kept() == NOTHING
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE


@pytest.mark.django_db(transaction=True)
def test_a_transaction_knows_it_until_its_end() -> None:
    with viewing(LAN):
        with transaction.atomic():
            assert told() == kept() == LAN.settings()
        assert kept() == NOTHING
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            told()
            raise ZeroDivisionError
        assert kept() == NOTHING


@pytest.mark.django_db
def test_another_viewer_in_the_same_transaction_is_told_too() -> None:
    with viewing(LAN):
        assert told() == LAN.settings()
        with viewing(HOA):
            assert told() == HOA.settings()
        assert told() == LAN.settings()
        with at_the_door():
            assert told() == LAN.settings() | {"ansinh.viewer": "door"}
        with as_the_house():
            learn(browser="mới")
            assert told()["ansinh.browser"] == "mới"
        assert told() == LAN.settings()


@pytest.mark.django_db
def test_the_way_back_to_a_savepoint_is_the_way_back_to_its_viewer() -> None:
    with viewing(LAN):
        told()
        with pytest.raises(DatabaseError), transaction.atomic(), viewing(HOA), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0", ())
        assert told() == LAN.settings()
        with viewing(HOA), transaction.atomic():
            told()
            transaction.set_rollback(True)
        with viewing(HOA):
            assert told() == HOA.settings()


@pytest.mark.django_db(transaction=True)
def test_an_error_of_a_statement_alone_is_its_own_error() -> None:
    with viewing(LAN), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="division by zero"):
            cursor.execute("SELECT 1/0", ())
        cursor.execute("SELECT 1", ())
        assert cursor.fetchone() == (1,)
    assert kept() == NOTHING


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("inside", [False, True])
def test_rows_read_in_pieces_and_written_in_batches_are_told_as_well(inside: bool) -> None:
    with viewing(HOA):
        with transaction.atomic() if inside else viewing(HOA):
            assert list(Province.objects.all().iterator(chunk_size=1)) == []
            with connection.cursor() as cursor:
                cursor.executemany(
                    "SELECT set_config('ansinh.seen', current_setting('ansinh.viewer'), false)", [(), ()]
                )
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('ansinh.seen')")
            assert cursor.fetchone() == ("officer",)
            cursor.execute("SELECT set_config('ansinh.seen', '', false)")
    assert kept() == NOTHING


def test_a_block_ends_with_the_viewer_before_it() -> None:
    before = present()
    with pytest.raises(ZeroDivisionError), viewing(LAN):
        learn(browser="khác")
        raise ZeroDivisionError
    assert present() == before


def test_outside_a_block_nothing_is_learnt_that_the_next_request_would_hold() -> None:
    with viewing(Viewer()):
        learn(browser="của người trước")
        assert present() == Viewer()


@pytest.mark.django_db(transaction=True)
def test_a_bare_command_runs_as_it_is_and_alone_sees_nobody() -> None:
    with viewing(LAN), connection.cursor() as cursor:
        cursor.execute("VACUUM offices_province")
        cursor.execute("SELECT coalesce(current_setting('ansinh.owner', true), '')")
        assert cursor.fetchone() == ("",)
        with transaction.atomic():
            cursor.execute("SELECT 1; SELECT current_setting('ansinh.owner')")
            assert cursor.nextset() and cursor.fetchone() == (str(LAN.owner_id),)
    assert kept() == NOTHING


@pytest.mark.django_db(transaction=True)
def test_statements_sent_ahead_know_their_viewers() -> None:
    with viewing(LAN), transaction.atomic(), sent_ahead():
        with connection.cursor() as first, connection.cursor() as second, connection.cursor() as third:
            first.execute(ASK, ())
            with as_the_house():
                second.execute(ASK, ())
            third.execute(ASK, ())
            seen = [cursor.fetchone()[0] for cursor in (first, second, third)]
        assert seen == ["citizen", "house", "citizen"]
        assert told() == LAN.settings()
    assert kept() == NOTHING


@pytest.mark.django_db(transaction=True)
def test_rows_touched_and_columns_found_are_known_of_what_was_sent_ahead() -> None:
    made = Province.objects.create(
        code="98", name_vi="Sông Lam", name_en="Song Lam", kind="province", valid_from="2025-07-01"
    )
    with transaction.atomic(), sent_ahead():
        assert Province.objects.filter(pk=made.pk).update(name_en="Lam") == 1
        made.save(update_fields=["name_vi"])
        with connection.cursor() as cursor:
            cursor.execute(ASK, ())
            assert len(cursor.description) == len(NAMES)
        assert Province.objects.filter(pk=made.pk).delete()[0] == 1


@pytest.mark.django_db(transaction=True)
def test_an_error_of_what_was_sent_ahead_comes_before_the_commit() -> None:
    row = {"code": "98", "name_vi": "Sông Lam", "name_en": "Song Lam", "kind": "province", "valid_from": "2025-07-01"}
    done: list[str] = []
    with pytest.raises(IntegrityError), viewing(LAN), transaction.atomic():
        transaction.on_commit(lambda: done.append("committed"))
        with sent_ahead(), connection.cursor() as cursor:
            told()
            for _ in range(2):
                cursor.execute(
                    "INSERT INTO offices_province (code, name_vi, name_en, kind, valid_from)"
                    " VALUES (%(code)s, %(name_vi)s, %(name_en)s, %(kind)s, %(valid_from)s)",
                    row,
                )
    assert done == []
    assert not Province.objects.filter(code="98").exists()
    with viewing(HOA), transaction.atomic(), sent_ahead():
        assert told() == HOA.settings()
    assert kept() == NOTHING


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hung_up_is_noticed_before_the_next_request(monkeypatch: pytest.MonkeyPatch) -> None:
    def between_requests() -> None:
        connection.close_if_unusable_or_obsolete()
        connection.close_if_unusable_or_obsolete()

    monkeypatch.setattr(connections["default"], "health_check_enabled", True)
    told()
    between_requests()
    told()
    assert connection.connection is not None
    before = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    between_requests()
    told()
    assert connection.connection.info.backend_pid != before
