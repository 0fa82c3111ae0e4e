"""Invented pensioners with contacts, officers who may be deceived, and the messages that were sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count

from ansinh.law.names import bank_form, search_key
from ansinh.notifications.models import Message
from ansinh.people import queries
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.former_contacts import keep
from ansinh.people.models import Account, Assignment, Officer, Person, Role
from ansinh.people.strong_proof import StrongProof
from ansinh.registry.bank_accounts.account import BankAccount

OFFICE = "90001"
_numbers = count(1)


@dataclass(frozen=True)
class Pensioner:
    """Somebody paid into an own account, with a telephone that nobody else reads."""

    citizen: Citizen
    phone: str
    own: BankAccount
    enrolled_at: datetime

    def proof(self, method: str, *, at: datetime) -> StrongProof:
        """A proof with the means the person has had for long."""
        return StrongProof(method, enrolled_at=self.enrolled_at, proven_at=at)  # type: ignore[arg-type]

    def freeze_code(self) -> str | None:
        """The stopping code of the last notice on this very telephone; None when none came."""
        found = Message.objects.filter(channel="sms", recipient=self.phone, body__contains=", ma ")
        newest = found.order_by("-created_at").first()
        return newest.body.rsplit(" ", 1)[1] if newest else None


def a_pensioner(*, at: datetime) -> Pensioner:
    """A person with an active account since two years."""
    n, since = next(_numbers), at - timedelta(days=730)
    name, phone = f"Nguyễn Văn {_letters(n)}", f"8490{n:07d}"
    own = BankAccount("970405", f"390{n:010d}", bank_form(name))
    person = Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth="1958-03-04", sex="male",
        personal_id_number=f"099158{n:06d}", si_number=f"99{n:08d}", phone=phone, updated_at=since,
        bank_account={"bank": own.bank, "number": own.number, "holder": own.holder},
    )  # fmt: skip
    account = Account.objects.create(
        login=person.personal_id_number, person=person, display_name=name, state="active", phone=phone,
        created_at=since, activated_at=since,
    )  # fmt: skip
    return Pensioner(Citizen(account.pk, person.pk, name), phone, own, since)


def contacts_taken_over(victim: Pensioner, *, at: datetime) -> None:
    """Somebody had telephone and mailbox replaced, as a recovery at a counter does it."""
    account = Account.objects.get(pk=victim.citizen.account_id)
    keep(account, at=at)
    Account.objects.filter(pk=account.pk).update(phone=f"8491{next(_numbers):07d}")


def a_mule(victim: Pensioner) -> BankAccount:
    """The thief's account, typed with the victim's name."""
    return BankAccount("970436", f"666{next(_numbers):09d}", victim.own.holder)


def same_mule(victim: Pensioner, mule: BankAccount) -> BankAccount:
    """One account for many, each time with the name of the victim."""
    return replace(mule, holder=victim.own.holder)


def an_officer(*roles: Role, at: datetime) -> OfficerActor:
    """An officer of the one office with these roles."""
    n = next(_numbers)
    account = Account.objects.create(
        login=f"can-bo-{n}", display_name=f"Cán bộ {n}", state="active", created_at=at, activated_at=at
    )
    officer = Officer.objects.create(account=account, full_name=f"Cán bộ {n}", title_vi="Cán bộ")
    for role in roles:
        Assignment.objects.create(
            officer=officer, office_code=OFFICE, function="counter", role=role, valid_from=date(2020, 1, 1)
        )
    actor = queries.officer(account, on=at.date())
    assert actor is not None
    return actor


def _letters(n: int) -> str:
    """A, B … Z, BA …: names that differ."""
    text = ""
    while True:
        n, rest = divmod(n, 26)
        text = chr(ord("A") + rest) + text
        if n == 0:
            return text.capitalize()
