"""What thieves try. Each answers when the wish was made and into which account, None when no wish came to stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ansinh.people.actors import Behalf, OfficerActor, Right
from ansinh.people.models import Role
from ansinh.people.strong_proof import StrongProof
from ansinh.platform.errors import DomainError
from ansinh.platform.identifiers import uuid7
from ansinh.registry.bank_accounts import settle
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter, ask_online
from ansinh.registry.bank_accounts.stop import withdraw
from ansinh.registry.models import BankAccountChange
from benchmarks.rig.bankswap.people import (
    OFFICE,
    Pensioner,
    a_mule,
    a_pensioner,
    an_officer,
    contacts_taken_over,
    same_mule,
)

Attempt = tuple[Pensioner, BankAccount]
Script = Callable[[Pensioner, datetime], list[Attempt]]


def stolen_password(victim: Pensioner, at: datetime) -> list[Attempt]:
    """The password and nothing else."""
    return [_online(victim, a_mule(victim), None, at)]


def swapped_sim(victim: Pensioner, at: datetime) -> list[Attempt]:
    """The telephone number: a new password by SMS, then an authenticator app of the thief."""
    contacts_taken_over(victim, at=at - timedelta(hours=1))
    return [_online(victim, a_mule(victim), StrongProof("totp", at - timedelta(minutes=5), at), at)]


def relayed_code(victim: Pensioner, at: datetime) -> list[Attempt]:
    """A page between the person and the portal passes the code of the own app on."""
    return [_online(victim, a_mule(victim), victim.proof("totp", at=at), at)]


def lone_insider(victim: Pensioner, at: datetime) -> list[Attempt]:
    """One officer with every role takes the wish in and approves it."""
    insider, mule = an_officer(Role.INTAKE, Role.FINANCE, Role.HEAD, Role.LEADER, at=at), a_mule(victim)
    change = _at_counter(victim, mule, insider, at)
    if change is not None:
        _quietly(lambda: settle.compare(change.pk, actor=insider, office_code=OFFICE, note="", at=at))
        _quietly(lambda: settle.approve(change.pk, actor=insider, at=at))
    return [(victim, mule)]


def guardian(victim: Pensioner, at: datetime) -> list[Attempt]:
    """Somebody who may act for the person, with every right and an own passkey."""
    helper, mule = a_pensioner(at=at), a_mule(victim)
    behalf = Behalf("mandate", victim.citizen.person_id, victim.citizen.name, frozenset(Right), uuid7())
    acting = replace(helper.citizen, behalf=behalf)
    _quietly(lambda: ask_online(mule, actor=acting, proof=helper.proof("passkey", at=at), at=at))
    return [(victim, mule)]


def new_device(victim: Pensioner, at: datetime) -> list[Attempt]:
    """A session left open: its proof is an hour old; then a passkey of the thief's device."""
    mule = a_mule(victim)
    _quietly(lambda: ask_online(mule, actor=victim.citizen, proof=_aged(victim, at), at=at))
    return [_online(victim, mule, StrongProof("passkey", at, at), at)]


def two_in_one_day(victim: Pensioner, at: datetime) -> list[Attempt]:
    """One change, taken back, and another: does the second inherit the time of the first?"""
    first = _online(victim, a_mule(victim), victim.proof("totp", at=at), at)
    later = at + timedelta(hours=20)
    change = BankAccountChange.objects.filter(person_id=victim.citizen.person_id).latest("asked_at")
    _quietly(lambda: withdraw(change.pk, actor=victim.citizen, at=later))
    return [first, _online(victim, a_mule(victim), victim.proof("totp", at=later), later)]


def day_before_payday(victim: Pensioner, at: datetime) -> list[Attempt]:
    """The relayed code again, but hours before the money moves (series.py pays at every hour)."""
    return [_online(victim, a_mule(victim), victim.proof("totp", at=at), at)]


def change_back(victim: Pensioner, at: datetime) -> list[Attempt]:
    """An honest change took effect lately; the thief hides behind it with a second one."""
    honest = replace(victim.own, bank="970418", number="52" + victim.own.number[2:])
    before = at - timedelta(days=10)
    ask_online(honest, actor=victim.citizen, proof=victim.proof("passkey", at=before), at=before)
    return [_online(victim, a_mule(victim), victim.proof("totp", at=at), at)]


def thirty_into_one(victim: Pensioner, at: datetime) -> list[Attempt]:
    """Thirty people, one account, each time with the right name."""
    mule, victims = a_mule(victim), [victim, *(a_pensioner(at=at) for _ in range(29))]
    return [_online(one, same_mule(one, mule), one.proof("totp", at=at), at) for one in victims]


def call_centre_reset(victim: Pensioner, at: datetime) -> list[Attempt]:
    """A recovery talked out of the office: new telephone, new passkey, then the change."""
    contacts_taken_over(victim, at=at - timedelta(days=4))
    return [_online(victim, a_mule(victim), StrongProof("passkey", at - timedelta(days=4), at), at)]


def forged_authorisation(victim: Pensioner, at: datetime) -> list[Attempt]:
    """A forged paper deceives two officers: taken in at a counter and approved by another one."""
    mule = a_mule(victim)
    change = _at_counter(victim, mule, an_officer(Role.INTAKE, at=at), at)
    if change is not None:
        settle.approve(change.pk, actor=an_officer(Role.FINANCE, at=at), at=at)
    return [(victim, mule)]


SCRIPTS: tuple[Script, ...] = (
    stolen_password, swapped_sim, relayed_code, lone_insider, guardian, new_device, two_in_one_day, day_before_payday,
    change_back, thirty_into_one, call_centre_reset, forged_authorisation,
)  # fmt: skip


def _online(victim: Pensioner, mule: BankAccount, proof: StrongProof | None, at: datetime) -> Attempt:
    _quietly(lambda: ask_online(mule, actor=victim.citizen, proof=proof, at=at))
    return victim, mule


def _at_counter(victim: Pensioner, mule: BankAccount, officer: OfficerActor, at: datetime) -> BankAccountChange | None:
    try:
        return ask_at_counter(
            mule, person_id=victim.citizen.person_id, actor=officer, office_code=OFFICE, identity_matches=True,
            note="", at=at,
        )  # fmt: skip
    except DomainError:
        return None


def _aged(victim: Pensioner, at: datetime) -> StrongProof:
    return victim.proof("passkey", at=at - timedelta(hours=1))


def _quietly(act: Callable[[], object]) -> None:
    """A thief who is refused goes on."""
    try:
        with transaction.atomic():
            act()
    except (DomainError, IntegrityError):
        return
