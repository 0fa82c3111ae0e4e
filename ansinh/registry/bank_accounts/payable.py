"""Which account a payment goes to at a moment, read from the changes each time: nothing is copied in the night."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from ansinh.people.models import Person
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.benefits.standing import paid_to
from ansinh.registry.models import BankAccountChange, Entitlement
from ansinh.registry.models_bank_accounts import TAKES_EFFECT, WAITS_FOR_OFFICERS


def payable_account(person_id: UUID, *, at: datetime) -> BankAccount | None:
    """The account that a payment made at this moment goes to; None: there is none, it is paid in cash.

    A change that is held, looked at or stopped changes nothing: the account before it goes on being paid.
    """
    change = (
        BankAccountChange.objects.filter(person_id=person_id, state__in=TAKES_EFFECT, effective_at__lte=at)
        .order_by("-effective_at")
        .first()
    )
    return (
        BankAccount(change.bank, change.number, change.holder) if change else first_account(person_id, on=local_day(at))
    )


def first_account(person_id: UUID, *, on: date) -> BankAccount | None:
    """The account before any change: that of the benefit in payment, else the person's own."""
    person = Person.objects.get(pk=person_id)
    own = Entitlement.objects.filter(insured_id=person.si_number or None).prefetch_related("changes")
    running = next((one for one in paid_to(own, on=on) if one.bank_account), None)
    return BankAccount.held(running.bank_account if running else person.bank_account)


@as_the_house()  # a number, of nobody in particular
def others_of(account: BankAccount, *, but: UUID) -> int:
    """How many other people are paid into this account, or asked to be."""
    key = account.key
    living = Q(state__in=[*TAKES_EFFECT, *WAITS_FOR_OFFICERS])
    people = set(BankAccountChange.objects.filter(living, account_key=key).values_list("person_id", flat=True))
    people |= set(Person.objects.filter(bank_account_key=key).values_list("pk", flat=True))
    insured = Entitlement.objects.filter(bank_account_key=key).values("insured_id")
    people |= set(Person.objects.filter(si_number__in=insured).exclude(si_number="").values_list("pk", flat=True))
    return len(people - {but})


def waiting_change(person_id: UUID, *, at: datetime) -> BankAccountChange | None:
    """The change of this person that is held or waits for officers, or None."""
    rows = BankAccountChange.objects.filter(person_id=person_id)
    held = Q(state__in=TAKES_EFFECT, effective_at__gt=at)
    return rows.filter(held | Q(state__in=WAITS_FOR_OFFICERS)).order_by("-asked_at").first()
