"""A pytest plugin that knows neither Django nor a database, so that the token program's tests can have it too."""

import json
import os
from pathlib import Path

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell `./test` how many tests passed, failed and were skipped."""
    told = os.environ.get("ANSINH_TEST_COUNTS")
    if told:
        counts = {kind: len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
        counts["failed"] += counts.pop("error")
        Path(told).write_text(json.dumps(counts), encoding="ascii")
