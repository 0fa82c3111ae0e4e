"""A result names every figure of law it was built on, with the value of its day and the text it stands in."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ansinh.law import figures
from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.figures import Figure, history
from ansinh.law.outcome import Outcome, plain

CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]


class Watched(dict[str, tuple[Figure, ...]]):
    """The printed figures, noting which are read."""

    def __init__(self) -> None:
        super().__init__(figures.figures_in_use())
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_every_figure_read_is_named_with_the_value_of_its_day(case: Case) -> None:
    watched = Watched()
    with figures.use(watched):
        outcome = calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)
    assert {used.name for used in outcome.figures} == watched.read
    for used in outcome.figures:
        (printed,) = [one for one in history(used.name) if one.valid_from == used.valid_from]
        assert (used.value, used.reference, used.quality) == (plain(printed.value), printed.reference, printed.quality)
        assert used.label_vi and used.label_en and used.reference and used.unit


def test_the_figures_of_a_funeral_grant() -> None:
    outcome = calculate("funeral", inputs={"compulsory_months": 24}, event_date=date(2026, 7, 1))
    named = {used.name: (used.value, used.valid_from) for used in outcome.figures}
    assert named["level.reference"] == (2_530_000, date(2026, 7, 1))
    assert named["survivors.funeral_multiple"][0] == 10
    (level,) = [used for used in json.loads(outcome.to_json())["figures"] if used["name"] == "level.reference"]
    assert (level["value"], level["valid_from"], level["unit"]) == (2_530_000, "2026-07-01", "đồng/tháng")
    assert level["reference"] and level["quality"] == "sourced"


def test_a_level_that_was_given_is_no_figure_of_the_law() -> None:
    inputs = {"compulsory_months": 24, "reference_level": 2_000_000}
    outcome = calculate("funeral", inputs=inputs, event_date=date(2026, 7, 1))
    assert outcome.amount == 20_000_000
    assert "level.reference" not in {used.name for used in outcome.figures}


def test_a_result_kept_before_figures_were_named_is_still_read() -> None:
    outcome = calculate("funeral", inputs={"compulsory_months": 24}, event_date=date(2026, 7, 1))
    kept = json.loads(outcome.to_json())
    del kept["figures"]
    old = Outcome.from_json(json.dumps(kept))
    assert old.figures == () and (old.amount, old.steps) == (outcome.amount, outcome.steps)
