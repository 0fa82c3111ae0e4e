"""One run of `ansinh.casework.impact` over everything open, watched."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from ansinh.casework.impact import impact
from ansinh.demo.fill import fill
from ansinh.law.figures import changed_figures
from ansinh.platform.zone import local_day

AIM_MEMORY = 256 << 20
AIM_STATEMENTS = 20, 5  # for a run, and for each 200 dossiers
AT_ONCE = 200
RAISED = """
level.reference:
  name: Mức tham chiếu
  unit: đồng/tháng
  values:
  - {from: '2025-07-01', value: 2500000, reference: draft, quality: recalled}
"""


@dataclass
class _Counter:
    """Counts the statements that Django sends; fetches from an open cursor are none."""

    statements: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        return execute(sql, params, many, context)


def measure(wanted: argparse.Namespace) -> bool:
    """Fill, run once; whether all that stand at appraisal were looked at in bounded memory and statements."""
    now = datetime.now(UTC)
    print(fill(people=wanted.people, dossiers=wanted.dossiers, seed=wanted.seed, at=now))
    with TemporaryDirectory(prefix="bench-impact-") as folder:
        figures = changed_figures(wanted.figures or _raised(Path(folder)))
    counter, started, used = _Counter(), time.monotonic(), _processor_seconds()
    looked_at = changed = memory_at_first = 0
    with connection.execute_wrapper(counter):
        for found in impact(figures, on=local_day(now)):
            looked_at += 1
            changed += found is not None
            if looked_at == 2 * AT_ONCE:
                memory_at_first = _memory()
    took, used = time.monotonic() - started, _processor_seconds() - used
    memory, expected = _memory(), _at_appraisal()
    most = AIM_STATEMENTS[0] + AIM_STATEMENTS[1] * -(-looked_at // AT_ONCE)
    print(f"looked at {looked_at} of {expected} at appraisal or decided, changed {changed}")
    print(f"{took:.1f} s, {looked_at / took:,.0f} dossiers/s; {used:.1f} s processor time of this process")
    print(f"{counter.statements} statements (aim ≤ {most})")
    print(f"process {memory >> 20} MiB (aim ≤ {AIM_MEMORY >> 20} MiB), {memory_at_first >> 20} MiB after {2 * AT_ONCE}")
    return looked_at == expected and counter.statements <= most and memory <= AIM_MEMORY


def _raised(folder: Path) -> Path:
    path = folder / "levels.yaml"
    path.write_text(RAISED, "utf-8")
    return path


def _memory() -> int:
    """Bytes this process had at most."""
    return 1024 * getrusage(RUSAGE_SELF).ru_maxrss


def _at_appraisal() -> int:
    """How many open dossiers of procedures with amounts are at appraisal or have an open decision, asked otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM dossiers_dossier d JOIN catalogue_procedureversion v ON v.id = d.version_id"
            " WHERE d.closed_at IS NULL AND jsonb_array_length(v.content -> 'procedure' -> 'calculations') > 0"
            " AND (EXISTS (SELECT FROM casework_decision c WHERE c.dossier_id = d.id AND c.kind = 'grant'"
            " AND c.state IN ('proposed', 'controlled'))"
            " OR EXISTS (SELECT FROM jsonb_array_elements(v.content -> 'stages' -> 'stages') s"
            " WHERE s ->> 'key' = d.stage AND s ->> 'kind' = 'appraise'))"
        )
        return int(cursor.fetchone()[0])


def _processor_seconds() -> float:
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
