"""The law: worked cases a second on one core, and a month of rises for every pensioner of the country.

The rises are those of July 2026 (8 percent, low amounts of before 1995 lifted to 3,800,000 đ) for invented people of
six kinds of benefit. Every payment is a line in a list; the list is then read back and each line, the count and the
totals are worked out again from the words of the decree by other code, some people by the rule that shows its steps.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.rig import law_series
from benchmarks.rig.figures import machine, verdict

AIM_PEOPLE = 3_300_000
AIM_SECONDS = 60
AIM_MEMORY = 256 << 20
CASES = Path("tests/law/cases")


def main() -> int:
    """Measure; 0 when the month is done in time, in bounded memory, and exact to the đồng."""
    wanted = _arguments()
    print(f"seed {wanted.seed}; {wanted.people} people on {wanted.cores} cores")
    print(machine())
    count, rate = law_series.cases_per_second(CASES, seconds=wanted.seconds)
    print(f"worked cases: {count}, with all steps {rate:,.0f} a second of one core")
    with TemporaryDirectory(prefix="bench-law-") as folder:
        return verdict(_month(wanted, Path(folder)))


def _month(wanted: argparse.Namespace, folder: Path) -> bool:
    started = time.monotonic()
    totals = law_series.month_of_rises(wanted.people, seed=wanted.seed, cores=wanted.cores, folder=folder)
    took = time.monotonic() - started
    memory = law_series.most_memory()
    aim = max(2.0, AIM_SECONDS * wanted.people / AIM_PEOPLE)
    print(
        f"month of rises: {took:.1f} s (aim {aim:.1f} s), {totals.people / took:,.0f} people/s,"
        f" processor time {law_series.processor_seconds():.1f} s, largest process {memory >> 20} MiB"
        f" (aim {AIM_MEMORY >> 20} MiB)"
    )
    print(f"before {totals.before:,} đ; after {totals.after:,} đ; more {totals.after - totals.before:,} đ a month")
    again, wrong = law_series.independent_totals(folder)
    unlike = law_series.unlike_the_explained(count=wanted.sample, people=wanted.people, seed=wanted.seed)
    print(
        f"independent sum {again.after:,} đ of {again.people} people: difference {again.after - totals.after} đ,"
        f" wrong lines {wrong}; unlike the explained rule {unlike} of a sample of {wanted.sample}"
    )
    exact = again == totals and totals.people == wanted.people and not wrong and not unlike
    return exact and took <= aim and memory <= AIM_MEMORY


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench law", description=__doc__)
    parser.add_argument("--people", type=int, default=AIM_PEOPLE)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5.0, help="processor time for the worked cases")
    parser.add_argument("--sample", type=int, default=1_000, help="people worked out with every step as well")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
