"""The second wall alone: SQL as the application's role, past every check of the pages.

Each table with rows of persons × viewer × {read, change, delete, give away}: what may be seen is known from who made
the rows. Then interleaved requests of many viewers over a pool of two connections, alone and in transactions, undone
and failing: each must see its own rows and leave nothing on the connection.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Ask; 0 when nobody saw or changed anybody else's row."""
    parser = argparse.ArgumentParser(prog="./bench rls", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000, help="interleaved requests")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--connections", type=int, default=2)
    parser.add_argument("--pooler", action="store_true", help="ask through a real PgBouncer in transaction mode")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--sabotage", action="store_true", help="take one wall down and tell viewers to the session: must end with FAIL"
    )
    wanted = parser.parse_args()
    with scratch_database() as folder:
        from benchmarks.rig.rls_series import measure

        print(f"seed {wanted.seed}{'; SABOTAGED' if wanted.sabotage else ''}")
        print(machine())
        return verdict(measure(folder, wanted))


if __name__ == "__main__":
    sys.exit(main())
