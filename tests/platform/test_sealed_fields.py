"""Sealed numbers: nothing to read in the database, bound to their row, found by their index, under keys that change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction

from ansinh.people.models import Person
from ansinh.platform.identifiers import uuid7
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.sealed_fields import keys, rows
from ansinh.platform.sealed_fields.envelope import SealBroken, Sealed, blind_index, seal, unseal
from ansinh.platform.sealed_fields.keys import KeyMissing
from tests.world import LONG_AGO

NUMBER, OTHER = "090190000091", "090190000092"
BANK = {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI LAN"}
PLACE = "people_person.personal_id_number"


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A folder of secrets for this test alone."""
    settings.SECRETS_DIR = tmp_path / "secrets"
    keys.forget()
    yield settings.SECRETS_DIR
    keys.forget()


def a_person(number: str = NUMBER, **more: Any) -> Person:
    """Somebody with this number."""
    facts = {"full_name": "Trần Thị Lan", "search_key": "tran thi lan", "date_of_birth": "1990-05-04", "sex": "female"}
    return Person.objects.create(**facts, personal_id_number=number, updated_at=LONG_AGO, **more)


def stored(person: Person, column: str = "personal_id_number") -> bytes:
    """The octets of a column as they lie in the table."""
    return bytes(sql(f"SELECT {column} FROM people_person WHERE id = %s", person.pk)[0][0])


def sql(text: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


def test_a_sealed_number_opens_in_its_own_place_alone() -> None:
    row, index = uuid7(), blind_index("personal-id", NUMBER)
    sealed = seal(NUMBER, column=PLACE, row=row, index=index)
    assert NUMBER.encode() not in bytes(sealed)
    assert unseal(sealed, column=PLACE, row=row) == NUMBER
    elsewhere = [
        (sealed, PLACE, uuid7()),
        (sealed, "registry_insuredperson.personal_id_number", row),
        (Sealed(blind_index("personal-id", OTHER) + sealed[16:]), PLACE, row),
        (Sealed(sealed[:-1] + bytes([sealed[-1] ^ 1])), PLACE, row),
    ]
    for value, column, key in elsewhere:
        with pytest.raises(SealBroken):
            unseal(value, column=column, row=key)


def test_a_seal_never_repeats_and_tells_only_the_rough_length() -> None:
    row, index = uuid7(), blind_index("bank-account", "1")
    made = {seal("0123456789", column=PLACE, row=row, index=index) for _ in range(50)}
    assert len(made) == 50
    lengths = {len(seal("1" * size, column=PLACE, row=row, index=index)) for size in range(6, 16)}
    assert len(lengths) == 1
    assert (repr(next(iter(made))), f"{next(iter(made))}") == ("<sealed>", "<sealed>")


def test_equal_numbers_of_one_kind_have_one_index_and_of_two_kinds_two() -> None:
    assert blind_index("personal-id", "090 190 000 091") == blind_index("personal-id", NUMBER)
    assert blind_index("personal-id", "０９０１９００００091") == blind_index("personal-id", NUMBER)
    assert blind_index("personal-id", NUMBER) != blind_index("login", NUMBER)
    assert blind_index("bank-account", "97", "0405") != blind_index("bank-account", "970", "405")


@pytest.mark.django_db
def test_the_number_is_written_and_read_and_never_lies_open() -> None:
    person = a_person(bank_account=BANK)
    read = Person.objects.get(pk=person.pk)
    assert (read.personal_id_number, read.bank_account) == (NUMBER, BANK)
    assert NUMBER not in sql("SELECT people_person::text FROM people_person WHERE id = %s", person.pk)[0][0]
    for column in ("personal_id_number", "bank_account"):
        assert not any(word.encode() in stored(person, column) for word in (NUMBER, BANK["number"], "TRAN"))
    assert Person.objects.values_list("personal_id_number", flat=True).get() != NUMBER
    without = a_person("", si_number="9000000091")
    assert Person.objects.get(pk=without.pk).personal_id_number == ""
    assert Person.objects.get(pk=without.pk).bank_account == {}


@pytest.mark.django_db
def test_a_row_written_again_keeps_its_octets_until_the_number_changes() -> None:
    person = Person.objects.get(pk=a_person(bank_account=BANK).pk)
    before = stored(person), stored(person, "bank_account")
    person.full_name = "Trần Thị Lan Anh"
    person.save()
    assert person.personal_id_number == NUMBER
    person.save()
    assert (stored(person), stored(person, "bank_account")) == before
    person.personal_id_number = OTHER
    person.bank_account["number"] = "3900205123457"
    person.save()
    assert stored(person) != before[0]
    read = Person.objects.get(pk=person.pk)
    assert (read.personal_id_number, read.bank_account["number"]) == (OTHER, "3900205123457")
    assert bytes(read.personal_id_key) == blind_index("personal-id", OTHER)


@pytest.mark.django_db
def test_a_value_copied_to_another_row_is_refused() -> None:
    victim, thief = a_person(si_number="9000000091"), a_person("", si_number="9000000092")
    copied = stored(victim)
    sql("UPDATE people_person SET personal_id_number = NULL WHERE id = %s", victim.pk)
    sql("UPDATE people_person SET personal_id_number = %s WHERE id = %s", copied, thief.pk)
    with pytest.raises(SealBroken) as refused:
        _ = Person.objects.get(pk=thief.pk).personal_id_number
    assert (refused.value.code, str(thief.pk) in str(refused.value)) == ("sealed-elsewhere", True)


@pytest.mark.django_db
def test_the_database_refuses_an_open_number() -> None:
    person = a_person()
    for written in (NUMBER.encode(), NUMBER.encode() * 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql("UPDATE people_person SET personal_id_number = %s WHERE id = %s", written, person.pk)


@pytest.mark.django_db
def test_one_number_belongs_to_one_person_and_finds_it() -> None:
    person = a_person(bank_account=BANK)
    a_person("", si_number="9000000093")
    a_person("", si_number="9000000094")
    assert Person.objects.get(personal_id_number="090 190 000 091") == person
    assert list(Person.objects.filter(personal_id_number__in=[NUMBER, OTHER, ""])) == [person]
    assert Person.objects.exclude(personal_id_number="").get() == person
    assert (
        Person.objects.filter(bank_account_key=blind_index("bank-account", "970405", "3900205123456")).get() == person
    )
    with pytest.raises(IntegrityError, match="one_person_per_personal_id"), transaction.atomic():
        a_person()
    for asked in ("startswith", "contains", "gt"):
        with pytest.raises(FieldError):
            Person.objects.filter(**{f"personal_id_number__{asked}": "090"}).exists()


@pytest.mark.django_db
def test_a_search_by_number_asks_an_index_of_the_database() -> None:
    a_person()
    sql("SET LOCAL enable_seqscan = off")
    plan = Person.objects.filter(personal_id_number=NUMBER).explain()
    assert "one_person_per_personal_id" in plan


@pytest.mark.django_db
def test_many_rows_are_written_row_by_row_or_not_at_all() -> None:
    made = Person.objects.bulk_create(
        Person(full_name="A", search_key="a", date_of_birth="1990", sex="male", personal_id_number=number,
               updated_at=LONG_AGO) for number in (NUMBER, OTHER)
    )  # fmt: skip
    assert {one.personal_id_number for one in Person.objects.all()} == {NUMBER, OTHER}
    with pytest.raises(TypeError, match="sealed for its row"), transaction.atomic():
        Person.objects.update(personal_id_number="090190000093")
    made[0].personal_id_number = "090190000093"
    with pytest.raises(TypeError, match="sealed for its row"), transaction.atomic():
        Person.objects.bulk_update(made, ["personal_id_number"])
    Person.objects.filter(pk=made[0].pk).update(personal_id_number="", si_number="9000000095")
    assert Person.objects.get(pk=made[0].pk).personal_id_number == ""


@pytest.mark.django_db
def test_only_part_of_a_row_can_be_read() -> None:
    person = a_person(bank_account=BANK)
    part = Person.objects.only("full_name").get(pk=person.pk)
    assert (part.full_name, part.personal_id_number) == ("Trần Thị Lan", NUMBER)
    part.full_name = "Lan"
    part.save(update_fields=["full_name"])
    part.refresh_from_db()
    assert (part.full_name, part.personal_id_number, part.bank_account) == ("Lan", NUMBER, BANK)


@pytest.mark.django_db
def test_a_key_that_is_not_here_is_named(own_keys: Path) -> None:
    person = a_person()
    keys.add_version()
    person.personal_id_number = OTHER
    person.save()
    (own_keys / "identifiers-key-2").rename(own_keys / "kept-elsewhere")
    keys.forget()
    with pytest.raises(KeyMissing) as refused:
        _ = Person.objects.get(pk=person.pk).personal_id_number
    assert (refused.value.code, refused.value.facts["file"]) == ("sealing-key-missing", "identifiers-key-2")
    assert "phiên bản 2" in str(refused.value)
    (own_keys / "kept-elsewhere").rename(own_keys / "identifiers-key-2")
    assert Person.objects.get(pk=person.pk).personal_id_number == OTHER, "found without a restart"


def test_opening_makes_no_key_and_a_key_may_come_from_the_environment(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = blind_index("personal-id", NUMBER)
    value = Sealed(index + bytes([1]) + os.urandom(44))
    with pytest.raises(KeyMissing):
        unseal(value, column=PLACE, row=1)
    assert not (own_keys / "identifiers-key-1").exists()
    monkeypatch.setenv("ANSINH_IDENTIFIERS_KEY_7", "of the administrator")
    keys.forget()
    sealed = seal(NUMBER, column=PLACE, row=1, index=index)
    assert (sealed.version, unseal(sealed, column=PLACE, row=1)) == (7, NUMBER)
    assert not (own_keys / "identifiers-key-7").exists()


@pytest.mark.django_db
def test_values_are_sealed_anew_in_batches_and_after_a_stop_the_rest() -> None:
    people = [a_person(f"0901900001{number:02d}") for number in range(7)]
    keys.add_version()
    column = next(one for one in rows.sealed_columns() if one.place == PLACE)
    assert rows.versions(column) == {1: 7}
    stopped = rows.reseal(column, batch=3)
    assert next(stopped) == 3
    stopped.close()
    assert rows.versions(column) == {1: 4, 2: 3}
    assert list(rows.reseal(column, batch=3)) == [3, 1]
    assert (rows.versions(column), list(rows.reseal(column))) == ({2: 7}, [])
    assert {one.personal_id_number for one in Person.objects.all()} == {f"0901900001{n:02d}" for n in range(7)}
    assert Person.objects.get(personal_id_number="090190000103") == people[3]
    assert rows.faults() == []


@pytest.mark.django_db(transaction=True)
def test_what_somebody_writes_meanwhile_is_left_alone() -> None:
    person = a_person()
    keys.add_version()
    column = next(one for one in rows.sealed_columns() if one.place == PLACE)
    written, may_commit = Event(), Event()

    def write() -> None:
        with as_the_house(), transaction.atomic():
            late = Person.objects.get(pk=person.pk)
            late.personal_id_number = OTHER
            late.save()
            written.set()
            may_commit.wait(10)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write)
        assert written.wait(10)
        Timer(0.5, may_commit.set).start()
        assert list(rows.reseal(column)) == [0], "read before, changed by the writer meanwhile"
        writer.result()
    assert Person.objects.get(pk=person.pk).personal_id_number == OTHER
    assert (rows.versions(column), list(rows.reseal(column))) == ({2: 1}, [])


@pytest.mark.django_db
def test_foreign_keys_are_found_before_anybody_is_harmed(own_keys: Path) -> None:
    a_person()
    assert rows.faults() == []
    (own_keys / "identifiers-index").write_text("another")
    keys.forget()
    assert [fault for fault in rows.faults() if "identifiers-index" in fault and PLACE in fault]
    (own_keys / "identifiers-key-1").write_text("another")
    keys.forget()
    assert any("people_person.personal_id_number" in fault for fault in rows.faults())
