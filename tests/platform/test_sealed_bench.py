"""The short form of `./bench sealed`, and that its sabotage turns it red."""

from __future__ import annotations

from tests.benches import run_bench


def test_a_key_is_changed_with_kills_and_nothing_moved_opens() -> None:
    told = run_bench("sealed", "--people", "3000", "--kills", "2", "--swaps", "50")
    assert told[-1] == "PASS", told
    assert any("2 kills of the renewal" in line for line in told)


def test_seals_that_know_no_row_turn_it_red() -> None:
    told = run_bench("sealed", "--people", "300", "--swaps", "20", "--sabotage")
    assert told[-2:] == ["wrong or not found 0, moved values that opened 40 of 40, in pg_dump 0", "FAIL"]
