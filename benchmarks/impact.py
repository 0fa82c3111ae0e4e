"""What other parameters change in a large invented world: SQL statements, memory and time of `ansinh law impact`.

The world is filled once by `ansinh demo --people N --dossiers M` (COPY) and kept in var/bench/impact for the next run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.installation import running


def main() -> int:
    """Fill, measure; 0 when statements and memory are bounded and every dossier was looked at."""
    parser = argparse.ArgumentParser(prog="./bench impact", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--dossiers", type=int, default=50_000)
    parser.add_argument("--figures", type=Path, help="parameter file or folder (a reference level of 2,500,000 đ)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reset", action="store_true", help="fill a new world")
    wanted = parser.parse_args()
    with running("impact", reset=wanted.reset, workers=0):
        from benchmarks.rig.impact_series import measure

        print(f"seed {wanted.seed}; {wanted.people} people, {wanted.dossiers} dossiers")
        print(machine())
        return verdict(measure(wanted))


if __name__ == "__main__":
    sys.exit(main())
