"""The short forms of `./bench tamper` and `./bench audit`, and that their sabotage turns them red."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT

TAMPER = ("tamper", "--events", "2000", "--tamperings", "24", "--clean", "8", "--long", "20000")
AUDIT = ("audit", "--changes", "800", "--kills", "5")


def _run(name: str, *arguments: str) -> list[str]:
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ANSINH_VAR"}}
    run = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.stdout, run.stderr
    assert run.returncode == (0 if run.stdout.splitlines()[-1] == "PASS" else 1)
    return run.stdout.splitlines()


@pytest.mark.parametrize("short", [TAMPER, AUDIT], ids=["tamper", "audit"])
def test_the_short_form_passes_and_its_sabotage_fails(short: tuple[str, ...]) -> None:
    told = _run(*short)
    assert told[-1] == "PASS", told
    assert _run(*short, "--sabotage")[-1] == "FAIL"
