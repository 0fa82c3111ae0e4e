"""Change states in every way a database knows, kill backends meanwhile, and count: transitions = events.

Eight threads change accounts through the ORM, raw SQL, `bulk_update` and COPY while database backends are ended at
random. Each change raises a number kept in the row itself, so that what was committed is counted without the trail.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Run; 0 when every committed transition has exactly one event."""
    parser = argparse.ArgumentParser(prog="./bench audit", description=__doc__)
    parser.add_argument("--changes", type=int, default=20_000, help="transactions to try")
    parser.add_argument("--kills", type=int, default=100, help="database backends to end")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="one change past the triggers: must end with FAIL")
    wanted = parser.parse_args()
    with scratch_database():
        from benchmarks.rig.audit_series import measure

        print(f"seed {wanted.seed}")
        print(machine())
        return verdict(measure(wanted))


if __name__ == "__main__":
    sys.exit(main())
