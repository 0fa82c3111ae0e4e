"""Pay a whole office for two months: lists, control, release, files for the bank, its answers, what was left; timed."""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Run; 0 when everybody was paid just once and the books agree."""
    parser = argparse.ArgumentParser(prog="./bench payroll", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="who is paid monthly by the office")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with scratch_database():
        from benchmarks.rig.payroll_series import measure

        print(f"seed {wanted.seed}")
        print(machine())
        return verdict(measure(wanted))


if __name__ == "__main__":
    sys.exit(main())
