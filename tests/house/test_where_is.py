"""ARCHITECTURE.md cannot rot: every row of its table is imported."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROW = re.compile(r"^\| (?P<what>[^|]+?) \| `(?P<module>ansinh[\w.]*)` \| `(?P<name>\w+)` \|$", re.MULTILINE)
TEXT = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROWS = [match.groups() for match in ROW.finditer(TEXT)]


def test_the_table_is_read() -> None:
    lines = TEXT.partition("## Where is …?")[2].count("\n| ")
    assert len(ROWS) == lines - 1 > 30, "a row of the table has another form"


@pytest.mark.parametrize(("what", "module", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_it_is_where_the_table_says(what: str, module: str, name: str) -> None:
    assert hasattr(import_module(module), name), f"{what} is not {module}.{name}"
