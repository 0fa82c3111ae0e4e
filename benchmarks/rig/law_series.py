"""A month of rises for everybody who draws a benefit, and what one core does of worked cases."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial
from pathlib import Path
from random import Random

from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.errors import LawError
from ansinh.law.indexation_run import IndexationRun

ON = date(2026, 7, 1)
BLOCK = 10_000
KINDS = (
    ("pension", 86), ("disability_allowance", 5), ("commune_officer_allowance", 3), ("tnld_monthly", 4),
    ("old_commune_officer_130CP_111HDBT", 1), ("allowance_91_613", 1),
)  # fmt: skip
# just under, at and just over what becomes 3,500,000 and 3,800,000
EDGES = (3_240_739, 3_240_740, 3_240_741, 3_518_518, 3_518_519, 3_500_000, 3_800_000)


@dataclass(frozen=True)
class Totals:
    """What came of some payments, in đồng."""

    people: int = 0
    before: int = 0
    after: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.people + other.people, self.before + other.before, self.after + other.after)


def cases_per_second(folder: Path, *, seconds: float) -> tuple[int, float]:
    """How many worked cases there are, and how many with all their steps one core does in a second of its time."""
    cases = [case for file in sorted(folder.glob("*.yaml")) for case in read_cases(file)]
    _calculate(cases)  # figures are read once, before the clock runs
    rounds, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        _calculate(cases)
        rounds += 1
    return len(cases), rounds * len(cases) / (time.process_time() - started)


def _calculate(cases: list[Case]) -> None:
    for case in cases:
        with suppress(LawError):
            calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)


def people_of(block: int, *, size: int, seed: int) -> list[tuple[str, str, int]]:
    """(kind, month it began, amount before) of one block: the same for any number of processes."""
    chance = Random(seed * 1_000_003 + block)
    kinds = chance.choices([kind for kind, _ in KINDS], weights=[weight for _, weight in KINDS], k=size)
    months = [chance.randrange(1985 * 12, 2026 * 12 + 10) for _ in range(size)]
    return [
        (
            kind,
            f"{month // 12:04d}-{month % 12 + 1:02d}",
            chance.choice(EDGES) if chance.random() < 0.01 else int(chance.lognormvariate(15.4, 0.5)),
        )
        for kind, month in zip(kinds, months, strict=True)
    ]


def month_of_rises(people: int, *, seed: int, cores: int, folder: Path) -> Totals:
    """Work out everybody's new amount, one line each in the payment list; the totals of the run."""
    blocks = -(-people // BLOCK)
    work = partial(_pay_block, people=people, seed=seed, folder=folder)
    with ProcessPoolExecutor(max_workers=cores) as pool:
        return sum(pool.map(work, range(blocks), chunksize=4), Totals())


@lru_cache(maxsize=1)
def _run() -> IndexationRun:
    return IndexationRun(ON)


def _pay_block(block: int, *, people: int, seed: int, folder: Path) -> Totals:
    first = block * BLOCK
    run, before, after, lines = _run(), 0, 0, []
    paid = people_of(block, size=min(BLOCK, people - first), seed=seed)
    for number, (kind, started, amount) in enumerate(paid, start=first):
        new = run.new_amount(amount, kind=kind, started=started)
        before += amount
        after += new
        lines.append(f"{number};{kind};{started};{amount};{new}\n")
    folder.joinpath(f"{block:06d}.csv").write_text("".join(lines), "ascii")
    return Totals(len(paid), before, after)


def independent_totals(folder: Path) -> tuple[Totals, int]:
    """The totals read back from the payment list and worked out again without the law's code, and wrong lines.

    Written from 162/2026/NĐ-CP alone: 8% for what began before July 2026; of what began before 1995, but accident
    benefits, 3,500,000 and less gets 300,000 more, and up to 3,800,000 becomes 3,800,000.
    """
    totals, wrong, expected = Totals(), 0, 0
    for file in sorted(folder.glob("*.csv")):
        people = before = after = 0
        for line in file.read_text("ascii").splitlines():
            number, kind, started, old, new = line.split(";")
            again = _by_the_decree(kind, started, Decimal(old))
            wrong += int(new) != again or int(number) != expected
            expected += 1
            people += 1
            before += int(old)
            after += int(again)
        totals += Totals(people, before, after)
    return totals, wrong


def _by_the_decree(kind: str, started: str, amount: Decimal) -> Decimal:
    if started >= "2026-07":
        return amount
    raised = (amount * Decimal("1.08")).quantize(Decimal(1), ROUND_HALF_UP)
    is_old = started < "1995-01" or kind == "old_commune_officer_130CP_111HDBT"
    if kind == "tnld_monthly" or not is_old or raised >= 3_800_000:
        return raised
    return raised + 300_000 if raised <= 3_500_000 else Decimal(3_800_000)


def unlike_the_explained(*, count: int, people: int, seed: int) -> int:
    """How many of some people get another amount from the rule that explains every step."""
    chance, run = Random(seed), IndexationRun(ON)
    unlike = 0
    for block in {chance.randrange(-(-people // BLOCK)) for _ in range(5)}:
        size = min(BLOCK, people - block * BLOCK)
        for kind, started, amount in chance.sample(people_of(block, size=size, seed=seed), min(count // 5, size)):
            inputs = {"pension": amount, "kind": kind, "started": started}
            explained = calculate("pension_indexation", inputs=inputs, event_date=ON)
            unlike += explained.amount != run.new_amount(amount, kind=kind, started=started)
    return unlike


def most_memory() -> int:
    """Bytes of the largest process of the run."""
    return 1024 * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def processor_seconds() -> float:
    """User and system time of the processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
