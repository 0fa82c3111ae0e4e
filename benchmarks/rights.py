"""Rights that end: every case of tests/people/life_cycles builds one, uses it, ends it, and uses it again.

Each right must have been there, and be gone within one second of its end, through the real page, file or action. The
seed shuffles the cases; the sabotage remembers whom an account may act for and which posts an officer has, as a
careless cache would.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database

AIM = 60


def main() -> int:
    """Run; 0 when every case kept its promise and there are enough of them."""
    parser = argparse.ArgumentParser(prog="./bench rights", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="cases whose title has these words")
    parser.add_argument("--sabotage", action="store_true", help="remember rights: must end with FAIL")
    wanted = parser.parse_args()
    with scratch_database():
        from benchmarks.rig.rights_series import measure

        print(f"seed {wanted.seed}{'; SABOTAGED' if wanted.sabotage else ''}")
        print(machine())
        return verdict(measure(seed=wanted.seed, only=wanted.only, sabotage=wanted.sabotage, aim=AIM))


if __name__ == "__main__":
    sys.exit(main())
