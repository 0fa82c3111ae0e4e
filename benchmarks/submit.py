"""Submissions a second, durable: the database's own limit by pgbench, then through HTTP by API and by form.

Everything runs as under ./start (two web workers with four threads, fsync on), but without a worker: the jobs of the
submissions stay queued and are counted afterwards.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.installation import running


def main() -> int:
    """Measure; 0 when the aims are met and the database agrees with every answer."""
    wanted = _arguments()
    with running("submit", workers=0) as installation:
        from benchmarks.rig import submission_series

        print(f"seed {wanted.seed}; {wanted.count} submissions a series; offices {wanted.offices}")
        print(machine())
        return verdict(submission_series.measure(installation, wanted))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench submit", description=__doc__)
    parser.add_argument("--count", type=int, default=3000, help="submissions a series")
    parser.add_argument("--offices", type=int, default=40, help="offices the submissions are spread over")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
