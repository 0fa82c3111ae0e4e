"""The short form of `./bench desk`: random histories with kills, then the recount."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benches import run_bench
from tests.cli.installation import copy_prepared

SMALL = (
    "--people", "200", "--dossiers", "400", "--requests", "0", "--histories", "150", "--kills", "8", "--batch", "4",
)  # fmt: skip


def test_counts_equal_a_recount_after_histories_with_kills() -> None:
    with tempfile.TemporaryDirectory(prefix="ansinh-desk-") as folder:
        Path(folder).chmod(0o755)  # the database's own user enters it when root runs the tests
        copy_prepared(Path(folder))
        lines = run_bench("desk", *SMALL, "--prepared", folder)
    assert lines[-1] == "PASS"
    assert any(line.startswith("one press for 4") and line.endswith("kept") for line in lines)
    assert any("recount by the database: 0 cells differ" in line for line in lines)
