"""Invented accounts of a measurement, and the codes that travel to them, read with the installation's own secret."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from ansinh.law.names import search_key
from ansinh.people.models import Account, OneTimeCode, Person
from ansinh.people.one_time_codes import secrets
from ansinh.platform.identifiers import uuid7

PASSWORD = "ruộng bậc thang 77"


@dataclass(frozen=True)
class Known:
    """An account of the measurement."""

    id: UUID
    login: str
    phone: str


def known(count: int, *, series: int, prefix: str = "") -> list[Known]:
    """So many accounts that open with PASSWORD; `prefix` begins all their telephones, else none is near another."""
    now, stored = timezone.now(), make_password(PASSWORD)  # noqa: TID251 - a measurement is a mouth
    made = [Known(uuid7(), _login(series, n), _phone(series, n, prefix)) for n in range(count)]
    people = [
        Person(
            id=uuid7(), full_name="Người Được Đo", search_key=search_key("Người Được Đo"), date_of_birth="1990",
            sex="female", personal_id_number=one.login, updated_at=now,
        )
        for one in made
    ]  # fmt: skip
    Person.objects.bulk_create(people)
    Account.objects.bulk_create(
        Account(
            id=one.id, login=one.login, person=person, password=stored, state="active", phone=one.phone,
            display_name=person.full_name, created_at=now, activated_at=now,
        )
        for one, person in zip(made, people, strict=True)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_account, people_person")
    return made


def unknown(count: int, *, series: int) -> list[str]:
    """Personal numbers of nobody, of the same form."""
    return [f"096{series:03d}{n:06d}" for n in range(count)]


def sent_code(account_id: UUID, *, purpose: str = "password_reset") -> tuple[OneTimeCode, str]:
    """The newest code of an account, readable only with the secret of this installation."""
    code = OneTimeCode.objects.filter(account_id=account_id, purpose=purpose).latest("issued_at")
    assert code.sealed_code is not None
    return code, secrets.unseal(bytes(code.sealed_code), row=code.pk)


def other_digits(code: str, step: int) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + step) % 1_000_000:06d}"


def _login(series: int, n: int) -> str:
    return f"097{series:03d}{n:06d}"


def _phone(series: int, n: int, prefix: str) -> str:
    if prefix:
        return f"{prefix}{n:0{11 - len(prefix)}d}"
    # A stride that is coprime to the range: neighbours lie in other prefixes, and no number comes twice.
    return f"849{(series * 1_000_003 + n * 7_654_321) % 100_000_000:08d}"
