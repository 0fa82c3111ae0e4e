"""Twelve ways to turn a pensioner's payments to another account, played by the real actions: what reaches the thief.

Each script steals what it names (a password, a telephone number, a session, an officer's trust …), asks for the change
and waits for the paydays. The person paid reads the notice on a telephone the thief does not hold, late but before the
hold is over, and types its code. Every payday pays `payable_account`. An honest change must come through as well.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.scratch import scratch_database


def main() -> int:
    """Run; 0 when not one đồng reaches a thief and every honest change takes effect in time."""
    parser = argparse.ArgumentParser(prog="./bench bankswap", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="times each script is played, at other hours and days")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="no hold and no second look: must end with FAIL")
    wanted = parser.parse_args()
    with scratch_database():
        from benchmarks.rig.bankswap.series import measure

        print(f"seed {wanted.seed}")
        print(machine())
        return verdict(measure(wanted))


if __name__ == "__main__":
    sys.exit(main())
