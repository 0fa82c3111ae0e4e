"""The run of `./bench payments`."""

from __future__ import annotations

import argparse
import hmac
import json
import os
import signal
import time
import traceback
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from random import Random
from typing import Final
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError

from ansinh.payments import notices
from ansinh.payments.bank_key import BANK_NOTICES
from ansinh.payments.batches import end_to_end, prepare, release, take_answer
from ansinh.payments.ledger import balance
from ansinh.payments.models import BankNotice, Batch, LedgerEntry, LedgerTransaction, Order, OrderEvent, OrderState
from ansinh.payments.notices import record_notice
from ansinh.payments.orders import Purpose, Whose, order_in, order_out
from ansinh.payments.pain import ANSWERS
from ansinh.payments.reconcile import differences
from ansinh.payments.rules import our_account
from ansinh.people.actors import OfficerActor, System
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import DomainError
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.secrets import secret
from ansinh.platform.zone import VIETNAM, local_day
from ansinh.registry.bank_accounts.account import BankAccount
from benchmarks.rig.bankswap.people import OFFICE, an_officer

AT: Final = datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
LONGEST: Final = 900.0
"""Seconds after which a run that does not end counts as failed."""


@dataclass(frozen=True)
class Work:
    """What every worker does."""

    bodies: tuple[bytes, ...]
    signatures: tuple[str, ...]
    to_pay: tuple[UUID, ...]
    cashiers: tuple[OfficerActor, ...]
    heads: tuple[OfficerActor, ...]


@dataclass
class Tally:
    """What was killed, and how long after a kill the next worker stood."""

    workers: int = 0
    backends: int = 0
    born: list[float] = field(default_factory=list)


def measure(wanted: argparse.Namespace) -> bool:
    """Whether all that is promised held."""
    random = Random(wanted.seed)
    with ExitStack() as stack:
        stack.enter_context(as_the_house())
        if wanted.sabotage:
            _sabotage(stack)
        work = _work(wanted)
        began = time.perf_counter()
        tally, ended = _soak(work, wanted, random)
        taken = time.perf_counter() - began
        print(f"{tally.workers} workers and {tally.backends} database backends killed in {taken:.1f} s")
        return _judged(work, wanted) and ended


def _sabotage(stack: ExitStack) -> None:
    stack.enter_context(patch.object(notices, "_wait_for_others", lambda reported: time.sleep(0.002)))
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX bank_reference_booked_once")
        cursor.execute("ALTER TABLE payments_banknotice DROP CONSTRAINT bank_notice_kept_once")


def _work(wanted: argparse.Namespace) -> Work:
    system, ours = System(), our_account(OFFICE, "collection", on=local_day(AT))
    key = secret(BANK_NOTICES, folder=settings.SECRETS_DIR).encode()
    bodies = []
    with transaction.atomic(), acting_as(system.label):
        officers = [an_officer(role, at=AT) for role in (Role.FINANCE, Role.FINANCE, Role.HEAD, Role.LEADER)]
        for number in range(wanted.notices):
            order = order_in(
                f"in:{number}", 100_000 + number, purpose=Purpose("health", "Đóng BHYT", "Health insurance"),
                whose=Whose(None, "Người nộp", OFFICE), actor=system, at=AT,
            )  # fmt: skip
            # every tenth is a đồng short, every twentieth names no order: they wait for an officer, booked all the same
            amount = order.amount - (number % 10 == 0)
            text = "chuyen tien" if number % 20 == 7 else f"CT {order.code}"
            facts = {
                "bank": ours.bank, "reference": f"FT{number:010d}", "kind": "credit", "account": ours.number,
                "amount": amount, "content": text, "payer_name": "NGUYEN VAN A", "payer_bank": "970436",
                "payer_account": "0011002233445", "at": AT.isoformat(),
            }  # fmt: skip
            bodies.append(json.dumps(facts).encode())
        to = BankAccount("970436", "0011002233445", "NGUYEN VAN A")
        outs = [
            order_out(
                f"out:{number}", 1_000_000 + number, purpose=Purpose("benefits", "Trợ cấp", "Benefit"), to=to,
                whose=Whose(None, "Người hưởng", OFFICE), actor=system, at=AT,
            )
            for number in range(wanted.orders)
        ]  # fmt: skip
    signatures = tuple(hmac.new(key, body, sha256).hexdigest() for body in bodies)
    return Work(tuple(bodies), signatures, tuple(one.pk for one in outs), tuple(officers[:2]), tuple(officers[2:]))


def _soak(work: Work, wanted: argparse.Namespace, random: Random) -> tuple[Tally, bool]:
    """Workers that are killed and follow each other; once enough were killed the last ones finish their round."""
    tally, seeds, deadline = Tally(), iter(range(1, 10**6)), time.monotonic() + LONGEST
    connection.close()
    living = [_born(work, wanted, next(seeds)) for _ in range(wanted.workers)]
    ended = 0
    while living and time.monotonic() < deadline:
        time.sleep(random.uniform(0.02, 0.3))
        for pid in list(living):
            if os.waitpid(pid, os.WNOHANG)[0]:
                living.remove(pid)
                ended += 1
        if tally.workers + tally.backends >= wanted.kills:
            continue
        if random.random() < 0.3:
            tally.backends += _backend_killed(random)
        elif living:
            pid = living.pop(random.randrange(len(living)))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            tally.workers += 1
        while len(living) < wanted.workers:
            living.append(_born(work, wanted, next(seeds)))
    for pid in living:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return tally, not living


def _born(work: Work, wanted: argparse.Namespace, seed: int) -> int:
    connection.close()
    pid = os.fork()
    if pid:
        return pid
    try:
        with as_the_house():
            _one_worker(work, Random(0 if wanted.sabotage else f"{wanted.seed}:{seed}"))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _one_worker(work: Work, random: Random) -> None:
    """A whole round: every notice, and a try at every order with whatever others left half done."""
    tasks: list[tuple[str, int]] = [("notice", at) for at in range(len(work.bodies))]
    tasks += [("pay", at) for at in range(len(work.to_pay))]
    random.shuffle(tasks)
    for kind, at in tasks:
        while True:
            try:
                _booked(work, at) if kind == "notice" else _paid(work, work.to_pay[at], random)
                break
            except DomainError:
                break  # another worker was there first, and it is said why
            except (OperationalError, InterfaceError):
                connection.close()  # the backend was killed: once more


def _booked(work: Work, at: int) -> None:
    record_notice(body=work.bodies[at], signed=work.signatures[at], at=AT)


def _paid(work: Work, order_id: UUID, random: Random) -> None:
    cashier, head = random.choice(work.cashiers), random.choice(work.heads)
    order = Order.objects.select_related("batch").get(pk=order_id)
    if order.batch is None:
        batch = prepare([order_id], office_code=OFFICE, actor=cashier, at=AT)
        order.rounds += 1
    else:
        batch = order.batch
    if batch.released_at is None:
        release(batch.pk, actor=head, at=AT)
    said = (
        f'<Document xmlns="{ANSWERS}"><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{batch.number}</OrgnlMsgId>'
        f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>{end_to_end(order)}</OrgnlEndToEndId>"
        "<TxSts>ACSC</TxSts></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    )
    take_answer(said.encode(), actor=cashier, office_code=OFFICE, at=AT)


def _backend_killed(random: Random) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        found = [pid for (pid,) in cursor.fetchall()]
        if found:
            cursor.execute("SELECT pg_terminate_backend(%s)", [random.choice(found)])
    connection.close()
    return len(found[:1])


def _judged(work: Work, wanted: argparse.Namespace) -> bool:
    """Count what is there against what was sent."""
    kept = Counter(BankNotice.objects.values_list("reference", flat=True))
    lost = len(work.bodies) - len(kept)
    doubled = sum(times - 1 for times in kept.values())
    received = sum(json.loads(body)["amount"] for body in work.bodies)
    booked = balance("collection_bank")
    settled = Counter(OrderEvent.objects.filter(kind__in=("settled", "received")).values_list("order_id", flat=True))
    twice = sum(times - 1 for times in settled.values() if times > 1)
    unpaid = Order.objects.filter(pk__in=work.to_pay).exclude(state=OrderState.PAID).count()
    paid = balance("payout_bank")
    owed = sum(Order.objects.filter(pk__in=work.to_pay).values_list("amount", flat=True))
    wrong = differences()
    print(
        f"{len(work.bodies)} notices by {wanted.workers} workers: {lost} lost, {doubled} doubled;"
        f" received {received:,} đ, booked {booked:,} đ"
    )
    print(
        f"{len(work.to_pay)} orders out in {Batch.objects.count()} files: {unpaid} not paid, {twice} paid twice;"
        f" owed {owed:,} đ, paid {-paid:,} đ"
    )
    print(
        f"{LedgerTransaction.objects.count()} bookings, {LedgerEntry.objects.count()} entries:"
        f" {len(wrong)} differences from the states"
    )
    for one in wrong[:5]:
        print(f"  {one.about}: {one.says}")
    return not (lost or doubled or twice or unpaid or wrong) and booked == received and -paid == owed
