"""The short form of `./bench kills`: an own installation, a few dozen submissions with files, random SIGKILL."""

import os
import subprocess
import sys

from tests.environment import ROOT


def test_nothing_acknowledged_is_lost_when_processes_are_killed() -> None:
    """Every acknowledged number is in the database once, with its file's bytes and one receipt."""
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ANSINH_VAR"}}
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", "--submissions", "30", "--kills", "10"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == "PASS"
    assert "kills 0" not in run.stdout
