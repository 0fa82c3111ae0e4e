"""Figures as they are printed: percentiles, the machine, the verdict."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from ansinh.platform.postgres.binaries import find


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; 0 without values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(seconds: Sequence[float]) -> str:
    """`p50 12.3 ms  p99 45.6 ms`."""
    return f"p50 {percentile(seconds, 0.5) * 1000:6.1f} ms  p99 {percentile(seconds, 0.99) * 1000:6.1f} ms"


def machine() -> str:
    """One line: processor, cores, memory, load, versions."""
    facts = dict(
        line.split(":", 1) for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if ":" in line
    )
    names = {key.strip(): value.strip() for key, value in facts.items()}
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"machine: {names.get('model name', platform.machine())}, {os.cpu_count()} cores, {pages >> 30} GiB,"
        f" load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, PostgreSQL {find().version};"
        " load generator, server and database share the cores"
    )


def verdict(kept: bool) -> int:
    """Print the last line; the exit status."""
    print("PASS" if kept else "FAIL")
    return 0 if kept else 1
