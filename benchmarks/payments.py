"""Kill workers and database backends at random while they book the same bank notices and pay the same orders.

Every worker books every notice, in an order of its own, and tries to put every order to pay into files, to release
them and to record the bank's answers. At the end the books must agree to the đồng, every notice must be kept and
booked once, and no order may be paid twice.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Run; 0 when nothing was lost, doubled or unbalanced."""
    parser = argparse.ArgumentParser(prog="./bench payments", description=__doc__)
    parser.add_argument("--notices", type=int, default=400, help="bank notices that every worker books")
    parser.add_argument("--orders", type=int, default=100, help="orders out that every worker tries to pay")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--kills", type=int, default=100, help="workers and backends to kill, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="no lock, no unique reference: must end with FAIL")
    wanted = parser.parse_args()
    with scratch_database():
        from benchmarks.rig.payment_series import measure

        print(f"seed {wanted.seed}")
        print(machine())
        return verdict(measure(wanted))


if __name__ == "__main__":
    sys.exit(main())
