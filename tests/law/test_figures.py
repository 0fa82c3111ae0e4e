"""Dated figures: each side of a change, and what is not confirmed."""

from datetime import date

import pytest

from ansinh.law.errors import FigureMissing
from ansinh.law.figures import figure, figure_names, history


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("level.base_salary", "2016-04-30", 1_150_000),
        ("level.base_salary", "2016-05-01", 1_210_000),
        ("level.base_salary", "2024-06-30", 1_800_000),
        ("level.base_salary", "2024-07-01", 2_340_000),
        ("level.reference", "2025-07-01", 2_340_000),
        ("level.reference", "2026-06-30", 2_340_000),
        ("level.reference", "2026-07-01", 2_530_000),
        ("pension.minimum_years", "2025-06-30", 20),
        ("pension.minimum_years", "2025-07-01", 15),
    ],
)
def test_a_figure_changes_on_its_day(name: str, day: str, value: int) -> None:
    assert figure(name, on=date.fromisoformat(day)).value == value


def test_the_reference_level_does_not_exist_before_law_41() -> None:
    with pytest.raises(FigureMissing, match="30/06/2025"):
        figure("level.reference", on=date(2025, 6, 30))


def test_an_unknown_figure_is_an_error() -> None:
    with pytest.raises(FigureMissing):
        figure("level.imagined", on=date(2026, 1, 1))


def test_every_value_has_reference_unit_quality_and_its_own_day() -> None:
    for name in figure_names():
        values = history(name)
        assert len({value.valid_from for value in values}) == len(values)
        for value in values:
            assert value.reference and value.unit and value.quality in ("sourced", "recalled")


def test_the_poverty_line_of_2026_is_not_confirmed() -> None:
    assert figure("voluntary.rural_poverty_line", on=date(2025, 12, 31)).is_confirmed
    assert not figure("voluntary.rural_poverty_line", on=date(2026, 1, 1)).is_confirmed


def test_the_adjustment_of_a_year_never_falls_under_one() -> None:
    for table in history("adjustment.salary"):
        assert min(table.value.values()) >= 1
        assert table.value[str(table.valid_from.year)] == 1
