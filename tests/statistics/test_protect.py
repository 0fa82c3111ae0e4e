"""Small counts that are hidden cannot be found by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.statistics.protect import CHOICES, LEAST, TOTAL, Cell, Protected, protect

ROWS, COLUMNS = ("a", "b", "c"), ("x", "y")
COUNTS = st.one_of(st.integers(0, 7), st.integers(0, 40))


def table(values: list[int]) -> dict[Cell, int]:
    return {cell: n for cell, n in zip(product(ROWS, COLUMNS), values, strict=True) if n}


def could_be(shown: Protected, *, most: int) -> Iterator[Mapping[Cell, int]]:
    """Every table that says what is shown, hidden cells from 1 to `most`: what somebody who subtracts can find."""
    inner = [cell for cell in shown.values if TOTAL not in cell]
    hidden = [cell for cell in inner if cell in shown.hidden]
    for guess in product(range(1, most + 1), repeat=len(hidden)):
        values = {cell: shown.values[cell] for cell in inner} | dict(zip(hidden, guess, strict=True))
        sums: dict[Cell, int] = {}
        for (row, column), n in values.items():
            for cell in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                sums[cell] = sums.get(cell, 0) + n
        if all(cell in shown.hidden or sums[cell] == shown.values[cell] for cell in sums):
            yield {**values, **sums}


@given(st.lists(COUNTS, min_size=6, max_size=6))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_small_count_is_told(values: list[int]) -> None:
    found = protect(table(values))
    for cell, n in found.values.items():
        assert not 0 < n < LEAST or cell in found.hidden
        assert n or cell not in found.hidden


@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whoever_tries_every_table_finds_no_small_count(values: list[int]) -> None:
    counts = {cell: n for cell, n in zip(product("ab", "xy"), values, strict=True) if n}
    found = protect(counts)
    tables = list(could_be(found, most=14))
    for cell, n in found.values.items():
        if 0 < n < LEAST:
            assert len({one[cell] for one in tables}) >= CHOICES, (counts, cell, found.hidden)


@pytest.mark.parametrize(
    "counts",
    [
        {("a", "x"): 1},
        {("a", "x"): 1, ("a", "y"): 100},
        {("a", "x"): 1, ("b", "x"): 100},
        {("a", "x"): 1, ("b", "x"): 1, ("b", "y"): 1},
        {("a", "x"): 4, ("a", "y"): 4, ("b", "x"): 4, ("b", "y"): 4},
        {("a", "x"): 2, ("b", "y"): 2, ("c", "x"): 9, ("c", "y"): 9},
    ],
)
def test_a_lonely_small_count_takes_others_with_it(counts: dict[Cell, int]) -> None:
    found = protect(counts)
    tables = list(could_be(found, most=14 if len(counts) > 3 else 130))
    for cell, n in found.values.items():
        if 0 < n < LEAST:
            assert len({one[cell] for one in tables}) >= CHOICES


def test_large_counts_are_all_told() -> None:
    found = protect(table([10, 20, 0, 40, 50, 60]))
    assert found.hidden == frozenset()
    assert (found.shown("a", TOTAL), found.shown(TOTAL, TOTAL), found.shown("b", "x")) == (30, 180, 0)


def test_little_is_hidden_with_one_small_count() -> None:
    """Three cells more, no total among them when a rectangle of inner cells serves."""
    found = protect(table([3, 20, 30, 40, 50, 60]))
    assert len(found.hidden) == 4
    assert not any(TOTAL in cell for cell in found.hidden)


def test_nothing_gives_nothing() -> None:
    assert protect({}).values == {}
    with pytest.raises(ValueError, match="totals"):
        protect({("", "x"): 3})
