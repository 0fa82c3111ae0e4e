"""Play the scripts, let the victims answer, pay at every hour, and add up."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final
from unittest.mock import patch

from ansinh.offices.models import Level, Office
from ansinh.platform.errors import DomainError
from ansinh.platform.zone import VIETNAM
from ansinh.registry.bank_accounts import ask, settle
from ansinh.registry.bank_accounts.ask import ask_online
from ansinh.registry.bank_accounts.payable import payable_account
from ansinh.registry.bank_accounts.rules import Rules, rules
from ansinh.registry.bank_accounts.stop import freeze
from ansinh.registry.models import BankAccountChange
from benchmarks.rig.bankswap.people import OFFICE, Pensioner, a_pensioner
from benchmarks.rig.bankswap.scripts import SCRIPTS, Script

FIRST_DAY: Final = datetime(2026, 11, 2, tzinfo=VIETNAM)
PENSION: Final = 5_240_000
SLOWEST_HONEST: Final = timedelta(hours=24)
HOURS: Final = range(240)
"""A payday may fall on any of these hours after the wish."""


def measure(wanted: argparse.Namespace) -> bool:
    """Whether thieves got nothing, victims were told, and honest people were paid where they wished."""
    _office()
    random, kept = Random(wanted.seed), True
    with _defences(off=wanted.sabotage):
        for script in SCRIPTS:
            rounds = [_play(script, _some_hour(random), random) for _ in range(wanted.rounds)]
            stolen, untold = sum(lost for lost, _ in rounds), sum(silent for _, silent in rounds)
            kept &= stolen == 0 and untold == 0
            print(
                f"  {script.__name__:22} {wanted.rounds} rounds  to thieves {stolen:>12,} đ  victims not told {untold}"
            )
        kept &= _honest(random, wanted.rounds)
    return kept


def _play(script: Script, at: datetime, random: Random) -> tuple[int, int]:
    """Đồng that thieves got, and victims with a change and no code on their own telephone."""
    stolen = untold = 0
    victim = a_pensioner(at=at)
    for robbed, mule in script(victim, at):
        changes = list(_changes(robbed))
        code = robbed.freeze_code()
        untold += bool(changes) and code is None
        reads_at = max((_reads_at(one, random) for one in changes if one.number == mule.number), default=at)
        for hour in HOURS[:: random.randint(2, 4)]:
            payday = at + timedelta(hours=hour)
            if code is not None and payday >= reads_at:
                _freeze(code, at=reads_at)
                code = None
            paid = payable_account(robbed.citizen.person_id, at=payday)
            stolen += PENSION * (paid is not None and paid.number == mule.number)
    return stolen, untold


def _honest(random: Random, rounds: int) -> bool:
    """A passkey's change takes effect within a working day, and nobody needs an officer for it."""
    slow = 0
    for _ in range(rounds):
        at = _some_hour(random)
        person = a_pensioner(at=at)
        wish = replace(person.own, bank="970418", number="52" + person.own.number[2:])
        ask_online(wish, actor=person.citizen, proof=person.proof("passkey", at=at), at=at)
        paid = payable_account(person.citizen.person_id, at=at + SLOWEST_HONEST)
        slow += paid is None or paid.number != wish.number
    print(f"  honest changes by passkey {rounds}, later than a day: {slow}")
    return slow == 0


def _changes(person: Pensioner) -> Iterator[BankAccountChange]:
    yield from BankAccountChange.objects.filter(person_id=person.citizen.person_id)


def _reads_at(change: BankAccountChange, random: Random) -> datetime:
    """The victim reads the notice late, but within the hold that the rules promise."""
    promised = rules(on=change.asked_at.date()).holds[change.way]
    return change.asked_at + timedelta(minutes=random.randint(10, int(promised.total_seconds()) // 60 - 1))


def _freeze(code: str, *, at: datetime) -> None:
    try:
        freeze(code, at=at)
    except DomainError:
        return  # the change has ended already


def _some_hour(random: Random) -> datetime:
    return FIRST_DAY + timedelta(minutes=random.randrange(40 * 24 * 60))


@contextmanager
def _defences(*, off: bool) -> Iterator[None]:
    """The rules as they are; for the sabotaged run none of the holds."""
    if not off:
        yield
        return
    with patch.object(ask, "rules", _no_holds), patch.object(settle, "rules", _no_holds):
        yield


def _no_holds(**day: object) -> Rules:
    real = rules(**day)  # type: ignore[arg-type]
    return replace(real, holds=dict.fromkeys(real.holds, timedelta(0)))


def _office() -> None:
    Office.objects.get_or_create(
        code=OFFICE,
        defaults={
            "name_vi": "BHXH cơ sở để đo", "name_en": "Office for measuring", "level": Level.LOCAL,
            "province_code": "90", "valid_from": FIRST_DAY.date(),
        },
    )  # fmt: skip
