"""Sign-in and one-time codes under attack, over HTTP against a real installation.

Fifty guessers at one code, two hundred replays of another, answers and times for numbers with and without an account
(sign-in, registration, forgotten password), a victim under attack, how soon old sessions and tokens stop, and how many
messages can be pumped out.
"""

from __future__ import annotations

import argparse
import sys
from random import Random

from benchmarks.rig.figures import machine, verdict
from benchmarks.rig.installation import Installation, held_still, running


def main() -> int:
    """Run; 0 when every aim is met."""
    parser = argparse.ArgumentParser(prog="./bench otp", description=__doc__)
    parser.add_argument("--guessers", type=int, default=50)
    parser.add_argument("--guesses", type=int, default=20, help="of each guesser")
    parser.add_argument("--timings", type=int, default=1000, help="numbers with, and as many without an account")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="let codes never run out of tries: must end with FAIL")
    wanted = parser.parse_args()
    with running("otp") as installation:
        print(f"seed {wanted.seed}{'; SABOTAGED' if wanted.sabotage else ''}")
        print(machine())
        return verdict(_measure(installation, wanted))


def _measure(installation: Installation, wanted: argparse.Namespace) -> bool:
    from benchmarks.rig.otp import guesses, people, revocation

    port, random = installation.port, Random(wanted.seed)
    if wanted.sabotage:
        guesses.sabotage()
    attacked = people.known(12, series=1)
    kept = [
        guesses.guess(port, attacked[0], guessers=wanted.guessers, each=wanted.guesses),
        guesses.replay(port, attacked[1:10], random=random),
        guesses.budget(port, attacked[10:], same_prefix=people.known(320, series=2, prefix="8499000")),
        revocation.not_locked_out(port, attacked[11], guesses=120),
        revocation.revoked(port, people.known(20, series=3)),
    ]
    with held_still(installation.processes("worker")):
        kept += _indistinguishable(port, wanted.timings, random)
    return all(kept)


def _indistinguishable(port: int, count: int, random: Random) -> list[bool]:
    from benchmarks.rig.otp import people, timings

    holders, strangers = people.known(count, series=4), people.unknown(count, series=4)
    logins = [one.login for one in holders]
    register, _ = timings.registering(port, holders, strangers, block=160)
    asks = {
        "sign-in": timings.by_form(port, "/dang-nhap", lambda one: {"login": one, "password": "sai"}, block=180),
        "registration": register,
        "forgotten": timings.by_form(port, "/quen-mat-khau", lambda one: {"login": one, "channel": "sms"}, block=200),
    }
    return [
        timings.compare(name, ask, known=logins, unknown=strangers, random=random) for name, ask in asks.items()
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
