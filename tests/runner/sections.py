"""The sections of a full run, and the counts of all of them together."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.runner import peers

ROOT = Path(__file__).resolve().parents[2]
HELP = """
Without arguments everything runs: house rules (ruff, mypy, import contracts), law, contexts, mouths, journeys.
Any other argument goes to pytest, for example: ./test tests/law -k pension
--requirements   every requirement with the tests that prove it
--peers          also the tests against counter-parties that need Node"""

CODE = ["ansinh", "config", "tests", *(["benchmarks"] if (ROOT / "benchmarks").is_dir() else [])]
TOOLS = {
    "ruff": ["ruff", "check", "--quiet", *CODE, "verifier"],
    "ruff format": ["ruff", "format", "--quiet", "--check", *CODE, "verifier"],
    "mypy": ["mypy", "--no-error-summary", *CODE],
}
LAW = ("law", "eforms", "procedures")
MOUTHS = ("web", "api", "jobs", "cli", "counterparty")
JOURNEYS = ("journeys",)
HOUSE = ("house",)


def run_all(*, with_peers: bool) -> int:
    """Every section, each to its end; 0 when nothing failed."""
    began, counts = time.monotonic(), Counter[str]()
    counts += _tools()
    for title, names in _sections().items():
        folders = [f"tests/{name}" for name in names if (ROOT / "tests" / name).is_dir()]
        if folders:
            counts += _pytest(title, [*folders, *([] if with_peers and peers.usable() else ["-m", "not peer"])])
    return _close(counts, time.monotonic() - began)


def run_chosen(arguments: Sequence[str]) -> int:
    """One run of pytest with these arguments."""
    began = time.monotonic()
    return _close(_pytest("chosen tests", arguments), time.monotonic() - began)


def _sections() -> dict[str, Sequence[str]]:
    named = {*LAW, *MOUTHS, *JOURNEYS, *HOUSE, "runner"}
    others = sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name not in named)
    contexts = [name for name in others if not name.startswith(("_", "."))]
    return {"house": HOUSE, "law": LAW, "contexts": contexts, "mouths": MOUTHS, "journeys": JOURNEYS}


def _tools() -> Counter[str]:
    counts = Counter[str]()
    _title("house rules")
    for name, (module, *arguments) in TOOLS.items():
        result = subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
        counts["failed" if result.returncode else "passed"] += 1
        print(f"{name}: {'failed' if result.returncode else 'kept'}", flush=True)
        if result.returncode:
            print(result.stdout + result.stderr, flush=True)
    return counts


def _pytest(title: str, arguments: Sequence[str]) -> Counter[str]:
    _title(title)
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "counts.json"
        environment = os.environ | {"ANSINH_TEST_COUNTS": str(told)}
        status = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False)
        counts = Counter[str](json.loads(told.read_text()) if told.exists() else {})
    if status.returncode and not counts["failed"]:
        counts["failed"] += 1
        print(f"pytest ended with status {status.returncode}", flush=True)
    return counts


def _title(words: str) -> None:
    print(f"\n━━━ {words} ━━━", flush=True)


def _close(counts: Counter[str], seconds: float) -> int:
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"\n{seconds:.0f} s")
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}", flush=True)
    return 1 if counts["failed"] or not counts["passed"] else 0
