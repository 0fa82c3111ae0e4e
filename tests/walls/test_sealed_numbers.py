"""Where a personal number or a bank account lies open in the tables: nowhere but where decision 0016 says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from ansinh.people.models import Account, Person, StaffInvitation
from ansinh.people.organisations.invite import invite
from ansinh.people.views_of import view_of_citizen
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedField
from ansinh.platform.sealed_fields.rows import sealed_columns
from ansinh.registry.models import BankAccountChange, Entitlement, InsuredPerson
from tests.walls.people import filled
from tests.walls_of import seen_as
from tests.world import FILED_AT, ID_NUMBER, SI_NUMBER, World, a_registration, a_submitted_dossier, a_world
from tests.world_organisations import a_firm

PAID = {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI MAI LAN"}
FORMER, INVITED = "3900205999888", "090185000177"
NUMBERS = (ID_NUMBER, PAID["number"], FORMER, INVITED, "090088000027")

DECLARED = {"dossiers_dossier": "answers", "dossiers_draft": "answers"}
"""Columns of what an applicant declared (decision 0016): behind row security, bound by digest and evidence."""

NAMES_OF_NUMBERS = ("personal_id", "id_number", "account_number", "bank_account", "login", "payer_account")
OPEN_BECAUSE = {
    "people.Account.last_login": "a moment",
    "people.SignInAttempt.login_key": "an HMAC",
}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> Iterator[World]:
    """Numbers in every table that has some: of the citizen, of a newcomer, of somebody invited."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    world = a_world()
    filled(world, world.citizen)
    person = Person.objects.get(pk=world.citizen.person_id)
    person.bank_account = PAID
    person.save()
    for paid in Entitlement.objects.all():
        paid.bank_account = PAID
        paid.save()
    change = BankAccountChange.objects.get(person=person)
    change.number = FORMER
    change.save()
    a_submitted_dossier(world)
    a_registration(world)
    firm = a_firm()
    invite(firm.company.pk, actor=firm.chief, personal_id_number=INVITED, roles=["read"], branches=False, at=FILED_AT)
    yield world


def test_a_reader_of_every_table_finds_no_number_but_in_what_applicants_declared(world: World) -> None:
    found = {(table, column) for table, column, text in everything() for number in NUMBERS if number in text}
    assert found <= set(DECLARED.items()), "a number lies open: seal the column (platform.sealed_fields)"
    assert found, "the scan itself finds what is there"


def test_the_application_reads_through_sql_no_number_of_its_own_viewer(world: World) -> None:
    with seen_as(view_of_citizen(world.citizen)), connection.cursor() as cursor:
        for table in {column.table for column in sealed_columns()}:
            cursor.execute(f"SELECT whole::text FROM {table} whole")
            shown = "".join(text for (text,) in cursor.fetchall())
            assert not [number for number in NUMBERS if number in shown or number.encode().hex() in shown], table
        cursor.execute("SELECT count(*) FROM people_person WHERE personal_id_number IS NOT NULL")
        assert cursor.fetchone() == (1,)


def test_the_numbers_are_there_for_the_program(world: World) -> None:
    assert Person.objects.get(personal_id_number=ID_NUMBER).bank_account == PAID
    assert Account.objects.get(login=ID_NUMBER).pk == world.citizen.account_id
    assert InsuredPerson.objects.get(pk=SI_NUMBER).personal_id_number == ID_NUMBER
    assert StaffInvitation.objects.get(personal_id_number=INVITED).personal_id_number == INVITED
    assert BankAccountChange.objects.get(person_id=world.citizen.person_id).number == FORMER


def test_every_column_named_like_a_number_is_sealed() -> None:
    wrong = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if any(name in field.name for name in NAMES_OF_NUMBERS)
        and not isinstance(field, SealedField | BlindIndex | models.DateTimeField)
    }
    assert wrong - set(OPEN_BECAUSE) == set(), "seal them, or say here why they may lie open"


def everything() -> Iterator[tuple[str, str, str]]:
    """Every value of every table as text: (table, column, text), octets also as what they spell."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [one.name for one in cursor.description or ()]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    octets = isinstance(value, bytes | memoryview)
                    yield table, name, bytes(value).decode(errors="replace") if octets else str(value)
