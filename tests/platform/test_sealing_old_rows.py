"""The migrations that sealed what lay open, there and back, with nothing left in the table's file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ansinh.people.models import Account, Person
from ansinh.platform.migrating import rendering_what_changes
from ansinh.platform.sealed_fields import keys
from ansinh.platform.sealed_fields.rows import reseal, sealed_columns
from tests.payments.money import body_of, reported
from tests.world import LONG_AGO

NUMBER = "090190000091"
BANK = {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI LAN"}
SEALED = (
    ("people", "0050_sealed_numbers"),
    ("registry", "0050_sealed_numbers"),
    ("payments", "0003_sealed_numbers"),
    ("casework", "0011_sealed_inputs"),
)


@pytest.fixture
def newest(transactional_db: None) -> Iterator[None]:
    """Whatever happens, the tables are as the models say afterwards."""
    if sql("SELECT current_setting('is_superuser')") != [("on",)]:
        pytest.skip("only a superuser reads the file of a table")
    yield
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def migrate(targets: list[tuple[str, str]]) -> None:
    """Bring the database to these migrations."""
    with rendering_what_changes():
        MigrationExecutor(connection).migrate(targets)


def sql(text: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


def file_of(table: str) -> bytes:
    """The octets of a table on the disk."""
    sql("CHECKPOINT")
    return bytes(sql("SELECT pg_read_binary_file(pg_relation_filepath(%s))", table)[0][0])


def test_old_numbers_are_sealed_opened_again_and_gone_from_the_disk(newest: None) -> None:
    made = Person.objects.create(
        full_name="Trần Thị Lan", search_key="tran thi lan", date_of_birth="1990-05-04", sex="female",
        personal_id_number=NUMBER, bank_account=BANK, updated_at=LONG_AGO,
    )  # fmt: skip
    Account.objects.create(login=NUMBER, person=made, display_name="Lan", password="!", created_at=LONG_AGO)
    notice = reported(body_of(payer_account=BANK["number"]))
    graph = MigrationExecutor(connection).loader.graph
    migrate([next(one.key for one in graph.node_map[sealed].parents if one.key[0] == sealed[0]) for sealed in SEALED])
    assert sql("SELECT personal_id_number, bank_account->>'number' FROM people_person") == [(NUMBER, BANK["number"])]
    assert sql("SELECT login FROM people_account") == [(NUMBER,)]
    assert NUMBER.encode() in file_of("people_person")
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    read = Person.objects.get(personal_id_number=NUMBER)
    assert (read.pk, read.bank_account, Account.objects.get(login=NUMBER).person_id) == (made.pk, BANK, made.pk)
    assert type(notice).objects.get(pk=notice.pk).payer_account == BANK["number"]
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        sql("UPDATE payments_banknotice SET payer_account = NULL")
    keys.add_version()
    assert [sum(reseal(one)) for one in sealed_columns() if one.table == "payments_banknotice"] == [1]
    assert BANK["number"].encode() not in file_of("payments_banknotice")
    for table, number in (("people_person", NUMBER), ("people_person", BANK["number"]), ("people_account", NUMBER)):
        assert number.encode() not in file_of(table)
