"""English readers get English: no Vietnamese doubt, no Vietnamese date in any step of a worked case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from ansinh.law.benefits import BENEFITS, health_care, state_support, unemployment
from ansinh.law.calculate import calculate
from ansinh.law.cases import read_cases
from ansinh.law.contributions import RULES as CONTRIBUTIONS
from ansinh.law.errors import LawError
from ansinh.law.figures import history
from ansinh.law.outcome import Outcome
from ansinh.law.working import Working

from .test_doubts import DOUBTFUL

VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
VIETNAMESE_DATE = re.compile(r"\b(\d{1,2}/)?\d{1,2}/\d{4}\b")
OF_MONEY_PAID_IN = (
    CONTRIBUTIONS.keys() | health_care.RULES.keys() | state_support.RULES.keys() | unemployment.RULES.keys()
)
BENEFITS_PAID_OUT = sorted(BENEFITS.keys() - OF_MONEY_PAID_IN)
CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]


def outcomes(benefit: str) -> Iterator[Outcome]:
    for case in CASES:
        if case.benefit == benefit:
            with suppress(LawError):
                yield calculate(benefit, inputs=case.inputs, event_date=case.event_date)


@pytest.mark.parametrize("benefit", BENEFITS_PAID_OUT)
def test_every_doubt_has_an_english_sentence(benefit: str) -> None:
    for outcome in outcomes(benefit):
        assert len(outcome.unconfirmed) == len(outcome.unconfirmed_en)
        assert not [said for said in outcome.unconfirmed_en if VIETNAMESE.search(said.partition("(130-CP")[0])]


@pytest.mark.parametrize("benefit", BENEFITS_PAID_OUT)
def test_english_steps_write_dates_as_iso(benefit: str) -> None:
    for outcome in outcomes(benefit):
        said = [one for step in outcome.steps for one in (step.what_en, step.arithmetic)]
        said += [ground.what_en for ground in outcome.grounds]
        assert not [one for one in said if VIETNAMESE_DATE.search(one)]


@pytest.mark.parametrize("benefit", BENEFITS_PAID_OUT)
def test_vietnamese_words_write_months_and_days_their_way(benefit: str) -> None:
    for outcome in outcomes(benefit):
        said = [step.what_vi for step in outcome.steps] + [ground.what_vi for ground in outcome.grounds]
        assert not [one for one in said if re.search(r"\b\d{4}-\d\d\b", one)]


@pytest.mark.parametrize("name", sorted({one.name for one in DOUBTFUL}))
def test_a_figure_not_confirmed_has_an_english_name(name: str) -> None:
    label = history(name)[0].label_en
    assert label and not VIETNAMESE.search(label.partition(" (130-CP")[0])


def test_what_a_rule_builds_on_brings_its_english_along() -> None:
    below = Working({}, date(2026, 7, 1))
    below.doubt("Điều nghi ngờ", "A doubt")
    above = Working({}, date(2026, 7, 1))
    above.adopt(below.outcome(None))
    assert above.outcome(None).unconfirmed_en == ("A doubt",)


def test_an_outcome_stored_before_there_was_english_is_read() -> None:
    old = '{"amount": 1, "values": {}, "steps": [], "unconfirmed": ["Chưa rõ"], "rule_version": "2026-01-01"}'
    assert Outcome.from_json(old).unconfirmed_en == ("Chưa rõ",)
    new = Outcome(amount=1, unconfirmed=("Chưa rõ",), unconfirmed_en=("Not clear",))
    assert Outcome.from_json(new.to_json()) == new
