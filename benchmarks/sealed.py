"""Sealed numbers: what sealing costs, how quickly a number is found, a change of the key with kills, a dump.

People with personal numbers and bank accounts are written by COPY; then a new key is made and `ansinh migrate --renew`
is killed at random moments while rows are changed and read. At the end every number must be the right one, found by its
index, sealed under the new key; values swapped between rows must not open, and pg_dump must not contain one number.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Run; 0 when nothing was lost, everything was found, nothing moved opened and nothing lay open."""
    parser = argparse.ArgumentParser(prog="./bench sealed", description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=8, help="how often the renewal is killed")
    parser.add_argument("--swaps", type=int, default=500, help="pairs of rows whose sealed values change places")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="seals that know no row: must end with FAIL")
    wanted = parser.parse_args()
    with scratch_database():
        from benchmarks.rig.sealed_series import measure

        print(f"seed {wanted.seed}{'; SABOTAGED' if wanted.sabotage else ''}")
        print(machine())
        return verdict(measure(wanted))


if __name__ == "__main__":
    sys.exit(main())
