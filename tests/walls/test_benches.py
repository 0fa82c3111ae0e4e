"""The short forms of `./bench rls` and `./bench authz`, and that their sabotage turns them red."""

from __future__ import annotations

from tests.benches import run_bench


def test_the_second_wall_stands_and_a_missing_stone_is_seen() -> None:
    told = run_bench("rls", "--requests", "400")
    assert told[-1] == "PASS", told
    assert run_bench("rls", "--requests", "80", "--sabotage")[-1] == "FAIL"


def test_a_check_taken_out_of_the_pages_turns_the_matrix_red() -> None:
    """That the matrix is green is told by `tests/house/test_matrix.py`."""
    assert run_bench("authz", "--cells", "200", "--sabotage")[-1] == "FAIL"
