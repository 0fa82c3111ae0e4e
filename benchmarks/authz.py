"""The authorisation matrix: address × method × principal × {own, other's, other office, transferred, ended, mixed}.

Each cell has a declared answer. What is not one's own must be answered exactly as what never was (status, headers and
body), and nothing of it may stand in any answer. The database owner asks, past row security: the pages' own checks are
measured here, the second wall by `./bench rls`.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Ask; 0 when every address is declared and nothing leaks."""
    parser = argparse.ArgumentParser(prog="./bench authz", description=__doc__)
    parser.add_argument("--cells", type=int, default=0, help="ask only so many, drawn with the seed (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--sabotage",
        action="store_true",
        help="take one check out of the pages and ask strangers only: must end with FAIL",
    )
    wanted = parser.parse_args()
    with scratch_database() as folder:
        from benchmarks.rig.authz_series import measure

        print(f"seed {wanted.seed}{'; SABOTAGED' if wanted.sabotage else ''}")
        print(machine())
        return verdict(measure(folder, wanted))


if __name__ == "__main__":
    sys.exit(main())
