"""Running a measurement as anybody runs it, in its short form."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.environment import ROOT


def run_bench(name: str, *arguments: str) -> list[str]:
    """The lines of `./bench NAME …`; its last line and its exit status agree."""
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ANSINH_VAR"}}
    run = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert run.stdout, run.stderr
    assert run.returncode == (0 if run.stdout.splitlines()[-1] == "PASS" else 1)
    return run.stdout.splitlines()
