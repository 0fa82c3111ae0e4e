"""Kill web workers, the job worker and database backends at random while people file, and count what is lost.

Eight clients upload a paper and submit, again and again with the same Idempotency-Key until they have an answer. At
the end every acknowledged number must be in the database once, with its paper, the file's bytes and one receipt.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.installation import running


def main() -> int:
    """Run; 0 when nothing acknowledged was lost or doubled."""
    parser = argparse.ArgumentParser(prog="./bench kills", description=__doc__)
    parser.add_argument("--submissions", type=int, default=1000, help="dossiers to file, at least")
    parser.add_argument("--kills", type=int, default=200, help="processes to kill")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with running("kills") as installation:
        from benchmarks.rig.soak import soak

        print(f"seed {wanted.seed}")
        print(machine())
        return verdict(soak(installation, submissions=wanted.submissions, kills=wanted.kills, seed=wanted.seed))


if __name__ == "__main__":
    sys.exit(main())
