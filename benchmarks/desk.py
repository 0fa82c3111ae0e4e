"""The desk in a large invented world: queue, search and numbers at 16 clients; and counts after histories with kills.

The world is filled once by `ansinh demo --people N --dossiers M` (COPY) and kept in var/bench/desk for the next run.
Each client asks once a second; a time is counted from when the request was due. `--histories N` lets N dossiers live
through random steps by raw SQL while workers and database connections are killed; then every count must equal a
recount made in two ways. `--batch N` brings N dossiers before a leader, who signs them in one press. `--large` fills
10,000,000 dossiers: 30 GB, and an hour and a quarter on two cores. `--sabotage` loses one fact on purpose and must end
with FAIL.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.installation import running

LARGE = 10_000_000


def main() -> int:
    """Fill, let live, measure; 0 when every aim is kept."""
    parser = argparse.ArgumentParser(
        prog="./bench desk", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--large", action="store_true", help="10 million dossiers: 30 GB, 75 minutes to fill")
    parser.add_argument("--requests", type=int, default=320, help="requests a page")
    parser.add_argument("--clients", type=int, default=16, help="clients at once")
    parser.add_argument("--histories", type=int, default=10_000, help="dossiers that live through random steps")
    parser.add_argument("--kills", type=int, default=60, help="kills meanwhile")
    parser.add_argument("--batch", type=int, default=500, help="dossiers signed in one press")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reset", action="store_true", help="fill a new world")
    parser.add_argument("--prepared", type=Path, help="a folder where `./start --prepare` has run, for a small world")
    parser.add_argument("--sabotage", action="store_true", help="lose one fact on purpose: must end with FAIL")
    wanted = parser.parse_args()
    wanted.dossiers = LARGE if wanted.large else wanted.dossiers
    with running("desk", reset=wanted.reset, prepared=wanted.prepared) as installation:
        from benchmarks.rig.desk_batch import press_and_wait, to_the_leader
        from benchmarks.rig.desk_histories import live
        from benchmarks.rig.desk_series import fill_world, measure

        print(f"seed {wanted.seed}; {wanted.people} people, {wanted.dossiers} dossiers")
        print(machine())
        fill_world(wanted)
        kept = live(installation, wanted) if wanted.histories else True
        kept = measure(installation, wanted) and kept if wanted.requests else kept
        kept = press_and_wait(installation, to_the_leader(wanted.batch)) and kept if wanted.batch else kept
        return verdict(kept)


if __name__ == "__main__":
    sys.exit(main())
