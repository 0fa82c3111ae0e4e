"""Main pages in a large invented world: p50 and p99 over HTTP, and how many SQL statements each takes.

The world is filled once by `ansinh demo --people N --dossiers M` (COPY) and kept in var/bench/pages for the next run.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.installation import running


def main() -> int:
    """Fill, measure; 0 when officer queue and search keep their aim."""
    parser = argparse.ArgumentParser(prog="./bench pages", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=300, help="requests a page")
    parser.add_argument("--clients", type=int, default=2, help="clients at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reset", action="store_true", help="fill a new world")
    wanted = parser.parse_args()
    with running("pages", reset=wanted.reset, workers=0) as installation:
        from benchmarks.rig.page_series import measure

        print(f"seed {wanted.seed}; {wanted.people} people, {wanted.dossiers} dossiers")
        print(machine())
        return verdict(measure(installation, wanted))


if __name__ == "__main__":
    sys.exit(main())
