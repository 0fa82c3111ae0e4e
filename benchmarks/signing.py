"""Signatures: how many a second on one core, and whether any changed paper is believed.

PDF papers are signed with a parsed key, and checked as strangers' are, each in a fresh child; XML files of twenty
workers are verified with chain and trust list. Then mutants of valid XML and PDF are shown to the real checks: none may
be accepted, nobody may be contacted.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from ansinh.signing.apart import READERS  # noqa: E402
from ansinh.signing.check import check_pdf  # noqa: E402
from ansinh.signing.examine import examine  # noqa: E402
from ansinh.signing.xml.check import check_xml  # noqa: E402
from ansinh.signing.xml.sign import sign_xml  # noqa: E402
from benchmarks.rig.figures import machine, verdict  # noqa: E402
from benchmarks.rig.mutants import world  # noqa: E402
from benchmarks.rig.mutants.kinds import KINDS  # noqa: E402
from benchmarks.rig.mutants.run import run  # noqa: E402
from benchmarks.rig.mutants.sabotage import gullible  # noqa: E402

AIM_PDF_SIGN = 25.0
AIM_PDF_CHECK = 4.0
AIM_XML_VERIFY = 200.0
AIM_MUTANTS = 400


def main() -> int:
    """Measure; 0 when the aims are met, no mutant is believed and nobody is contacted."""
    wanted = _arguments()
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"seed {wanted.seed}; one core{'; SABOTAGED' if wanted.sabotage else ''}")
    print(machine())
    if settings.PKCS11_MODULE:
        with world.signing_world(module=settings.PKCS11_MODULE):
            paper = world.paper()
            in_token = _rate(
                "PDF sign, key in the token", lambda: world.signed_paper(paper), wanted.seconds, aim=AIM_PDF_SIGN
            )
    else:
        in_token = True
        print("PDF sign, key in the token: not measured, this machine has no PKCS#11 module")
    with world.signing_world():
        return verdict(in_token & _rates(wanted.seconds) & _mutants(wanted))


def _rates(seconds: float) -> bool:
    pdf, paper, xml, filing, key = (
        world.signed_paper(), world.paper(), world.signed_filing(), world.filing(), world.company(),
    )  # fmt: skip
    signs = _rate("PDF sign", lambda: world.signed_paper(paper), seconds, aim=AIM_PDF_SIGN)
    _rate("PDF verify, arithmetic", lambda: examine(pdf), seconds)
    checks = _rate(
        "PDF check, each in a fresh child", lambda: check_pdf(pdf, at=world.AT), seconds, aim=AIM_PDF_CHECK, wall=True
    )
    _rate("child forked, nothing read", lambda: READERS.ask("examine", b""), seconds, wall=True)
    _rate("XML sign", lambda: sign_xml(filing, signer=key, at=world.AT, path=world.PATH), seconds)
    verifies = _rate(
        "XML verify", lambda: check_xml(xml, at=world.AT, path=world.PATH), seconds, aim=AIM_XML_VERIFY
    )  # fmt: skip
    return signs and checks and verifies


def _rate(name: str, act: Callable[[], object], seconds: float, *, aim: float = 0.0, wall: bool = False) -> bool:
    """Processor time of this process, so that neighbours on the machine do not count; `wall` for child processes."""
    clock = time.monotonic if wall else time.process_time
    act()
    count, began = 0, clock()
    while (took := clock() - began) < seconds:
        act()
        count += 1
    rate = count / took
    print(f"{name}: {rate:,.1f} a second" + (f" (aim {aim:,.0f})" if aim else ""))
    return rate >= aim


def _mutants(wanted: argparse.Namespace) -> bool:
    kinds = [gullible(one) for one in KINDS] if wanted.sabotage else list(KINDS)
    outcome = run(mutants=wanted.mutants, seed=wanted.seed, kinds=kinds)
    made = ", ".join(f"{count} {name}" for name, count in sorted(outcome.made.items()))
    print(f"mutants: {sum(outcome.made.values())} ({made})")
    print(f"accepted: {len(outcome.accepted)} {sorted(set(outcome.accepted))[:10]}")
    print(f"outgoing connections: {len(outcome.attempts)} {sorted(set(outcome.attempts))[:5]}")
    print(f"valid papers refused: {len(outcome.valid_refused)}")
    return outcome.kept


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./bench signing", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each rate")
    parser.add_argument("--mutants", type=int, default=AIM_MUTANTS, help="changed papers to show")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="use a bad check: the run must fail")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
