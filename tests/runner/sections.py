"""The sections of a full run, and the counts of all of them together."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.runner import peers

ROOT = Path(__file__).resolve().parents[2]
HELP = """
Without arguments everything runs: house rules (ruff, mypy, import contracts), law, contexts, mouths, journeys,
the token program.
Any other argument goes to pytest, for example: ./test tests/law -k pension
--requirements   every requirement with the tests that prove it
--peers          also the tests against counter-parties that need Node"""

CODE = ["ansinh", "config", "tests", "token", *(["benchmarks"] if (ROOT / "benchmarks").is_dir() else [])]
TOOLS = {
    "ruff": ["ruff", "check", "--quiet", *CODE, "verifier"],
    "ruff format": ["ruff", "format", "--quiet", "--check", *CODE, "verifier"],
    "mypy": ["mypy", "--no-error-summary", *CODE],
}
SECTIONS: dict[str, tuple[str, ...]] = {
    "journeys in an installation": tuple(
        f"tests/journeys/test_{name}.py" for name in ("card_renewal", "seven_procedures", "the_whole_journey")
    ),
    "law": ("tests/law", "tests/eforms"),
    "ground": ("tests/platform", "tests/walls", "tests/security", "tests/kills", "tests/files"),
    "journeys": ("tests/journeys",),
    "pages": ("tests/web",),
    "signatures and proof": ("tests/signing", "tests/verifier", "tests/documents", "tests/proof"),
    "journeys of the office": tuple(
        f"tests/journeys/test_{name}.py"
        for name in (
            "desk_lists",
            "employer_list",
            "facility_contract",
            "numbers",
            "officer_desk",
            "organisation",
            "steering_desk",
        )
    ),
    "other mouths": ("tests/api", "tests/jobs", "tests/cli", "tests/counterparty"),
    "other contexts": (),
    "pages of the office": ("tests/web/officer",),
    "casework and payments": ("tests/casework", "tests/payments"),
    "house": ("tests/house",),
    "people and offices": ("tests/people", "tests/offices"),
    "procedures": ("tests/procedures",),
    "tools": (),
    "token program": ("token/tests",),
}
"""The longest first, so that all lanes end together; and of the first three only one migrates a database. A folder
named nowhere is one of the other contexts; a file or folder named inside another one's runs in its own section only.
"""
OTHERS, TOOLS_SECTION, TOKEN_SECTION = "other contexts", "tools", "token program"


@dataclass(frozen=True)
class Section:
    """What a section counted and printed."""

    title: str
    counts: Counter[str]
    output: str
    seconds: float


def run_all(*, with_peers: bool) -> int:
    """Every section, each to its end, two more at a time than there are processors; 0 when nothing failed."""
    began = time.monotonic()
    chosen = () if with_peers and peers.usable() else ("-m", "not peer")
    counts = Counter[str]()
    # Browsers, databases and children are waited for: three lanes leave a sixth of two processors idle.
    with ThreadPoolExecutor(max_workers=min(4, (os.cpu_count() or 1) + 2)) as pool:
        for done in as_completed([pool.submit(section) for section in _all(chosen)]):
            section = done.result()
            print(f"\n━━━ {section.title} ({section.seconds:.0f} s) ━━━\n{section.output}", flush=True)
            counts += section.counts
    return _close(counts, time.monotonic() - began)


def run_chosen(arguments: Sequence[str]) -> int:
    """One run of pytest with these arguments."""
    section = _pytest("chosen tests", arguments, told_live=True)
    return _close(section.counts, section.seconds)


def _all(chosen: Sequence[str]) -> Iterator[Callable[[], Section]]:
    """What runs each section, in their order."""
    for title, folders in folders_of_sections().items():
        if title == TOOLS_SECTION:
            yield _tools
        elif title == TOKEN_SECTION:  # knows no mark of ours
            yield partial(_pytest, title, folders, told_live=False)
        else:
            inside = [f"--ignore={name}" for name in _named_inside(folders)]
            yield partial(_pytest, title, [*folders, *inside, *chosen], told_live=False)


def _named_inside(folders: Sequence[str]) -> list[str]:
    """What another section runs of these folders."""
    named = [name for others in SECTIONS.values() for name in others]
    return [name for name in named if any(name.startswith(f"{folder}/") for folder in folders)]


def folders_of_sections() -> dict[str, tuple[str, ...]]:
    """Each section with its folders, also of those that no section names."""
    named = {folder for folders in SECTIONS.values() for folder in folders}
    found = {path.parent.relative_to(ROOT).parts for path in (ROOT / "tests").glob("*/**/test_*.py")}
    others = sorted({"/".join(parts[:2]) for parts in found} - named)
    return {title: folders if title != OTHERS else tuple(others) for title, folders in SECTIONS.items()}


def _tools() -> Section:
    began, counts, output = time.monotonic(), Counter[str](), ""
    for name, (module, *arguments) in TOOLS.items():
        result = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        counts["failed" if result.returncode else "passed"] += 1
        output += f"{name}: {'failed' if result.returncode else 'kept'}\n"
        if result.returncode:
            output += result.stdout + result.stderr
    return Section("tools", counts, output, time.monotonic() - began)


def _pytest(title: str, arguments: Sequence[str], *, told_live: bool) -> Section:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "counts.json"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "tests.runner.counts", *arguments],
            cwd=ROOT, env=environment() | {"ANSINH_TEST_COUNTS": str(told)}, check=False, text=True,
            stdout=None if told_live else subprocess.PIPE, stderr=None if told_live else subprocess.STDOUT,
        )  # fmt: skip
        counts = Counter[str](json.loads(told.read_text()) if told.exists() else {})
    output = done.stdout or ""
    if done.returncode and not counts["failed"]:
        counts["failed"] += 1
        output += f"pytest ended with status {done.returncode}\n"
    if told_live:
        print(output, end="", flush=True)
    return Section(title, counts, output, time.monotonic() - began)


def environment() -> dict[str, str]:
    """This process's, with a place for compiled modules: sections, and programs they start, import the same ones."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(ROOT / "var" / "compiled")}


def _close(counts: Counter[str], seconds: float) -> int:
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"\n{seconds:.0f} s")
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}", flush=True)
    return 1 if counts["failed"] or not counts["passed"] else 0
