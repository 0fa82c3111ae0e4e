"""The short forms of `./bench tamper` and `./bench audit`, and that their sabotage turns them red."""

from __future__ import annotations

import pytest

from tests.benches import run_bench

TAMPER = ("tamper", "--events", "2000", "--tamperings", "24", "--clean", "8", "--long", "20000")
AUDIT = ("audit", "--changes", "800", "--kills", "5")


@pytest.mark.parametrize("short", [TAMPER, AUDIT], ids=["tamper", "audit"])
def test_the_short_form_passes_and_its_sabotage_fails(short: tuple[str, ...]) -> None:
    told = run_bench(*short)
    assert told[-1] == "PASS", told
    assert run_bench(*short, "--sabotage")[-1] == "FAIL"
