"""Whatever is typed into a field, a rule answers or refuses with a sentence; it never breaks."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from ansinh.law.benefits import (
    health_care,
    indexation,
    older_allowances,
    recovery,
    sickness,
    sickness_leave,
    social_pension,
    unemployment,
    work_accident,
)
from ansinh.law.calculate import calculate
from ansinh.law.cases import Case, read_cases
from ansinh.law.contributions import RULES as CONTRIBUTIONS
from ansinh.law.errors import LawError

TOPICS = (
    health_care, indexation, older_allowances, recovery, sickness, sickness_leave, social_pension, unemployment,
    work_accident,
)  # fmt: skip
BENEFITS = {*CONTRIBUTIONS, *(benefit for topic in TOPICS for benefit in topic.RULES)}
FILES = sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml"))
CASES = [case for file in FILES for case in read_cases(file) if case.benefit in BENEFITS]
TYPED: list[object] = [
    None, -1, 0, "x", "", [], {}, 10**9, 10**30, True, 1.5, "2026-13", "2026-02-30", "0000", [None], [[1, 2]],
    [["2026-03-06", "2026-03-02"]], {"a": 1}, float("nan"), float("inf"),
    datetime(2026, 3, 6, 10),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_a_field_may_hold_anything(case: Case) -> None:
    for name in case.inputs:
        for typed in TYPED:
            with suppress(LawError):
                outcome = calculate(case.benefit, inputs={**case.inputs, name: typed}, event_date=case.event_date)
                assert outcome.amount is None or outcome.amount >= 0, (name, typed)


def test_every_topic_is_tried() -> None:
    assert {case.benefit for case in CASES} == BENEFITS
