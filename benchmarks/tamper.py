"""Rewrite the log as somebody who owns the database and the disks, and see whether the offline verifier names it.

So many events are sealed in a hundred steps, each step verified (a clean log must never be accused). Then, in a
transaction that is undone, a superuser edits, deletes, inserts, reorders, truncates, forks (with the seal key), goes
back to an older state or swaps checkpoints; the database is exported by the program's own exporter and verified beside
the two copies. Found means: this export is accused, of this kind, from this index on. Last, a long log is verified by
the program as anybody runs it.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Run; 0 when every tampering was named and no clean log accused."""
    parser = argparse.ArgumentParser(prog="./bench tamper", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000, help="events of the log that is tampered with")
    parser.add_argument("--tamperings", type=int, default=1000)
    parser.add_argument("--clean", type=int, default=100, help="clean logs (checkpoints)")
    parser.add_argument("--long", type=int, default=1_000_000, help="events of the log whose verification is timed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="look at the copies only: must end with FAIL")
    wanted = parser.parse_args()
    with scratch_database() as folder:
        from benchmarks.rig.tamper_series import measure

        print(f"seed {wanted.seed}")
        print(machine())
        return verdict(measure(folder, wanted))


if __name__ == "__main__":
    sys.exit(main())
